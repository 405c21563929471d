"""Builds records (missions, agreements, travel advice …) below the pages that hold them."""

from collections.abc import Iterable, Mapping
from typing import Any

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.models import Orderable

from home.models import HomePage, IndexPage, RecordPage
from missions.models import (
    MissionIndexPage,
    MissionPage,
    OrganisationIndexPage,
    OrganisationPage,
    PersonIndexPage,
    PersonPage,
)
from relations.models import AgreementIndexPage, AgreementPage, EventIndexPage, EventPage
from travel.models import TravelAdviceIndexPage, TravelAdvicePage

INDEX_OF: dict[type[RecordPage], type[IndexPage]] = {
    MissionPage: MissionIndexPage,
    OrganisationPage: OrganisationIndexPage,
    PersonPage: PersonIndexPage,
    EventPage: EventIndexPage,
    AgreementPage: AgreementIndexPage,
    TravelAdvicePage: TravelAdviceIndexPage,
}


def index_get(model: type[RecordPage], *, home: HomePage) -> IndexPage:
    """The page that holds records of ``model`` below a home page; made, as setup_site does, where there is none."""
    of_model = INDEX_OF[model]
    found = of_model.objects.filter(locale=home.locale).first()
    if found is None:
        found = of_model(locale=home.locale, title=str(of_model._meta.verbose_name), slug=of_model._meta.model_name)
        source = of_model.objects.first()
        if source is not None:
            found.translation_key = source.translation_key
        home.add_child(instance=found)
    return found


def record_make(
    model: type[RecordPage], *, home: HomePage, rows: Mapping[str, Iterable[Any]] | None = None, **fields: Any
) -> Any:
    """A published record below the index of ``home``; ``rows`` are child rows, unsaved, by the name of their relation.

    ``live=False`` makes a draft.
    """
    title = fields.get("title", "")
    page = model(locale=home.locale, **{"slug": slugify(anyascii(title))[:200], **fields})
    for name, children in (rows or {}).items():
        children = list(children)
        for place, child in enumerate(children):
            if isinstance(child, Orderable) and child.sort_order is None:
                child.sort_order = place  # as a form gives it: else PostgreSQL has them in any order
            if hasattr(child, "locale_id") and child.locale_id is None:
                child.locale = home.locale
        setattr(page, name, children)
    index_get(model, home=home).add_child(instance=page)
    if page.live:
        page.save_revision().publish()
    return model.objects.get(pk=page.pk)
