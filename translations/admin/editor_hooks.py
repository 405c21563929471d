"""The help of the translation editor, and the checks before review. The editor's template loads script and styles."""

from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_localize.models import Translation

from translations.selectors.review_checks import review_problems
from translations.services.reviews import PROBLEMS_HOOK
from translations.views.hints import hints


@hooks.register("register_admin_urls")
def register_hints_url() -> list[URLPattern]:
    return [path("translations/hints/<int:translation_id>/", hints, name="translation_hints")]


@hooks.register(PROBLEMS_HOOK)
def checks_before_review(record: Translation, user: Any) -> list[str]:
    return review_problems(record, user)
