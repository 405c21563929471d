"""Download and upload the PO file of a translation."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request

from home.localize.po import POFileError, po_export, po_read
from home.localize.views.translation import translation_readable_or_403, translation_writable_or_403


@require_safe
def po_download(request: Any, translation_id: int) -> HttpResponse:
    record = translation_readable_or_403(request, translation_id)
    response = HttpResponse(
        str(po_export(translation=record)), content_type="text/x-gettext-translation; charset=utf-8"
    )
    name = slugify(record.source.object_repr)[:80] or "translation"
    response["Content-Disposition"] = f'attachment; filename="{name}-{record.target_locale.language_code}.po"'
    return response


@require_POST
def po_upload(request: Any, translation_id: int) -> HttpResponse:
    """Import all finished entries of the file, or none. The messages say which; the page itself is not touched."""
    record = translation_writable_or_403(request, translation_id)
    try:
        found = po_read(upload=request.FILES.get("file"), translation=record)
    except POFileError as error:
        messages.error(request, _("Nothing was imported. %(reason)s") % {"reason": error})
    else:
        with transaction.atomic():
            record.import_po(found.file, user=request.user, tool_name="PO File")
        messages.success(
            request,
            ngettext(
                "%(count)d translated text was imported.", "%(count)d translated texts were imported.", found.texts
            )
            % {"count": found.texts},
        )
        if found.fuzzy:
            messages.warning(
                request,
                ngettext(
                    "%(count)d text is marked as fuzzy and was left out.",
                    "%(count)d texts are marked as fuzzy and were left out.",
                    found.fuzzy,
                )
                % {"count": found.fuzzy},
            )
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
