"""Missions that nobody may see, and people and organisations who are hidden at those that may be seen."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from missions.models import (
    MissionAccreditation,
    MissionAppointment,
    MissionClosure,
    MissionContact,
    MissionPage,
    MissionService,
    MissionStatusChange,
    OrganisationPage,
    PersonPage,
)
from tests.factories.missions import Missions, hours, mission_make, missions_make, translated
from tests.factories.records import record_make
from tests.factories.site import SiteTree

CANARY = "CANARY"


def _texts() -> dict[str, Any]:
    return {
        "introduction": f"{CANARY} introduction",
        "city": f"{CANARY} city",
        "address_text": f"{CANARY} address",
        "district": f"{CANARY} district",
        "search_description": f"{CANARY} description",
    }


def _rows(tree: SiteTree, person: PersonPage, organisation: OrganisationPage) -> dict[str, Any]:
    return {
        "status_history": [MissionStatusChange(status="closed", since=date(1963, 1, 1))],
        "services": [MissionService(kind="visas", conditions=f"{CANARY} conditions")],
        "closures": [MissionClosure(starts_on=timezone.localdate(), reason=f"{CANARY} reason")],
        "contacts": [MissionContact(kind="email", purpose="emergency", value=f"{CANARY}@example.org")],
        "opening_hours": hours("00:00", "00:00", days=range(1, 8)),
        "appointments": [MissionAppointment(person=person, post="ambassador")],
        "accreditations": [
            MissionAccreditation(country=tree.country["fr", "BR"]),
            MissionAccreditation(organisation=organisation),
        ],
    }


def missions_hide(tree: SiteTree) -> list[Page]:
    """Missions to see, and hidden ones beside them, which bear the word; the hidden pages."""
    shown = missions_make(tree)
    person = record_make(
        PersonPage, home=tree.home["fr"], title=f"{CANARY} person", courtesy_title=f"{CANARY} Mme", live=False
    )
    organisation = record_make(
        OrganisationPage,
        home=tree.home["fr"],
        title=f"{CANARY} organisation",
        acronym=CANARY,
        formal_name=f"{CANARY} formal",
        kind="regional",
    )
    PageViewRestriction.objects.create(page=organisation, restriction_type="login")
    hidden = [person, organisation, *_missions(tree, person, organisation), *_translations(tree, shown)]
    MissionAppointment.objects.create(page=shown.embassy, person=person, post="charge_d_affaires")
    MissionAppointment.objects.create(page=shown.embassy, person=person, post="attache")
    MissionAccreditation.objects.create(page=shown.embassy, organisation=organisation)
    # The French Senegal bears the word, too (tests.canaries).
    MissionAccreditation.objects.create(page=shown.embassy, country=tree.country["fr", "SN"])
    MissionPage.objects.filter(pk=shown.brazilian.pk).update(sending_organisation=organisation)
    # Announced: it stands as it was until then, which is the last of what was before.
    MissionStatusChange.objects.create(page=shown.embassy, status="open", since=date(1962, 10, 31), sort_order=2)
    MissionPage.objects.filter(pk=shown.embassy.pk).update(status="relocated", status_since=date(2199, 1, 1))
    _draft(tree, shown.embassy)
    return hidden


def _missions(tree: SiteTree, person: PersonPage, organisation: OrganisationPage) -> list[Page]:
    now = timezone.now()
    pages = []
    for name, fields in {
        "draft": {"live": False},
        "expired": {"expire_at": now - timedelta(minutes=1)},
        "scheduled": {"go_live_at": now + timedelta(days=1)},
        "private": {},
    }.items():
        page = mission_make(
            tree,
            f"{CANARY} mission {name}",
            address=f"{CANARY} street",
            time_zone="UTC",
            latitude=19.43,
            longitude=-99.2,
            rows=_rows(tree, person, organisation),
            **_texts(),
        )
        MissionPage.objects.filter(pk=page.pk).update(**fields)
        pages.append(page)
    PageViewRestriction.objects.create(page=pages[-1], restriction_type="login")
    # A record is as hidden as its source, however public a translation is.
    return [*pages, translated(tree, pages[-1], "ar", f"{CANARY} orphan", **_texts())]


def _translations(tree: SiteTree, shown: Missions) -> list[Page]:
    """Hidden translations of a mission that is shown, with services and closures of their own."""
    [service, *_more] = shown.embassy.services.all()
    [closure, *_more] = shown.embassy.closures.all()
    rows = {
        "services": [
            MissionService(
                kind=service.kind, translation_key=service.translation_key, conditions=f"{CANARY} conditions"
            )
        ],
        "closures": [
            MissionClosure(
                starts_on=closure.starts_on, translation_key=closure.translation_key, reason=f"{CANARY} reason"
            )
        ],
    }
    spanish = translated(tree, shown.embassy, "es", f"{CANARY} embajada", rows=rows, **_texts())
    PageViewRestriction.objects.create(page=spanish, restriction_type="login")
    arabic = translated(tree, shown.consulate, "ar", f"{CANARY} consulate", live=False, **_texts())
    return [spanish, arabic]


def _draft(tree: SiteTree, page: MissionPage) -> None:
    draft = MissionPage.objects.get(pk=page.pk)
    for name, value in {**_texts(), "title": f"{CANARY} draft", "address": f"{CANARY} street"}.items():
        setattr(draft, name, value)
    for service in (services := list(draft.services.all())):
        service.conditions = f"{CANARY} conditions"
    draft.services = services
    draft.contacts = [MissionContact(kind="email", value=f"{CANARY}@example.org")]
    draft.save_revision()
