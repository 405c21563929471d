"""People by the endpoint and on plain pages: offices, posts, and what they were on the day of a news item."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from missions.models import MissionAppointment, MissionPage, NewsPersonLink, PersonOffice, PersonPage
from tests.asking import ask, codes_of, post
from tests.factories.records import record_make
from tests.factories.site import SiteTree
from tests.relations_world import RelationsWorld, relations_world_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(site_tree: SiteTree) -> RelationsWorld:
    return relations_world_make(site_tree)


def names(arguments: str) -> list[str]:
    return [node["title"] for node in ask(f"{{ people({arguments}) {{ nodes {{ title }} }} }}")["people"]["nodes"]]


def test_people_are_sorted_and_narrowed(world: RelationsWorld) -> None:
    assert names("locale: FR") == ["Amina Alaoui", "Élena Ruiz", "Omar Benali"]
    assert names("orderBy: NAME_DESC, first: 1") == ["Omar Benali"]
    assert names('filter: {text: "elena"}') == ["Élena Ruiz"]
    assert names('filter: {country: ["mx"]}') == ["Élena Ruiz"]
    assert names("filter: {currentOffice: [HEAD_OF_STATE, MINISTER]}") == ["Élena Ruiz"]
    assert names("filter: {currentOffice: []}") == []
    assert names("locale: AR, fallback: []") == ["أمينة العلوي"]
    assert ask("{ people { totalCount } }") == {"people": {"totalCount": 3}}


@pytest.mark.parametrize("arguments", ['filter: {country: ["MEX"]}', "first: 101", f'filter: {{text: "{"a" * 201}"}}'])
def test_arguments_that_cannot_be_answered_are_refused(world: RelationsWorld, arguments: str) -> None:
    assert codes_of(post({"query": f"{{ people({arguments}) {{ totalCount }} }}"})) == ["BAD_USER_INPUT"]


def test_offices_have_the_dates_of_the_source_and_the_text_of_the_reader(world: RelationsWorld) -> None:
    office = PersonOffice.objects.get(kind="foreign_minister", page__locale_code="fr")
    office.ends_on = date(2011, 1, 1)
    office.save()
    query = """query ($id: ID!) { person(id: $id) {
      title courtesyTitle offices { kind title locale startsOn endsOn isCurrent }
    } }"""
    ids = {
        node["title"]: node["id"] for node in ask("{ people(locale: AR) { nodes { title id } } }")["people"]["nodes"]
    }
    assert ask(query, {"id": ids["أمينة العلوي"]})["person"] == {
        "title": "أمينة العلوي",
        "courtesyTitle": "السيدة",
        "offices": [
            {
                "kind": "MINISTER",
                "title": ask_label("MINISTER"),
                "locale": "AR",
                "startsOn": "2001-01-01",
                "endsOn": "2004-12-31",
                "isCurrent": False,
            },
            {
                "kind": "FOREIGN_MINISTER",
                "title": "وزيرة الخارجية",
                "locale": "AR",
                "startsOn": "2005-01-01",
                "endsOn": "2011-01-01",
                "isCurrent": False,
            },
        ],
    }
    assert codes_of(post({"query": query, "variables": {"id": "x"}})) == ["BAD_USER_INPUT"]


def ask_label(kind: str) -> Any:
    """The name of a kind of office in Arabic, whatever the catalogue has."""
    people = ask("{ people(locale: AR) { nodes { offices { kind kindLabel } } } }")["people"]["nodes"]
    return next(office["kindLabel"] for person in people for office in person["offices"] if office["kind"] == kind)


NEWS = """query ($locale: LocaleCode) { news(locale: $locale) { nodes {
  title people { person { title } label isFormer office { kind isCurrent } post { post mission { title } } }
} } }"""


def test_news_say_what_somebody_was_that_day_and_whether_that_is_past(world: RelationsWorld) -> None:
    assert [node["people"] for node in ask(NEWS, {"locale": "FR"})["news"]["nodes"]] == [
        [
            {
                "person": {"title": "Élena Ruiz"},
                "label": label("head_of_state"),
                "isFormer": False,
                "office": {"kind": "HEAD_OF_STATE", "isCurrent": True},
                "post": None,
            },
            # She had left it before that day.
            {
                "person": {"title": "Amina Alaoui"},
                "label": "Ministre des affaires étrangères",
                "isFormer": True,
                "office": {"kind": "FOREIGN_MINISTER", "isCurrent": False},
                "post": None,
            },
        ],
        [
            {
                "person": {"title": "Omar Benali"},
                "label": label("ambassador"),
                "isFormer": True,
                "office": None,
                "post": {"post": "AMBASSADOR", "mission": {"title": "Ambassade à Mexico"}},
            }
        ],
    ]


def label(kind: str) -> str:
    from api.choices import label_of
    from missions.models.choices import OfficeKind

    return label_of(OfficeKind, kind, "fr")


def test_an_office_is_former_from_the_day_after_its_last_one(
    site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = record_make(
        PersonPage,
        home=site_tree.home["fr"],
        title="Ministre",
        rows={"offices": [PersonOffice(kind="minister", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))]},
    )
    NewsPersonLink.objects.create(page=site_tree.news("Entretien", date=date(2026, 2, 1)), person=person)

    def former(hour: int, day: int, month: int) -> bool:
        moment = datetime(2026, month, day, hour, 30, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        found = ask("{ news { nodes { people { isFormer } } } }")["news"]["nodes"][0]["people"]
        return bool(found[0]["isFormer"])

    # The ministry's midnight is 23:00 UTC.
    assert [former(22, 30, 6), former(23, 30, 6), former(1, 1, 7)] == [False, True, True]


def test_an_answer_that_hangs_on_the_day_is_not_kept_past_it(world: RelationsWorld, settings: Any) -> None:
    settings.DIWAN_RESPONSE_CACHE = {"cdn_seconds": 200_000, "enabled": False}
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)

    def seconds(query: str) -> int:
        control: str = Client().get("/graphql/", {"query": query})["Cache-Control"]
        return int(control.rpartition("s-maxage=")[2].partition(",")[0])

    for query in (
        "{ news { nodes { people { person { title } } } } }",
        "{ people { nodes { offices { isCurrent } } } }",
        "{ people(filter: {currentOffice: [MINISTER]}) { nodes { title } } }",
        "{ agreements { nodes { agreementStatus } } }",
        "{ agreements { facets { status { count } } } }",
        "{ agreements(filter: {status: [SIGNED]}) { totalCount } }",
        '{ organisations(filter: {country: ["MX"]}) { nodes { title } } }',
    ):
        assert seconds(query) <= (midnight - now).total_seconds() + 1, query
    for query in (
        "{ agreements { nodes { title signedOn } } }",
        "{ people { nodes { title } } }",
        "{ timeline { nodes { title } } }",
    ):
        assert seconds(query) == 200_000, query


def test_the_plain_page_of_news_names_people_and_past_offices(site_tree: SiteTree, world: RelationsWorld) -> None:
    response = Client().get(world.news["then"].url)
    html = " ".join(response.content.decode().split())
    assert f'>Omar Benali</a> <span class="muted"><bdi>{former_label("ambassador")}</bdi></span>' in html
    page = " ".join(Client().get(world.news["now"].url).content.decode().split())
    assert f'>Élena Ruiz</a> <span class="muted"><bdi>{label("head_of_state")}</bdi></span>' in page
    MissionPage.objects.update(live=False)
    hidden = Client().get(world.news["then"].url).content.decode()
    assert "Omar Benali" in hidden
    assert former_label("ambassador") not in hidden


def former_label(kind: str) -> str:
    from django.utils import translation
    from django.utils.translation import gettext

    with translation.override("fr"):
        return gettext("former %(office)s") % {"office": label(kind)}


def test_a_hidden_mission_takes_its_posts_along(world: RelationsWorld) -> None:
    query = "{ people { nodes { title posts { post } } } }"
    posts = {node["title"]: node["posts"] for node in ask(query)["people"]["nodes"]}
    assert posts["Omar Benali"] == [{"post": "AMBASSADOR"}]
    MissionPage.objects.update(live=False)
    assert MissionAppointment.objects.exists()
    assert [node["posts"] for node in ask(query)["people"]["nodes"]] == [[], [], []]
    then = ask(NEWS)["news"]["nodes"][1]
    assert then["people"] == [
        {"person": {"title": "Omar Benali"}, "label": None, "isFormer": False, "office": None, "post": None}
    ]
