"""Lists of missions over HTTP: filters, orders, cursors; those of countries and organisations; who is responsible."""

from datetime import date
from typing import Any

import orjson
import pytest
from wagtail.models import PageViewRestriction

from api.ids import id_encode
from api.locales import scope_of
from home.selectors.keys import key_of
from home.services.search_index import search_index_rebuild
from missions.models import MissionAccreditation, MissionPage, MissionService, OrganisationPage
from tests.asking import ask, body_of, codes_of, post
from tests.factories.missions import Missions, mission_make, missions_make, translated
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

EMBASSY, CONSULATE, PERMANENT, BRAZILIAN = (
    "Ambassade à Mexico",
    "Consulat général à Rio de Janeiro",
    "Mission permanente à New York",
    "Ambassade du Brésil",
)


@pytest.fixture
def missions(site_tree: SiteTree) -> Missions:
    return missions_make(site_tree)


def titles(arguments: str = "") -> list[str]:
    given = f"({arguments})" if arguments else ""
    data = ask(f"{{ missions{given} {{ totalCount nodes {{ title }} }} }}")["missions"]
    found = [node["title"] for node in data["nodes"]]
    assert data["totalCount"] == len(found)
    return found


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ("{}", [EMBASSY, BRAZILIAN, CONSULATE, PERMANENT]),
        ("{direction: ABROAD}", [EMBASSY, CONSULATE, PERMANENT]),
        ("{direction: HERE}", [BRAZILIAN]),
        ("{kind: EMBASSY}", [EMBASSY, BRAZILIAN]),
        ("{kind: [CONSULATE_GENERAL, PERMANENT_MISSION]}", [CONSULATE, PERMANENT]),
        ("{kind: []}", []),
        ('{country: "mx"}', [EMBASSY]),
        ('{country: "BR"}', [BRAZILIAN, CONSULATE]),
        ('{country: "CU"}', [EMBASSY]),
        ('{country: "CU", resident: true}', []),
        ('{country: "CU", resident: false}', [EMBASSY]),
        ('{country: ["CU", "BR"], resident: true}', [BRAZILIAN, CONSULATE]),
        ('{country: "ZZ"}', []),
        ('{country: "JM"}', []),
        ('{organisation: "ONU"}', [PERMANENT]),
        ('{organisation: "onu"}', [PERMANENT]),
        ('{organisation: "NNUU"}', [PERMANENT]),
        ('{organisation: "XYZ"}', []),
        ("{service: VISAS}", [EMBASSY, CONSULATE]),
        ("{service: NOTARIAL}", []),
        ("{status: OPEN}", [EMBASSY, BRAZILIAN, CONSULATE, PERMANENT]),
        ("{status: [CLOSED, SUSPENDED]}", []),
        ('{text: "rio"}', [CONSULATE]),
        ('{text: "ambassade mexico"}', [EMBASSY]),
        ("{near: {latitude: 19.4, longitude: -99, radiusKm: 100}}", [EMBASSY]),
        ("{near: {latitude: 19.4, longitude: -99, radiusKm: 4000}}", [EMBASSY, PERMANENT]),
        ('{openAt: "2026-12-01T15:30:00Z"}', [EMBASSY, CONSULATE]),
        ('{openAt: "2026-12-01T15:30:00Z", service: VISAS}', [CONSULATE]),
        ('{openAt: "2026-12-02T05:00:00Z", service: VISAS}', [EMBASSY]),
        ('{openAt: "2026-12-24T15:30:00Z"}', [CONSULATE]),
        ('{country: "MX", kind: EMBASSY, direction: ABROAD, service: PASSPORTS, text: "ambassade"}', [EMBASSY]),
    ],
)
def test_what_a_list_is_narrowed_to(missions: Missions, criteria: str, expected: list[str]) -> None:
    search_index_rebuild()
    assert titles(f"filter: {criteria}") == expected


def test_an_organisation_is_named_in_the_readers_language(missions: Missions) -> None:
    assert titles('locale: ES, filter: {organisation: "NNUU"}') == [PERMANENT]
    for code in ("FR", "AR", "ES"):
        key = key_of(missions.united_nations.translation_key)
        named = id_encode("Organisation", key, scope_of(code.lower()))
        assert titles(f'locale: {code}, filter: {{organisation: "{named}"}}') == [PERMANENT]


def test_an_acronym_is_known_in_every_language_and_case(missions: Missions) -> None:
    named = [*(f"locale: {code}, {{}}" for code in ("FR", "AR", "ES")), "{}"]
    OrganisationPage.objects.filter(acronym="NNUU").update(acronym="NNuu")
    for acronym in ("NNuu", "nnuu", "NNUU", "nNuU", "onu", "Onu"):
        for place in named:
            assert titles(place.format(f'filter: {{organisation: "{acronym}"}}')) != [], (acronym, place)
    assert titles('filter: {organisation: "NNUUX"}') == []


def test_what_is_hidden_narrows_no_list(missions: Missions, site_tree: SiteTree) -> None:
    PageViewRestriction.objects.create(page=missions.united_nations, restriction_type="login")
    PageViewRestriction.objects.create(page=site_tree.country["fr", "CU"], restriction_type="login")
    assert titles('filter: {organisation: "ONU"}') == []
    assert titles('filter: {country: "CU"}') == []
    # The country's page is public in Arabic.
    assert titles('locale: AR, filter: {country: "CU"}') == ["السفارة بمكسيكو"]
    MissionPage.objects.filter(pk=missions.consulate.pk).update(live=False)
    assert titles("filter: {direction: ABROAD}") == [EMBASSY, PERMANENT]


def test_a_mission_whose_source_is_hidden_is_in_no_list(missions: Missions) -> None:
    PageViewRestriction.objects.create(page=missions.embassy, restriction_type="login")
    assert titles('locale: AR, filter: {country: "MX"}') == []
    assert ask('{ missionFor(country: "MX", locale: AR) { isResident } }') == {"missionFor": None}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("first: 501", "`first` must be between 0 and 500."),
        ("last: -1", "`last` must be between 0 and 500."),
        ("filter: {resident: true}", "`resident` needs `country`."),
        ('filter: {country: "MEX"}', "An ISO 3166-1 alpha-2 code has two letters."),
        ("orderBy: DISTANCE_ASC", "The order by distance needs `near`."),
        (
            "filter: {near: {latitude: 90.5, longitude: 0, radiusKm: 1}}",
            "`latitude` must be between -90 and 90 degrees.",
        ),
        (
            "filter: {near: {latitude: 0, longitude: -181, radiusKm: 1}}",
            "`longitude` must be between -180 and 180 degrees.",
        ),
        ("filter: {near: {latitude: 0, longitude: 0, radiusKm: 0}}", "`radiusKm` must be more than 0."),
        ('filter: {organisation: ""}', "`organisation` is neither an id nor an acronym."),
        ('filter: {organisation: "a%b"}', "`organisation` is neither an id nor an acronym."),
        (
            'filter: {openAt: "2026-12-01"}',
            "`openAt` needs an offset from UTC, for example 2026-11-30T09:00:00Z.",
        ),
        (f'filter: {{text: "{"x" * 201}"}}', "`text` may have 200 characters."),
        ('after: "x"', "The cursor is malformed."),
    ],
)
def test_bad_arguments_are_refused_by_name(site_tree: SiteTree, arguments: str, message: str) -> None:
    response = post({"query": f"{{ missions({arguments}) {{ totalCount }} home {{ title }} }}"})
    assert codes_of(response) == ["BAD_USER_INPUT"]
    assert body_of(response)["errors"][0]["message"] == message
    assert body_of(response)["data"]["home"] == {"title": "Accueil"}


def test_an_id_of_something_else_is_refused(missions: Missions) -> None:
    data = ask('{ country(code: "MX") { id } }')
    response = post({"query": f'{{ missions(filter: {{organisation: "{data["country"]["id"]}"}}) {{ totalCount }} }}'})
    assert body_of(response)["errors"][0]["message"] == "`organisation` is the id of something else."


def test_cursors_that_nobody_was_given_are_refused(missions: Missions) -> None:
    from api.connections import cursor_encode

    for order, position in (
        ("NAME_ASC", ["a\0b", 1]),
        ("NAME_ASC", ["\ud800", 1]),
        ("NAME_ASC", ["a", 0]),
        ("NAME_ASC", ["a", 2**63]),
        ("NAME_ASC", ["a"]),
        ("NAME_DESC", ["a", 1]),
    ):
        try:
            cursor = cursor_encode(order, position)
        except UnicodeEncodeError:
            cursor = "WyJOQU1FX0FTQyIsIlx1ZDgwMCIsMV0"  # its escape in JSON
        response = post({"query": "query ($c: String) { missions(after: $c) { totalCount nodes { title } } }",
                         "variables": {"c": cursor}})  # fmt: skip
        assert set(codes_of(response)) == {"BAD_USER_INPUT"}, position


@pytest.mark.parametrize("order", ["NAME_ASC", "NAME_DESC", "COUNTRY_ASC", "COUNTRY_DESC", "DISTANCE_ASC"])
@pytest.mark.parametrize("locale", ["FR", "AR", "ES"])
def test_each_order_is_walked_from_both_ends(missions: Missions, site_tree: SiteTree, order: str, locale: str) -> None:
    for number, country in enumerate(("MX", "BR", "BR", "CU")):
        mission_make(site_tree, "Écho", slug=f"echo-{number}", country=country, latitude=19.0, longitude=-99.0)
    site_tree.country["fr", "CU"].unpublish()  # one of them stands in a country whose French name is hidden
    narrowed = f"locale: {locale}, orderBy: {order}, filter: {{near: {{latitude: 0, longitude: 0, radiusKm: 30000}}}}"
    edges = "edges { cursor distanceKm node { id title hostCountry { name } } } pageInfo { hasNextPage }"
    whole = ask(f"{{ missions({narrowed}) {{ {edges} }} }}")["missions"]["edges"]
    assert len({edge["node"]["id"] for edge in whole}) == len(whole) == 8

    def parts(size: str, start: str, take: int) -> list[Any]:
        found: list[Any] = []
        cursor = None
        while True:
            given = f', {start}: "{cursor}"' if cursor else ""
            part = ask(f"{{ missions({narrowed}, {size}: 3{given}) {{ {edges} }} }}")["missions"]["edges"]
            if not part:
                return found
            found = found + part if take else part + found
            cursor = part[-1 if take else 0]["cursor"]

    assert parts("first", "after", 1) == whole
    assert parts("last", "before", 0) == whole
    if order == "DISTANCE_ASC":
        distances = [edge["distanceKm"] for edge in whole]
        assert distances == sorted(distances)


def test_names_sort_as_people_of_the_language_expect(site_tree: SiteTree) -> None:
    for title in ("Ecuador", "Écosse", "Estonie", "eSwatini"):
        mission_make(site_tree, title)
    assert titles() == ["Écosse", "Ecuador", "Estonie", "eSwatini"]
    assert titles("orderBy: NAME_DESC") == ["eSwatini", "Estonie", "Ecuador", "Écosse"]
    translated(site_tree, MissionPage.objects.get(title="Estonie"), "ar", "إستونيا")
    assert titles("locale: AR")[0] == "إستونيا"


def test_countries_sort_by_their_names_in_the_readers_language(missions: Missions) -> None:
    query = "{ missions(locale: %s, orderBy: COUNTRY_ASC) { nodes { hostCountry { name } sendingCountry { name } } } }"

    def names(code: str) -> list[str]:
        nodes = ask(query % code)["missions"]["nodes"]
        return [(node["hostCountry"] or node["sendingCountry"])["name"] for node in nodes]

    assert names("FR") == ["Brésil", "Brésil", "États-Unis", "Mexique"]
    assert names("ES") == ["Brasil", "Brasil", "Estados Unidos", "México"]
    assert names("AR") == ["البرازيل", "البرازيل", "المكسيك", "الولايات المتحدة"]


def test_the_nearest_first_with_the_kilometres_along_the_great_circle(missions: Missions) -> None:
    query = """{ missions(orderBy: DISTANCE_ASC, filter: {near: {latitude: 19.43, longitude: -99.2, radiusKm: 9200}}) {
      edges { distanceKm node { title } } } }"""
    edges = ask(query)["missions"]["edges"]
    assert [(edge["node"]["title"], edge["distanceKm"]) for edge in edges] == [
        (EMBASSY, 0.0),
        (PERMANENT, 3369.01),
        (CONSULATE, 7686.297),
        (BRAZILIAN, 9024.514),
    ]
    assert ask("{ missions(first: 1) { edges { distanceKm } } }") == {"missions": {"edges": [{"distanceKm": None}]}}


def test_places_beyond_the_antimeridian_and_at_the_poles_are_near(site_tree: SiteTree) -> None:
    for title, latitude, longitude in (
        ("Suva", -18.1, 178.4),
        ("Apia", -13.8, -171.8),
        ("Pôle", 89.9, 10.0),
        ("Ligne", 0.0, -180.0),
    ):
        mission_make(site_tree, title, latitude=latitude, longitude=longitude)
    near = "filter: {{near: {{latitude: {}, longitude: {}, radiusKm: {}}}}}"
    assert titles(near.format(-16, -179.9, 1200)) == ["Apia", "Suva"]
    assert titles(near.format(-16, 179.9, 1200)) == ["Apia", "Suva"]
    assert titles(near.format(89.9, -170, 30)) == ["Pôle"]
    assert titles(near.format(0, 180, 1)) == ["Ligne"]
    assert titles(near.format(0, 179.999, 1)) == ["Ligne"]
    assert titles(near.format(0, 0, 40000)) == ["Apia", "Ligne", "Pôle", "Suva"]


def test_missions_of_countries_come_embassies_first_and_residents_before_others(
    missions: Missions, site_tree: SiteTree
) -> None:
    mission_make(site_tree, "Ambassade à Brasilia", country="BR")
    query = """{ countries(first: 100, filter: {code: ["BR", "CU", "JM", "MX"]}) { nodes { code
      missions(first: 2) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } } } }"""
    nodes = {node["code"]: node["missions"] for node in ask(query)["countries"]["nodes"]}
    assert {
        code: (found["totalCount"], [node["title"] for node in found["nodes"]]) for code, found in nodes.items()
    } == {
        "BR": (3, ["Ambassade à Brasilia", BRAZILIAN]),
        "CU": (1, [EMBASSY]),
        "JM": (0, []),
        "MX": (1, [EMBASSY]),
    }
    cursor = nodes["BR"]["pageInfo"]["endCursor"]
    rest = ask(f'{{ country(code: "BR") {{ missions(after: "{cursor}") {{ nodes {{ title }} }} }} }}')
    assert rest == {"country": {"missions": {"nodes": [{"title": CONSULATE}]}}}
    narrowed = """{ country(code: "BR") { missions(filter: {direction: ABROAD, service: VISAS}) { nodes { title } } }
      cuba: country(code: "CU") { resident: missions(filter: {resident: true}) { totalCount }
        others: missions(filter: {resident: false}) { nodes { title } } } }"""
    assert ask(narrowed) == {
        "country": {"missions": {"nodes": [{"title": CONSULATE}]}},
        "cuba": {"resident": {"totalCount": 0}, "others": {"nodes": [{"title": EMBASSY}]}},
    }
    assert codes_of(post({"query": '{ country(code: "BR") { missions(first: 101) { totalCount } } }'})) == [
        "BAD_USER_INPUT"
    ]


def test_missions_of_organisations_are_those_accredited_and_its_own_office(
    missions: Missions, site_tree: SiteTree
) -> None:
    mission_make(
        site_tree,
        "Bureau des Nations unies",
        direction="here",
        kind="representation",
        sending_organisation=missions.united_nations,
    )
    query = """{ missions(filter: {organisation: "ONU"}) { nodes { title sendingOrganisation { title
      missions { totalCount nodes { title } } } } } }"""
    nodes = ask(query)["missions"]["nodes"]
    assert [node["title"] for node in nodes] == ["Bureau des Nations unies", PERMANENT]
    assert nodes[0]["sendingOrganisation"] == {
        "title": "Organisation des Nations unies",
        "missions": {"totalCount": 2, "nodes": [{"title": "Bureau des Nations unies"}, {"title": PERMANENT}]},
    }
    assert OrganisationPage.objects.filter(locale_code="fr").count() == 1


def responsible(country: str, service: str = "", locale: str = "FR") -> Any:
    given = f", service: {service}" if service else ""
    fields = "mission { title } isResident offersService accreditation { country { code } startsOn isCurrent }"
    found = ask(f'{{ missionFor(country: "{country}", locale: {locale}{given}) {{ {fields} }} }}')["missionFor"]
    if found is None:
        return None
    accreditation = found["accreditation"]
    assert accreditation is None or accreditation["isCurrent"]
    start = accreditation and (accreditation["country"]["code"], accreditation["startsOn"])
    return found["mission"]["title"], found["isResident"], found["offersService"], start


def test_the_responsible_mission(missions: Missions, site_tree: SiteTree) -> None:
    assert responsible("mx") == (EMBASSY, True, None, None)
    assert responsible("MX", "VISAS") == (EMBASSY, True, True, None)
    assert responsible("MX", "NOTARIAL") == (EMBASSY, True, False, None)
    assert responsible("CU", locale="AR") == ("السفارة بمكسيكو", False, None, ("CU", "2017-04-21"))
    assert responsible("CU", "PASSPORTS") == (EMBASSY, False, True, ("CU", "2017-04-21"))
    # A consulate in the country offers it, or is all that there is.
    assert responsible("BR", "VISAS") == (CONSULATE, True, True, None)
    assert responsible("BR") == (CONSULATE, True, None, None)
    # An accreditation that has ended; a mission to an organisation; nothing at all.
    assert responsible("JM") is None
    assert responsible("US") is None
    assert responsible("SN") is None
    mission_make(site_tree, "Ambassade à Brasilia", country="BR")
    assert responsible("BR") == ("Ambassade à Brasilia", True, None, None)
    assert responsible("BR", "VISAS") == (CONSULATE, True, True, None)
    assert responsible("BR", "NOTARIAL") == ("Ambassade à Brasilia", True, False, None)


def test_an_embassy_elsewhere_comes_before_a_consulate_that_does_not_offer_it(
    missions: Missions, site_tree: SiteTree
) -> None:
    mission_make(site_tree, "Consulat honoraire à La Havane", country="CU", kind="honorary_consulate")
    assert responsible("CU") == (EMBASSY, False, None, ("CU", "2017-04-21"))
    assert responsible("CU", "VISAS") == (EMBASSY, False, True, ("CU", "2017-04-21"))
    MissionPage.objects.filter(pk=missions.embassy.pk).update(status="closed")
    assert responsible("CU") == ("Consulat honoraire à La Havane", True, None, None)
    assert responsible("MX") is None
    MissionPage.objects.filter(pk=missions.embassy.pk).update(status_since=date(2999, 1, 1))
    assert responsible("MX") == (EMBASSY, True, None, None)


def test_who_offers_a_service_comes_before_whoever_stands_there_without_it(
    missions: Missions, site_tree: SiteTree
) -> None:
    embassy = mission_make(site_tree, "Ambassade à La Havane", country="CU")
    assert responsible("CU") == ("Ambassade à La Havane", True, None, None)
    # Accredited from elsewhere and offering it, whatever stands there.
    assert responsible("CU", "PASSPORTS") == (EMBASSY, False, True, ("CU", "2017-04-21"))
    # Nobody offers it: who stands there, before who is accredited.
    assert responsible("CU", "NOTARIAL") == ("Ambassade à La Havane", True, False, None)
    MissionService.objects.create(page=embassy, kind="passports")
    assert responsible("CU", "PASSPORTS") == ("Ambassade à La Havane", True, True, None)


def test_the_next_one_is_responsible_while_an_embassy_is_closed(missions: Missions, site_tree: SiteTree) -> None:
    rows = {
        "accreditations": [MissionAccreditation(country=site_tree.country["fr", "MX"])],
        "services": [MissionService(kind="visas")],
    }
    mission_make(site_tree, "Ambassade à Washington", country="US", rows=rows)
    assert responsible("MX", "VISAS") == (EMBASSY, True, True, None)
    MissionPage.objects.filter(pk=missions.embassy.pk).update(status="suspended")
    assert responsible("MX", "VISAS") == ("Ambassade à Washington", False, True, ("MX", None))


def test_a_country_that_is_unknown_hidden_or_no_code(missions: Missions, site_tree: SiteTree) -> None:
    assert codes_of(post({"query": '{ missionFor(country: "ZZ") { isResident } }'})) == ["NOT_FOUND"]
    assert codes_of(post({"query": '{ missionFor(country: "MEX") { isResident } }'})) == ["BAD_USER_INPUT"]
    site_tree.country["fr", "MX"].unpublish()
    assert codes_of(post({"query": '{ missionFor(country: "MX") { isResident } }'})) == ["NOT_FOUND"]


def test_a_directory_is_read_in_one_part(site_tree: SiteTree) -> None:
    query = "query ($first: Int) { missions(first: $first) { nodes { title } } }"
    answers = {size: orjson.loads(post({"query": query, "variables": {"first": size}}).content) for size in (500, 501)}
    assert answers[500]["data"] == {"missions": {"nodes": []}}
    assert answers[500]["extensions"]["cost"]["requested"] == 8 + 1 + 500
    assert answers[501]["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "requested": 501, "allowed": 500}
