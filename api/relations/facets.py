"""How many agreements of a list have what in common."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import graphene
from django.db.models import Choices
from graphql import GraphQLResolveInfo

from api.choices import label_of
from api.execution import Deferred
from api.pages.nodes import nodes_load
from api.scope import Scope
from relations.models import choices
from relations.selectors.agreements import FacetCount


class FacetCounts(NamedTuple):
    """The counts of a list, and the language of the reader."""

    scope: Scope
    counts: Sequence[FacetCount]

    def of(self, facet: str) -> list[FacetCount]:
        """The counts of one facet, the greatest first."""
        found = [count for count in self.counts if count.facet == facet]
        return sorted(found, key=lambda count: (-count.agreements, count.value))


class FacetValue(graphene.ObjectType):
    """A value, and how many agreements have it."""

    value = graphene.String(
        required=True, description="As filters take it: a value of the enum, a year, or a country's code."
    )
    label = graphene.String(required=True, description="In words of the reader's language.")
    count = graphene.Int(required=True, description="How many agreements of the list have it.")


def _values(description: str) -> Any:
    return graphene.List(graphene.NonNull(FacetValue), required=True, description=description)


def _of_choices(facet: str, of_facet: type[Choices]) -> Any:
    def resolve(counts: FacetCounts, _info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        return [
            {
                "value": of_facet(each.value).name,
                "label": label_of(of_facet, each.value, counts.scope.locale),
                "count": each.agreements,
            }
            for each in counts.of(facet)
        ]

    return resolve


class AgreementFacets(graphene.ObjectType):
    """Counts of the agreements of a list, its filter applied; values that no agreement has are left out."""

    kind = _values("By what they call themselves, the most frequent first.")
    field = _values("By what they are about, the most frequent first.")
    status = _values("By where they stand today, the most frequent first.")
    year = _values("By the year of the signature, the latest first.")
    country = _values(
        "By the countries that are parties, the most frequent first; one agreement may count for several."
    )

    resolve_kind = _of_choices("kind", choices.AgreementKind)
    resolve_field = _of_choices("field", choices.AgreementField)
    resolve_status = _of_choices("status", choices.AgreementStageKind)

    @staticmethod
    def resolve_year(counts: FacetCounts, _info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        years = sorted(counts.of("year"), key=lambda each: int(each.value), reverse=True)
        return [{"value": each.value, "label": each.value, "count": each.agreements} for each in years]

    @staticmethod
    def resolve_country(counts: FacetCounts, info: GraphQLResolveInfo) -> Deferred[list[dict[str, Any]]]:
        found = {each.value: each.agreements for each in counts.of("country")}
        countries = nodes_load(info.context, type_name="Country", keys=found, scope=counts.scope)  # type: ignore[arg-type] # values of this facet are keys
        return countries.then(
            lambda nodes: [
                {"value": node["code"], "label": node["title"], "count": found[node["translation_key"]]}
                for node in sorted(nodes, key=lambda node: (-found[node["translation_key"]], node["code"]))
            ]
        )
