"""What the admin's listings show beside each page, and which pages bear a name; read for a whole list at once."""

from collections.abc import Collection

from django.db.models import OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from regions.models import ContinentPage, CountryPage, NewsCountryLink, NewsKind, NewsPage, SubRegion
from regions.selectors.countries import country_parent_path


def country_names_by_news(*, news_ids: Collection[int]) -> dict[int, list[str]]:
    """The names of the linked countries of each news item, in its language and the editor's order. One statement."""
    own_language = CountryPage.objects.filter(
        translation_key=OuterRef("country__translation_key"), locale=OuterRef("page__locale")
    ).values("title")
    links = NewsCountryLink.objects.filter(page_id__in=news_ids).order_by("page_id", "sort_order", "id")
    named = links.annotate(name=Coalesce(Subquery(own_language[:1]), "country__title"))
    names: dict[int, list[str]] = {}
    for news_id, name in named.values_list("page_id", "name"):
        names.setdefault(news_id, []).append(name)
    return names


def kind_names(*, kind_ids: Collection[int]) -> dict[int, str]:
    """The names of kinds by id. One statement."""
    return dict(NewsKind.objects.filter(pk__in=kind_ids).values_list("pk", "name"))


def continent_names_by_country(*, country_ids: Collection[int]) -> dict[int, str]:
    """The title of the continent page above each country page. One statement."""
    continents = ContinentPage.objects.filter(path=country_parent_path(OuterRef("path"))).values("title")
    rows = CountryPage.objects.filter(pk__in=country_ids).annotate(continent_title=Subquery(continents))
    return dict(rows.values_list("pk", "continent_title"))


def country_ids_without_text(*, country_ids: Collection[int]) -> set[int]:
    """Those that say nothing in their language yet: aliases, and pages of a name without text. One statement."""
    rows = CountryPage.objects.filter(pk__in=country_ids).annotate(blocks=Cast("body", TextField()))
    silent = Q(introduction="", blocks__in=("", "[]", "null"))
    return set(rows.filter(Q(alias_of__isnull=False) | silent).values_list("pk", flat=True))


def page_ids_named_after(*, row: NewsKind | SubRegion) -> list[int]:
    """The pages, live or not, that are of a kind of news or belong to a sub-region. One statement."""
    if isinstance(row, NewsKind):
        return list(NewsPage.objects.filter(kind=row).order_by().values_list("pk", flat=True))
    return list(CountryPage.objects.filter(sub_region=row).order_by().values_list("pk", flat=True))
