"""Organisations, people, events and agreements that nobody may see, and visible ones that lead to them."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.models import RecordPage
from missions.models import (
    MissionAppointment,
    MissionPage,
    NewsOrganisationLink,
    NewsPersonLink,
    OrganisationMember,
    OrganisationPage,
    PersonOffice,
    PersonPage,
)
from regions.models import NewsPage
from relations.models import (
    AgreementLink,
    AgreementNewsLink,
    AgreementPage,
    AgreementParty,
    AgreementStage,
    AgreementText,
    EventContinentLink,
    EventCountryLink,
    EventDocument,
    EventNewsLink,
    EventOrganisationLink,
    EventPage,
    EventParticipant,
    EventSource,
)
from tests.factories.records import record_make
from tests.factories.site import SiteTree
from tests.relations_world import translated

_WORD = "CANARY"
_DAY = date(2020, 1, 1)


def relations_canaries_make(tree: SiteTree, *, images: list[Any], documents: list[Any]) -> list[Page]:
    """The hidden pages. ``documents`` are hidden already, and hang on what is visible."""
    hidden: list[Page] = []
    for how in ("draft", "login", "password", "groups", "expired", "scheduled"):
        hidden += _hidden_set(tree, how)
    _visible_set(tree, hidden, images=images, documents=documents)
    hidden += _hidden_sources(tree)
    return hidden


def _hide(page: Any, how: str) -> Any:
    now = timezone.now()
    changes: dict[str, dict[str, Any]] = {
        "draft": {"live": False, "first_published_at": None},
        "expired": {"expire_at": now - timedelta(minutes=1)},
        "scheduled": {"go_live_at": now + timedelta(days=1)},
    }
    if how in changes:
        Page.objects.filter(pk=page.pk).update(**changes[how])
    else:
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=how, password="x")
        if how == "groups":
            restriction.groups.add(Group.objects.create(name=f"{_WORD} {page.pk}"))
    return page.__class__.objects.get(pk=page.pk)


def _texts(name: str) -> dict[str, Any]:
    return {"title": f"{_WORD} {name}", "introduction": f"{_WORD} introduction", "seo_title": f"{_WORD} seo"}


def _hidden_set(tree: SiteTree, how: str) -> list[Page]:
    """One record of each sort with CANARY in all its texts, hidden in one way, about what may be seen."""
    fr, mexico = tree.home["fr"], tree.country["fr", "MX"]
    organisation = record_make(
        OrganisationPage, home=fr, acronym=f"{_WORD}{how}".upper()[:50], formal_name=_WORD, seat_city=_WORD,
        kind="regional", website="https://canary.example/", standing="member",
        rows={"members": [OrganisationMember(country=mexico)]}, **_texts(f"organisation {how}"),
    )  # fmt: skip
    person = record_make(
        PersonPage, home=fr, courtesy_title=_WORD, nationality=mexico,
        rows={"offices": [PersonOffice(kind="minister", title=f"{_WORD} office", country=mexico)]},
        **_texts(f"person {how}"),
    )  # fmt: skip
    agreement = record_make(
        AgreementPage, home=fr, field="trade", place=_WORD,
        rows={
            "parties": [AgreementParty(country=mexico)],
            "stages": [AgreementStage(kind="signed", date=_DAY, reference=f"{_WORD} reference")],
        },
        **_texts(f"agreement {how}"),
    )  # fmt: skip
    event = record_make(
        EventPage, home=fr, kind="visit", direction="incoming", starts_on=_DAY, place=_WORD, agreement=agreement,
        rows={
            "country_links": [EventCountryLink(country=mexico)],
            "continent_links": [EventContinentLink(continent=tree.continent["fr", "019"])],
            "organisation_links": [EventOrganisationLink(organisation=organisation)],
            "participants": [EventParticipant(name=f"{_WORD} name", capacity=f"{_WORD} capacity")],
            "sources": [EventSource(label=f"{_WORD} source", url="https://canary.example/")],
        },
        **_texts(f"event {how}"),
    )  # fmt: skip
    return [_hide(page, how) for page in (organisation, person, agreement, event)]


def _visible_set(tree: SiteTree, hidden: list[Page], *, images: list[Any], documents: list[Any]) -> None:
    """One record of each sort that leads to everything hidden, in every way there is."""
    fr, mexico, senegal = tree.home["fr"], tree.country["fr", "MX"], tree.country["fr", "SN"]
    by_type: dict[type[RecordPage], list[Any]] = {}
    for page in hidden:
        by_type.setdefault(type(page), []).append(page)
    organisations, people = by_type[OrganisationPage], by_type[PersonPage]
    news = list(NewsPage.objects.filter(title__startswith=_WORD, locale__language_code="fr"))
    organisation = record_make(
        OrganisationPage, home=fr, title="Organisation publique", acronym="PUB", kind="regional", seat_country=senegal,
        image=images[0], rows={"members": [OrganisationMember(country=mexico), OrganisationMember(country=senegal)]},
    )  # fmt: skip
    person = record_make(
        PersonPage, home=fr, title="Personne publique", nationality=senegal, image=images[0],
        rows={
            "offices": [
                PersonOffice(kind="secretary_general", organisation=hidden_one)
                for hidden_one in organisations
            ]
        },
    )  # fmt: skip
    mission = record_make(
        MissionPage, home=fr, title=f"{_WORD} mission", kind="embassy", host_country=mexico, city=_WORD,
        rows={"appointments": [MissionAppointment(person=person, post="ambassador", starts_on=_DAY)]},
    )  # fmt: skip
    hidden.append(_hide(mission, "draft"))
    agreement = record_make(
        AgreementPage, home=fr, title="Accord public", field="culture",
        rows={
            "parties": [
                AgreementParty(country=mexico), AgreementParty(country=senegal),
                *(AgreementParty(organisation=each) for each in (organisation, *organisations)),
            ],
            "stages": [AgreementStage(kind="signed", date=_DAY)],
            "texts": [AgreementText(language="fr", document=document) for document in documents],
            "links": [
                AgreementLink(kind=kind, agreement=each)
                for kind in ("amends", "replaces", "implements") for each in by_type[AgreementPage]
            ],
            "news_links": [AgreementNewsLink(news=item) for item in news],
        },
    )  # fmt: skip
    for place, page in enumerate(by_type[AgreementPage]):
        AgreementLink.objects.create(
            page=page, kind=("amends", "replaces", "implements")[place % 3], agreement=agreement
        )
    EventPage.objects.filter(pk__in=[page.pk for page in by_type[EventPage]]).update(agreement=agreement)
    event = record_make(
        EventPage, home=fr, title="Visite publique", direction="outgoing", kind="visit", starts_on=_DAY,
        agreement=by_type[AgreementPage][0],
        rows={
            "country_links": [EventCountryLink(country=mexico), EventCountryLink(country=senegal)],
            "continent_links": [EventContinentLink(continent=tree.continent["fr", "002"])],
            "organisation_links": [
                EventOrganisationLink(organisation=each) for each in (organisation, *organisations)
            ],
            "participants": [
                EventParticipant(person=each, name="", organisation=organisations[0])
                for each in (person, *people)
            ],
            "news_links": [EventNewsLink(news=item) for item in news],
            "documents": [EventDocument(document=document) for document in documents],
        },
    )  # fmt: skip
    public = NewsPage.objects.get(title="Public")
    for each in (person, *people):
        NewsPersonLink.objects.create(page=public, person=each)
    for each in (organisation, *organisations):
        NewsOrganisationLink.objects.create(page=public, organisation=each)
    # Translations that are drafts: neither their texts nor those of their rows.
    row = event.participants.all()[0]
    draft = translated(
        event, tree, "ar", place=_WORD,
        rows={"participants": [EventParticipant(name=_WORD, capacity=_WORD, translation_key=row.translation_key)]},
        **_texts("event arabic"),
    )  # fmt: skip
    hidden.append(_hide(draft, "draft"))
    office = person.offices.all()[0]
    draft = translated(
        person, tree, "ar", courtesy_title=_WORD,
        rows={
            "offices": [
                PersonOffice(kind="secretary_general", title=_WORD, translation_key=office.translation_key)
            ]
        },
        **_texts("person arabic"),
    )  # fmt: skip
    hidden.append(_hide(draft, "draft"))


def _hidden_sources(tree: SiteTree) -> list[Page]:
    """Records whose page of the source language is hidden, and whose translation is public."""
    hidden: list[Page] = []
    mexico = tree.country["fr", "MX"]
    sources: list[tuple[type[RecordPage], dict[str, Any], dict[str, list[Any]]]] = [
        (OrganisationPage, {"kind": "regional", "acronym": f"{_WORD}S"}, {}),
        (PersonPage, {}, {}),
        (EventPage, {"kind": "summit", "starts_on": _DAY}, {"country_links": [EventCountryLink(country=mexico)]}),
        (AgreementPage, {"field": "trade"}, {"parties": [AgreementParty(country=mexico)]}),
    ]
    for model, fields, rows in sources:
        source = record_make(model, home=tree.home["fr"], rows=rows, **_texts(f"{model.__name__} source"), **fields)
        translation = translated(source, tree, "ar", **_texts(f"{model.__name__} translation"))
        hidden += [_hide(source, "draft"), translation]
    return hidden
