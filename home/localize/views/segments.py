"""Write one text or one override of a translation. The translation editor calls these as the translator types."""

import json
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringSegment, StringTranslation
from wagtail_localize.views.edit_translation import SegmentOverrideSerializer, StringTranslationSerializer

from home.localize.texts import override_problem, segment_text_problem
from home.localize.views.translation import translation_writable_or_403


def _value(request: Any) -> str | None:
    value = request.data.get("value") if isinstance(request.data, dict) else None
    return value if isinstance(value, str) else None


def _refuse(problem: str) -> Response:
    return Response({"detail": problem}, status=status.HTTP_400_BAD_REQUEST)


@api_view(["PUT", "DELETE"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
def string_edit(request: Any, translation_id: int, string_segment_id: int) -> Response:
    """PUT ``value``: 200 or 201 with the stored translation, 400 with ``detail``. DELETE: 200 or 404."""
    record = translation_writable_or_403(request, translation_id)
    segment = get_object_or_404(StringSegment, pk=string_segment_id, source_id=record.source_id)
    key = {
        "translation_of_id": segment.string_id,
        "locale_id": record.target_locale_id,
        "context_id": segment.context_id,
    }
    if request.method == "DELETE":
        stored = StringTranslation.objects.filter(**key).first()
        if stored is None:
            raise Http404
        stored.delete()
        return Response(StringTranslationSerializer(stored, context={"translation_source": record.source}).data)

    value = _value(request)
    if value is None:
        return _refuse(_("There is no text in this request."))
    problem = segment_text_problem(segment=segment, text=value)
    if problem:
        return _refuse(problem)
    stored, created = StringTranslation.objects.update_or_create(
        **key,
        defaults={
            "data": value,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": request.user,
            "has_error": False,
            "field_error": "",
        },
    )
    return Response(
        StringTranslationSerializer(stored, context={"translation_source": record.source}).data,
        status=status.HTTP_201_CREATED if created else status.HTTP_200_OK,
    )


@api_view(["PUT", "DELETE"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
def override_edit(request: Any, translation_id: int, overridable_segment_id: int) -> Response:
    """As :func:`string_edit`, for a value that is shared between languages unless overridden here."""
    record = translation_writable_or_403(request, translation_id)
    segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id, source_id=record.source_id)
    key = {"locale_id": record.target_locale_id, "context_id": segment.context_id}
    if request.method == "DELETE":
        stored = SegmentOverride.objects.filter(**key).first()
        if stored is None:
            raise Http404
        stored.delete()
        return Response(SegmentOverrideSerializer(stored, context={"translation_source": record.source}).data)

    value = _value(request)
    if value is None:
        return _refuse(_("There is no text in this request."))
    problem = override_problem(segment=segment, value=value)
    if problem:
        return _refuse(problem)
    stored, created = SegmentOverride.objects.update_or_create(
        **key,
        defaults={
            "data_json": json.dumps(int(value) if isinstance(segment.data, int) else value),
            "last_translated_by": request.user,
            "has_error": False,
            "field_error": "",
        },
    )
    return Response(
        SegmentOverrideSerializer(stored, context={"translation_source": record.source}).data,
        status=status.HTTP_201_CREATED if created else status.HTTP_200_OK,
    )
