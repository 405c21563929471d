"""Pictures as files, for whoever has been given their signed address."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.images.views.serve import ServeView

from home.models import CustomImage


class PublicServeView(ServeView):
    """Wagtail's view of signed addresses, with the privacy of collections, as its view of documents has it.

    An address stays valid for ever, while the picture may come into a private collection, or its collection become
    private. 404 for those who may not see it; others are told to keep the picture to themselves.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        image = CustomImage.objects.select_related("collection").filter(pk=kwargs["image_id"]).first()
        restrictions = list(image.collection.get_view_restrictions()) if image else []
        if not all(restriction.accept_request(request) for restriction in restrictions):
            raise Http404
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        if restrictions:
            response.headers["Cache-Control"] = "private, no-store"
        return response
