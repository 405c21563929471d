"""Organisations by the endpoint: lists, acronyms in every language, members, news."""

from datetime import date

import pytest

from missions.models import NewsOrganisationLink, OrganisationMember, OrganisationPage
from regions.models import CountryPage
from tests.asking import ask, codes_of, post
from tests.factories.site import SiteTree
from tests.relations_world import RelationsWorld, relations_world_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(site_tree: SiteTree) -> RelationsWorld:
    return relations_world_make(site_tree)


def titles(arguments: str) -> list[str]:
    found = ask(f"{{ organisations({arguments}) {{ totalCount nodes {{ title }} }} }}")["organisations"]
    assert found["totalCount"] >= len(found["nodes"])
    return [node["title"] for node in found["nodes"]]


UN, CARICOM = "Organisation des Nations unies", "Communauté caribéenne"


def test_organisations_are_sorted_and_narrowed(world: RelationsWorld) -> None:
    assert titles("locale: FR") == [CARICOM, UN]
    assert titles("orderBy: NAME_DESC") == [UN, CARICOM]
    assert titles("filter: {kind: [REGIONAL, SUB_REGIONAL]}") == [CARICOM]
    assert titles("filter: {standing: [MEMBER]}") == [UN]
    assert titles('filter: {text: "onu"}') == [UN]
    assert titles('filter: {text: "marche commun"}') == [CARICOM]
    assert titles('filter: {text: " "}') == [CARICOM, UN]
    assert titles('filter: {country: ["JM"]}') == [CARICOM]
    # Cuba was an observer until 2000.
    assert titles('filter: {country: ["CU"]}') == []
    assert titles("locale: AR") == ["الأمم المتحدة", CARICOM]
    assert titles("locale: AR, fallback: []") == ["الأمم المتحدة"]


def test_pages_of_the_list_go_on_where_the_last_one_ended(world: RelationsWorld) -> None:
    first = ask("{ organisations(first: 1) { nodes { title } pageInfo { hasNextPage endCursor } } }")["organisations"]
    assert (first["nodes"], first["pageInfo"]["hasNextPage"]) == ([{"title": CARICOM}], True)
    after = first["pageInfo"]["endCursor"]
    assert titles(f'first: 1, after: "{after}"') == [UN]


def test_an_acronym_of_any_language_names_an_organisation(world: RelationsWorld) -> None:
    query = (
        "query ($acronym: String!, $locale: LocaleCode) { organisation(acronym: $acronym, locale: $locale) { title } }"
    )
    found = [
        ask(query, {"acronym": acronym, "locale": locale})["organisation"]["title"]
        for acronym, locale in (("onu", "FR"), ("ONU", "AR"), ("أ.م.م", "FR"), ("caricom", "ES"))
    ]
    assert found == [UN, "الأمم المتحدة", UN, CARICOM]
    assert codes_of(post({"query": query, "variables": {"acronym": "OTAN"}})) == ["NOT_FOUND"]
    for bad in ("", " ", "a" * 51, "a\u0000b"):
        assert codes_of(post({"query": query, "variables": {"acronym": bad}})) == ["BAD_USER_INPUT"], bad


def test_an_organisation_whose_source_is_hidden_is_found_by_no_acronym(world: RelationsWorld) -> None:
    OrganisationPage.objects.filter(locale_code="fr", acronym="ONU").update(live=False)
    for acronym in ("ONU", "أ.م.م"):
        query = f'{{ organisation(acronym: "{acronym}", locale: AR) {{ title }} }}'
        assert codes_of(post({"query": query})) == ["NOT_FOUND"]
    assert titles("locale: AR") == [CARICOM]
    assert ask('{ timeline(filter: {organisation: ["أ.م.م"]}) { totalCount } }') == {"timeline": {"totalCount": 0}}


def test_members_are_told_by_name_with_their_dates(world: RelationsWorld, site_tree: SiteTree) -> None:
    query = '{ organisation(acronym: "CARICOM") { members { country { code } standing startsOn endsOn isCurrent } } }'
    assert ask(query)["organisation"]["members"] == [
        {
            "country": {"code": "CU"},
            "standing": "OBSERVER",
            "startsOn": "1990-01-01",
            "endsOn": "2000-01-01",
            "isCurrent": False,
        },
        {"country": {"code": "JM"}, "standing": "MEMBER", "startsOn": "1973-08-01", "endsOn": None, "isCurrent": True},
    ]
    CountryPage.objects.filter(code="JM").update(live=False)
    assert [row["country"]["code"] for row in ask(query)["organisation"]["members"]] == ["CU"]


def test_facts_are_those_of_the_source_in_every_language(world: RelationsWorld) -> None:
    OrganisationPage.objects.filter(locale_code="fr", acronym="ONU").update(founded_on=date(1946, 1, 1))
    query = '{ organisation(acronym: "ONU", locale: AR) { acronym seatCity seatCountry { name } foundedOn standing } }'
    assert ask(query)["organisation"] == {
        "acronym": "أ.م.م",
        "seatCity": "نيويورك",
        "seatCountry": {"name": "الولايات المتحدة"},
        "foundedOn": "1946-01-01",
        "standing": "MEMBER",
    }


def test_news_of_an_organisation_are_paged_and_counted(world: RelationsWorld, site_tree: SiteTree) -> None:
    for day in range(1, 4):
        item = site_tree.news(f"Réunion {day}", date=date(2016, 1, day))
        NewsOrganisationLink.objects.create(page=item, organisation=world.organisation["un"])
    query = (
        '{ organisation(acronym: "ONU") { news(first: 2) { totalCount nodes { title } pageInfo { hasNextPage } } } }'
    )
    assert ask(query)["organisation"]["news"] == {
        "totalCount": 4,
        "nodes": [{"title": "Réunion 3"}, {"title": "Réunion 2"}],
        "pageInfo": {"hasNextPage": True},
    }
    news = ask('{ news(filter: {text: "creance"}) { nodes { organisations { title acronym } } } }')["news"]["nodes"]
    assert news == [{"organisations": [{"title": UN, "acronym": "ONU"}]}]


def test_members_are_rows_of_the_source_alone(world: RelationsWorld) -> None:
    assert set(OrganisationMember.objects.values_list("page__locale__language_code", flat=True)) == {"fr"}
