"""What the admin's listings show beside each event and agreement; read for a whole list at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from home.selectors.locales import locale_codes, locale_source
from home.selectors.record_names import Names, comma_of, names_by_key
from missions.models import OrganisationPage
from regions.models import CountryPage
from relations.models import AgreementParty, AgreementStage, EventCountryLink
from relations.models.choices import AgreementStageKind
from relations.selectors.stages import status_of

# What may follow the signature and takes an agreement off the list of those that wait for ratification.
_BEYOND_SIGNATURE = (
    AgreementStageKind.RATIFIED.value,
    AgreementStageKind.IN_FORCE.value,
    AgreementStageKind.TERMINATED.value,
)


@dataclass(frozen=True)
class Stages:
    """Where an agreement stands, and the day of its first signature as far as it is known."""

    current: str = ""
    signed_on: date | None = None
    signed_precision: str = ""


def stages_by_agreement(*, keys: Collection[UUID], day: date) -> dict[UUID, Stages]:
    """Where each agreement stands on ``day``, by translation key. One statement."""
    rows = AgreementStage.objects.filter(page__translation_key__in=keys, page__locale_code=locale_source())
    columns = ("page__translation_key", "id", "kind", "date", "precision")
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows.order_by("date", "pk").values(*columns):
        found.setdefault(row["page__translation_key"], []).append(row)
    return {key: _stages(stages, day) for key, stages in found.items()}


def _stages(rows: list[dict[str, Any]], day: date) -> Stages:
    signed = next((row for row in rows if row["kind"] == AgreementStageKind.SIGNED), None)
    current = status_of(rows, today=day) or ""
    return Stages(current, signed["date"], signed["precision"]) if signed else Stages(current)


def beyond_signature() -> QuerySet[AgreementStage]:
    """The stages of an agreement, of an outer query, after which nobody waits for its ratification any more."""
    return AgreementStage.objects.filter(page=OuterRef("pk"), kind__in=_BEYOND_SIGNATURE)


def parties_by_agreement(*, keys: Collection[UUID]) -> Names:
    """The parties of each agreement, one text for each language. Three statements."""
    rows = list(
        AgreementParty.objects.filter(page__translation_key__in=keys, page__locale_code=locale_source())
        .order_by("page_id", "sort_order", "pk")
        .values_list("page__translation_key", "country__translation_key", "organisation__translation_key")
    )
    countries = names_by_key(CountryPage, keys=[country for _key, country, _organisation in rows])
    organisations = names_by_key(OrganisationPage, keys=[organisation for _key, _country, organisation in rows])
    return _joined(
        [
            (key, code, countries.of(country, code) or organisations.of(organisation, code))
            for key, country, organisation in rows
            for code in locale_codes()
        ]
    )


def countries_by_event(*, keys: Collection[UUID]) -> Names:
    """The countries of each event, one text for each language. Two statements."""
    rows = list(
        EventCountryLink.objects.filter(page__translation_key__in=keys, page__locale_code=locale_source())
        .order_by("page_id", "sort_order", "pk")
        .values_list("page__translation_key", "country__translation_key")
    )
    countries = names_by_key(CountryPage, keys=[country for _key, country in rows])
    return _joined([(key, code, countries.of(country, code)) for key, country in rows for code in locale_codes()])


def _joined(rows: list[tuple[UUID, str, str]]) -> Names:
    """Names of one record and language become one text."""
    found: dict[tuple[UUID, str], list[str]] = {}
    for key, code, name in rows:
        found.setdefault((key, code), []).append(name)
    return Names((key, code, comma_of(code).join(filter(None, names))) for (key, code), names in found.items())
