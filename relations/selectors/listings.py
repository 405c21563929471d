"""What the admin's listings show beside each event and agreement; read for a whole list at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from home.selectors.locales import locale_codes, locale_source
from home.selectors.record_names import Names, comma_of, names_by_key
from missions.models import OrganisationPage
from regions.models import CountryPage
from relations.models import AgreementParty, AgreementStage, EventCountryLink
from relations.models.choices import AgreementStageKind

# What a stage says of the agreement as a whole: the highest decides, and of equals the latest. Publication and
# amendment change nothing of it.
_WEIGHTS: dict[str, int] = {
    AgreementStageKind.TERMINATED.value: 5,
    AgreementStageKind.SUSPENDED.value: 4,
    AgreementStageKind.IN_FORCE.value: 4,
    AgreementStageKind.RATIFIED.value: 3,
    AgreementStageKind.SIGNED.value: 2,
    AgreementStageKind.NEGOTIATED.value: 1,
    AgreementStageKind.PUBLISHED.value: 0,
    AgreementStageKind.AMENDED.value: 0,
}
# What may follow the signature and takes an agreement off the list of those that wait for ratification.
_BEYOND_SIGNATURE = (
    AgreementStageKind.RATIFIED.value,
    AgreementStageKind.IN_FORCE.value,
    AgreementStageKind.TERMINATED.value,
)


@dataclass(frozen=True)
class Stages:
    """Where an agreement stands, and the stage of its signature."""

    current: str = ""
    signed: AgreementStage | None = None


def stages_by_agreement(*, keys: Collection[UUID], day: date) -> dict[UUID, Stages]:
    """Where each agreement stands on ``day``, by translation key. One statement."""
    rows = AgreementStage.objects.filter(page__translation_key__in=keys, page__locale_code=locale_source())
    found: dict[UUID, list[AgreementStage]] = {}
    for stage in rows.select_related("page").defer("page__body").order_by("date", "pk"):
        found.setdefault(stage.page.translation_key, []).append(stage)
    return {key: _stages(stages, day) for key, stages in found.items()}


def _stages(stages: list[AgreementStage], day: date) -> Stages:
    reached = [stage for stage in stages if stage.date <= day]
    current = max(reached, key=lambda stage: (_WEIGHTS[stage.kind], stage.date, stage.pk), default=None)
    signed = next((stage for stage in stages if stage.kind == AgreementStageKind.SIGNED), None)
    return Stages(current=current.kind if current else "", signed=signed)


def current_stage(*, day: date) -> Subquery:
    """Where an agreement stands on ``day``, as an expression on source pages."""
    weight = Case(
        *(When(kind=kind, then=Value(number)) for kind, number in _WEIGHTS.items()), output_field=IntegerField()
    )
    stages: QuerySet[Any] = AgreementStage.objects.filter(page=OuterRef("pk"), date__lte=day).annotate(weight=weight)
    return Subquery(stages.order_by("-weight", "-date", "-pk").values("kind")[:1])


def signed_on() -> Subquery:
    """The day of the first signature, as an expression on source pages."""
    signed = AgreementStage.objects.filter(page=OuterRef("pk"), kind=AgreementStageKind.SIGNED)
    return Subquery(signed.order_by("date").values("date")[:1])


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
