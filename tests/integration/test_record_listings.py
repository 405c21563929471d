"""The listings of missions, organisations, people, events and agreements in the admin."""

import io

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from missions.models import MissionPage, OrganisationPage, PersonPage
from relations.models import AgreementPage, EventPage
from tests.factories.small_site import group_make, user_make
from tests.integration.record_world import RecordWorld, record_world_make, translated

pytestmark = pytest.mark.django_db
LISTINGS = {
    "missions": MissionPage,
    "organisations": OrganisationPage,
    "people": PersonPage,
    "events": EventPage,
    "agreements": AgreementPage,
}


@pytest.fixture
def world(site_tree) -> RecordWorld:
    return record_world_make(site_tree)


@pytest.fixture
def chief(client, world):
    client.force_login(user_make("chief", superuser=True))
    return client


def rows(response) -> dict[str, list[str]]:
    """The cells between the title and the language of each row, by title."""
    table = BeautifulSoup(response.content, "html.parser").find("table", class_="listing")
    cells = [row.find_all("td") for row in table.tbody.find_all("tr")]
    texts = [[cell.get_text(" ", strip=True) for cell in row] for row in cells]
    names = [row[1].find(class_="title-wrapper").get_text(" ", strip=True) for row in cells]
    return {name: row[2:] for name, row in zip(names, texts, strict=True)}


def titles(response) -> set[str]:
    assert response.status_code == 200
    return {page.title for page in response.context["pages"]}


def test_missions_show_what_counts_in_the_language_of_each_page(chief, world) -> None:
    translated(world.mexico, world.tree, title="السفارة في مكسيكو", city="مكسيكو", kind="consulate")
    translated(world.ahead, world.tree, title="إدريس بنيس")
    shown = rows(chief.get(reverse("missions:index")))
    assert list(shown) == ["Ambassade à Mexico", "Ambassade de Cuba", "Consulat à São Paulo", "السفارة في مكسيكو"]
    assert shown["Ambassade à Mexico"] == [
        "Ambassade", "Mexique", "Mexico", "Driss Bennis", "Ouverte", "Français", LIVE,
    ]  # fmt: skip
    assert shown["السفارة في مكسيكو"] == [
        "Ambassade", "المكسيك", "مكسيكو", "إدريس بنيس", "Ouverte", "Arabe", LIVE,
    ]  # fmt: skip
    assert shown["Ambassade de Cuba"][:5] == ["Ambassade", "Cuba", "", "", "Ouverte"]
    assert shown["Consulat à São Paulo"][4] == "Suspendue"


def test_the_other_listings_show_what_counts(chief, world) -> None:
    shown = rows(chief.get(reverse("organisations:index")))
    assert shown["Organisation des Nations unies"][:4] == ["ONU", "Universelle", "Membre", "New York, États-Unis"]
    assert shown["Communauté caribéenne"][:4] == ["CARICOM", "Sous-régionale", "", ""]
    translated(world.ahead, world.tree, title="إدريس بنيس")
    shown = rows(chief.get(reverse("people:index")))
    assert shown["Driss Bennis"][:2] == ["Ministre d’État", "Mexique"]
    assert shown["إدريس بنيس"][:2] == ["Ministre d’État", "المكسيك"]
    shown = rows(chief.get(reverse("events:index")))
    assert list(shown) == ["Sommet de Brasilia", "Visite à Mexico"]
    assert shown["Sommet de Brasilia"][:3] == ["Sommet", "mai 2005", ""]
    assert shown["Visite à Mexico"][:3] == ["Visite", "26 novembre 2004", "Mexique, Brésil"]
    shown = rows(chief.get(reverse("agreements:index")))
    assert list(shown) == ["Accord de pêche", "Accord commercial"]
    assert shown["Accord commercial"][:4] == [
        "Mexique, Organisation des Nations unies", "Commerce", "Entré en vigueur", "juin 1999",
    ]  # fmt: skip
    assert shown["Accord de pêche"][:4] == ["Brésil", "Pêche", "Signé", "4 mars 2010"]


LIVE = "Status actuel de la page\xa0: publiée"
MEXICO, SAO_PAULO, CUBA = "Ambassade à Mexico", "Consulat à São Paulo", "Ambassade de Cuba"
UN, CARICOM = "Organisation des Nations unies", "Communauté caribéenne"
VISIT, SUMMIT = "Visite à Mexico", "Sommet de Brasilia"
TRADE, FISHING = "Accord commercial", "Accord de pêche"


FOUND = [
    ("missions", "direction=here", {CUBA}),
    ("missions", "kind=embassy", {MEXICO, CUBA, "السفارة"}),
    ("missions", "kind=consulate", {SAO_PAULO}),
    ("missions", "country=MX", {MEXICO, "السفارة"}),
    ("missions", "country=BR", {MEXICO, SAO_PAULO, "السفارة"}),
    ("missions", "country=CU", {CUBA}),
    ("missions", "service=visas", {MEXICO, "السفارة"}),
    ("missions", "status=suspended", {SAO_PAULO}),
    ("missions", "publication=draft", {CUBA}),
    ("missions", "locale=ar", {"السفارة"}),
    ("missions", "locale=ar&kind=consulate", set()),
    ("missions", "q=Cuba", {CUBA}),
    ("missions", "q=ambassade&direction=abroad", {MEXICO}),
    ("missions", "q=Sao Paulo&ordering=-kind", {SAO_PAULO}),
    ("organisations", "kind=universal", {UN}),
    ("organisations", "standing=member", {UN}),
    ("organisations", "member=JM", {CARICOM}),
    ("organisations", "q=caricom", {CARICOM}),
    ("people", "office=foreign_minister", {"Amina Alaoui", "Driss Bennis"}),
    ("people", "office=envoy", set()),
    ("people", "country=MX", {"Driss Bennis"}),
    ("events", "kind=summit", {SUMMIT}),
    ("events", "country=MX", {VISIT}),
    ("events", "organisation=UN", {SUMMIT}),
    ("events", "starts_on_from=2005-01-01&starts_on_to=2005-12-31", {SUMMIT}),
    ("events", "direction=outgoing", {VISIT}),
    ("agreements", "field=fisheries", {FISHING}),
    ("agreements", "stage=signed", {FISHING}),
    ("agreements", "stage=in_force", {TRADE}),
    ("agreements", "country=MX", {TRADE}),
    ("agreements", "organisation=UN", {TRADE}),
    ("agreements", "q=pêche&ordering=signed_on", {FISHING}),
]


def test_filters_and_search(chief, world) -> None:
    """Facts are those of the source page, whatever the columns of a translation hold."""
    translated(world.mexico, world.tree, title="السفارة", kind="consulate", host_country=None)
    for listing, query, expected in FOUND:
        for code in ("MX", "BR", "CU", "JM"):
            query = query.replace(f"={code}", f"={world.tree.country['fr', code].pk}")
        query = query.replace("=UN", f"={world.un.pk}")
        assert titles(chief.get(f"{reverse(f'{listing}:index')}?{query}")) == expected, (listing, query)


ORDERINGS = ("title", "-title", "kind", "-status", "live", "standing", "-starts_on", "field", "signed_on")
NONSENSE = ("country=x", "country=999999", "kind=x", "starts_on_from=x", "stage=%00", "office=", "ordering=x")


def test_every_order_and_nonsense_is_answered(chief, world) -> None:
    orders = [f"ordering={name}{more}" for name in ORDERINGS for more in ("", "&q=a")]
    for listing in LISTINGS:
        for query in (*orders, *NONSENSE):
            assert chief.get(f"{reverse(f'{listing}:index')}?{query}").status_code == 200, (listing, query)


@pytest.mark.once
@pytest.mark.parametrize("listing", LISTINGS)
def test_statements_do_not_depend_on_the_number_of_records(chief, world, listing) -> None:
    model = LISTINGS[listing]
    counts: list[list[int]] = []
    urls = [f"{reverse(f'{listing}:index')}?{query}" for query in ("", "q=a", "publication=live")]
    for number in range(9):
        if number in (1, 8):
            chief.get(urls[0])
            counts.append([])
            for url in urls:
                with CaptureQueriesContext(connection) as captured:
                    assert chief.get(url).status_code == 200
                counts[-1].append(len(captured))
        world.make(model, number)
    assert counts[0] == counts[1]


def test_the_menu_holds_the_listings(chief, world) -> None:
    page = chief.get(reverse("wagtailadmin_home")).content.decode()
    for listing in LISTINGS:
        assert reverse(f"{listing}:index") in page


def test_a_listing_shows_what_its_reader_may_reach(client, world) -> None:
    """As the other listings do: the pages of the trees on which she has a right."""
    urls = [reverse(f"{listing}:index") for listing in LISTINGS]
    client.force_login(user_make("guest", groups=(group_make("Guests", pages=[], permissions=()),)))
    assert {client.get(url).status_code for url in urls} == {302}
    arabic = group_make("Arabic", pages=[world.tree.home["ar"]], permissions=("change_page",))
    client.force_login(user_make("arabic", groups=(arabic,)))
    assert set().union(*(titles(client.get(url)) for url in urls)) == set()


def test_right_to_left(client, world) -> None:
    client.force_login(user_make("arabic", language="ar", superuser=True))
    response = client.get(reverse("agreements:index"))
    page = BeautifulSoup(response.content, "html.parser")
    assert (page.html["dir"], page.html["lang"]) == ("rtl", "ar")
    assert rows(response)["Accord commercial"][2:4] == ["دخل حيز التنفيذ", "يونيو 1999"]


def test_export_is_what_is_shown(chief, world) -> None:
    world.mission("=1+1", kind="embassy", host_country=world.tree.country["fr", "BR"])
    response = chief.get(f"{reverse('missions:index')}?export=xlsx&kind=embassy&publication=live")
    sheet = load_workbook(io.BytesIO(b"".join(response)), read_only=True).active
    table = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert (table[0][0], len(table[0])) == ("Titre", 9)
    assert [row[0] for row in table[1:]] == ["=1+1", "Ambassade à Mexico"]
    assert table[2][1:8] == [
        "Les nôtres, à l’étranger", "Ambassade", "Mexique", "Mexico", "Driss Bennis", "Ouverte", "Français",
    ]  # fmt: skip
    text = chief.get(f"{reverse('missions:index')}?export=csv&q=1").content.decode("utf-8-sig")
    assert "'=1+1" in text
    for listing in LISTINGS:
        for kind in ("csv", "xlsx"):
            assert chief.get(f"{reverse(f'{listing}:index')}?export={kind}").status_code == 200
