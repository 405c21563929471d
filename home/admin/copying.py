"""What may be copied in the page trees, and where to.

Wagtail's copy knows neither that some pages stand once for something in their language, nor that a tree holds one
language only, nor that a draft may still hold the text that it is translated from.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page, get_page_models


def is_once_per_language(model: type[models.Model]) -> bool:
    """May there be one page of ``model``, or one for each code or for what its facts refer to, in a language?

    A record's key is a name that it was given, and no place in the world that it stands for.
    """
    return bool(getattr(model, "unique_facts", ())) or any(
        isinstance(constraint, models.UniqueConstraint)
        and "locale_code" in constraint.fields
        and "record_key" not in constraint.fields
        for constraint in model._meta.constraints
    )


def once_per_language_get(*, pages: models.QuerySet[Page]) -> Page | None:
    """The first of ``pages`` that stands once for something in its language; None when there is none."""
    types = ContentType.objects.get_for_models(*filter(is_once_per_language, get_page_models()))
    return pages.filter(content_type__in=types.values()).first()


class GuardedCopyForm(CopyForm):
    """Wagtail's form to copy a page or make an alias of it; says at the page's title or new place why it may not."""

    def clean(self) -> dict[str, Any]:
        cleaned_data: dict[str, Any] = super().clean()
        pages = self.page.get_descendants(inclusive=True)
        if not cleaned_data.get("copy_subpages"):
            pages = pages.filter(pk=self.page.pk)
        parent = cleaned_data.get("new_parent_page") or self.page.get_parent()
        if not parent.is_root() and parent.locale_id != self.page.locale_id:
            self.add_error(
                "new_parent_page", _("This is a page of another language: translate the page instead of copying it.")
            )
        unique = once_per_language_get(pages=pages)
        if unique:
            self.add_error(
                "new_title", _("“%(title)s” can stand only once in its language: it has no copies.") % {"title": unique}
            )
            return cleaned_data
        for page in pages:
            problem = _translation_problem(page)
            if problem:
                self.add_error("new_title", f"“{page}”: {problem}")
        return cleaned_data


def _translation_problem(page: Page) -> str:
    """Why a copy of ``page`` would put the text of another language into its tree; empty when it would not."""
    from home.localize.places import shows_another_language
    from home.localize.publication import publication_refusal

    if shows_another_language(page=page):
        return _("this page shows the text of another language and must be translated first.")
    refusal = publication_refusal(page=page, revision=page.get_latest_revision())
    return str(refusal) if refusal else ""
