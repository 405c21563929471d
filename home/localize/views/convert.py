"""Turn a translated page back into an alias of its source."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail_localize.views.convert import convert_to_alias as plain_convert_to_alias

from home.localize.rights import target_can_publish, target_is_held


def convert_to_alias(request: Any, page_id: int) -> HttpResponse:
    """It replaces what readers see at once, so it takes the right to publish there, no lock, and no review."""
    page = get_object_or_404(Page, pk=page_id)
    if not target_can_publish(user=request.user, target=page) or target_is_held(user=request.user, target=page):
        raise PermissionDenied
    return plain_convert_to_alias(request, page_id)
