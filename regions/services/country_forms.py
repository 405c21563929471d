"""Fills the forms of countries' names on sites whose pages were made before there were such fields."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Q
from wagtail.models import Revision

from regions.geography import country_forms, territory_name_or_none
from regions.models import CountryPage

# These two are built from CLDR's name: beside another title they would contradict it.
_OF_TITLE = ("nominative", "in_country")


@dataclass(frozen=True)
class FormsFilled:
    """What a page was given, or would be: form by the name of its field."""

    title: str
    code: str
    locale_code: str
    forms: dict[str, str]


@transaction.atomic
def country_forms_fill(*, dry_run: bool = False) -> list[FormsFilled]:
    """Write the forms that are known into fields that are empty, in pages and in their drafts.

    A page or draft whose title is not CLDR's name keeps the fields empty that are built from it. Aliases are left out.
    A second run does nothing. Return what was filled; with ``dry_run`` nothing is written.
    """
    pages = CountryPage.objects.filter(alias_of=None).select_related("locale").order_by("locale_code", "code")
    filled = []
    for page in pages:
        known = asdict(country_forms(page.code, language_code=page.locale_code))
        name = territory_name_or_none(page.code, language_code=page.locale_code)
        row = {field: getattr(page, field) for field in ("title", *known)}
        forms = _missing(row, known=known, name=name)
        drafts = [
            (revision, missing)
            for revision in _drafts(page)
            if (missing := _missing(revision.content, known=known, name=name))
        ]
        if forms or drafts:
            every = {key: value for _draft, missing in drafts for key, value in missing.items()} | forms
            filled.append(FormsFilled(title=page.title, code=page.code, locale_code=page.locale_code, forms=every))
        if dry_run:
            continue
        if forms:
            for field, form in forms.items():
                setattr(page, field, form)
            page.save(update_fields=list(forms), clean=False)
        for revision, missing in drafts:
            revision.content.update(missing)
            revision.save(update_fields=["content"])
    return filled


def _drafts(page: CountryPage) -> Iterator[Revision]:
    """The revisions that may be edited or go live: the publication of one must not empty the fields again."""
    if page.latest_revision_id is None:
        return iter(())
    wanted = Q(pk__in=[page.latest_revision_id, page.live_revision_id]) | Q(approved_go_live_at__isnull=False)
    return page.revisions.filter(wanted).iterator()


def _missing(values: dict[str, str], *, known: dict[str, str], name: str | None) -> dict[str, str]:
    return {
        field: form
        for field, form in known.items()
        if form and not values.get(field) and (field not in _OF_TITLE or values.get("title") == name)
    }
