"""Where an agreement stands: what follows from its stages, said in SQL and of rows that were read already."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, DateField, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from home.selectors.pages import Row
from home.selectors.prepared import Parameter
from home.selectors.record_rows import fact_rows
from relations.models import AgreementStage
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


def status_of(stages: Sequence[Row], *, today: date) -> str | None:
    """Where an agreement with these rows of stages (``id kind date``) stands today; None before its first stage."""
    reached = [row for row in stages if row["date"] <= today]
    if not reached:
        return None
    return str(max(reached, key=lambda row: (_WEIGHTS[row["kind"]], row["date"], row["id"]))["kind"])


def status_subquery(*, today: date | None = None) -> Subquery:
    """The same as an expression on agreements; without a day, which is then the parameter ``today``."""
    day = Parameter("today", DateField()) if today is None else today
    weight = Case(
        *(When(kind=kind, then=Value(number)) for kind, number in _WEIGHTS.items()), output_field=IntegerField()
    )
    stages: QuerySet[Any] = AgreementStage.objects.filter(page=OuterRef("pk"), date__lte=day).annotate(weight=weight)
    return Subquery(stages.order_by("-weight", "-date", "-id").values("kind")[:1])


def first_date(stages: Sequence[Row], kind: AgreementStageKind) -> date | None:
    """The first day of a kind of stage among rows of stages."""
    return min((row["date"] for row in stages if row["kind"] == kind), default=None)


def first_date_subquery(kind: AgreementStageKind | None = None) -> Subquery:
    """The same as an expression on agreements; without a kind the day of the first stage of all."""
    return Subquery(_first_stage(kind).values("date")[:1], output_field=DateField())


def first_precision_subquery(kind: AgreementStageKind) -> Subquery:
    """How much of ``first_date_subquery`` is known, as an expression on agreements."""
    return Subquery(_first_stage(kind).values("precision")[:1])


def _first_stage(kind: AgreementStageKind | None) -> QuerySet[Any]:
    stages = AgreementStage.objects.filter(page=OuterRef("pk"))
    if kind is not None:
        stages = stages.filter(kind=kind.value)
    return stages.order_by("date", "sort_order", "id")


def agreement_stage_rows(*, ids: Collection[int]) -> dict[int, list[Row]]:
    """The stages of agreements by the id of their source page, in the order of their days. One statement.

    Rows: ``id kind date precision reference``.
    """
    return fact_rows(
        AgreementStage,
        ids=ids,
        columns=["id", "kind", "date", "precision", "reference"],
        order=("date", "sort_order", "id"),
    )
