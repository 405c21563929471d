"""What has changed in a source since it was translated."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail_localize.models import Translation, get_edit_url

from home.localize.places import source_exists
from home.localize.rights import source_is_readable
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
    if target is None or not source_exists(source=record.source):
        raise Http404
    is_readable = source_is_readable(user=request.user, instance=record.source.get_source_instance())
    context = {
        "page_title": _("Changes of the source"),
        "page_subtitle": record.source.object_repr,
        "header_icon": "wagtail-localize-language",
        "record": record,
        "changed": changed_list(translation=record) if is_readable else [],
        "edit_url": get_edit_url(target),
        "may_update": request.user.has_perm("wagtail_localize.submit_translation"),
    }
    return render(request, "translations/desk/difference.html", context)
