"""Whether a translated text or an override can be stored at all. Quality is another matter."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, StringSegment, TranslationSource
from wagtail_localize.strings import StringValue

# What wagtail's own link chooser accepts; a script's address must not reach a frontend.
_SCHEMES = {"http", "https", "ftp", "mailto", "tel"}
_ALLOWED_CONTROLS = "\t\n\r"


def text_problem(*, source: TranslationSource, path: str, text: str) -> str | None:
    """Why ``text`` cannot be the translation at ``path`` of ``source``, in the user's language; None when it can.

    A field's length is that of its column, in characters of plain text: databases refuse more.
    """
    if any(ord(char) < 0x20 and char not in _ALLOWED_CONTROLS for char in text):
        return _("The text holds control characters.")
    model = source.specific_content_type.model_class()
    try:
        field = model._meta.get_field(path) if model else None
    except FieldDoesNotExist:
        return None
    limit = field.max_length if isinstance(field, models.CharField) else None
    if not limit:
        return None
    try:
        length = len(StringValue.from_translated_html(text).render_text())
    except ValueError:
        length = len(text)
    if length > limit:
        return _("The text has %(length)d characters; %(limit)d fit.") % {"length": length, "limit": limit}
    return None


def segment_text_problem(*, segment: StringSegment, text: str) -> str | None:
    """As :func:`text_problem`, for one segment."""
    return text_problem(source=segment.source, path=segment.context.path, text=text)


def _is_address(value: str) -> bool:
    try:
        address = urlsplit(value)
    except ValueError:
        return False
    # Browsers read both slashes alike: "//host" and "/\\host" look like a path and lead to another site.
    is_local = value.startswith("#") or (value.startswith("/") and value[1:2] not in ("/", "\\"))
    return address.scheme in _SCHEMES or (not address.scheme and is_local)


def override_problem(*, segment: OverridableSegment, value: str) -> str | None:
    """Why ``value`` cannot stand in for the shared value of ``segment``; None when it can.

    A shared value is an address, or the id of what a chooser holds. The kind of the new value is the kind of the old.
    """
    if any(ord(char) < 0x20 for char in value):
        return _("The text holds control characters.")
    if not isinstance(segment.data, int):
        return None if _is_address(value) else _("This is not an address.")
    model = _chooser_model(segment)
    if model is None or not value.isdecimal() or not model._default_manager.filter(pk=int(value)).exists():
        return _("This does not exist.")
    return None


def _chooser_model(segment: OverridableSegment) -> type[models.Model] | None:
    """The model whose id the segment holds, read from the kind of editor that wagtail-localize shows for it."""
    from wagtail_localize.views.edit_translation import TabHelper, get_segment_location_info

    instance = segment.source.get_source_instance()
    info: dict[str, Any] = get_segment_location_info(
        instance, TabHelper(instance), segment.context.path, segment.context.get_field_path(instance), widget=True
    )
    kind = str((info["widget"] or {}).get("type"))
    return {"page_chooser": Page, "document_chooser": get_document_model(), "image_chooser": get_image_model()}.get(
        kind
    )
