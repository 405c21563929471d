"""What has changed in a source since it was translated."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail_localize.models import Translation, get_edit_url

from home.selectors.permissions import locale_is_permitted
from translations.selectors.difference import changed_list
from translations.selectors.people import record_target


@require_safe
def difference(request: Any, translation_id: int) -> HttpResponse:
    """Each text that has changed, word by word, beside its translation."""
    record = get_object_or_404(Translation.objects.select_related("source__locale", "target_locale"), pk=translation_id)
    if not locale_is_permitted(request.user, record.target_locale):
        raise PermissionDenied
    target = record_target(record=record)
    try:
        changed = changed_list(translation=record)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if target is None:
        raise Http404
    context = {
        "page_title": _("Changes of the source"),
        "page_subtitle": record.source.object_repr,
        "header_icon": "wagtail-localize-language",
        "record": record,
        "changed": changed,
        "edit_url": get_edit_url(target),
        "may_update": request.user.has_perm("wagtail_localize.submit_translation"),
    }
    return render(request, "translations/desk/difference.html", context)
