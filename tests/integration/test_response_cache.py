"""Kept answers: served as bytes while the content stands, and never when it has changed."""

import json
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from api.cache import failure, keys
from home.models import NavigationMenu, SiteSettings
from home.selectors.visibility import gate_open
from regions.models import NewsPage
from tests.factories.content import ImageFactory
from tests.factories.site import SiteTree
from tests.integration.kept_answers import NEWS, QUESTIONS, ask, fresh, hit

# Nothing is kept within a transaction: these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)


def test_every_question_has_an_answer(site: SiteTree) -> None:
    assert {name: "errors" in ask(query).json() for name, query in QUESTIONS.items()} == dict.fromkeys(QUESTIONS, False)


def test_an_answer_is_served_again_until_the_content_changes(store: str, site: SiteTree) -> None:
    first = ask(NEWS)
    assert hit(NEWS)
    with CaptureQueriesContext(connection) as captured:
        second = ask(NEWS)
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert len(captured) == {"process": 1, "shared": 0}[store]

    news = NewsPage.objects.get(title="Une visite")
    news.title = "Un brouillon"
    news.save_revision()
    assert hit(NEWS)
    news.get_latest_revision().publish()
    assert not hit(NEWS)
    assert ask(NEWS).content == fresh(NEWS)


def test_an_uncached_answer_reads_the_version_once(store: str, site: SiteTree) -> None:
    ask(QUESTIONS["home"])
    ask(QUESTIONS["settings"])
    with CaptureQueriesContext(connection) as captured:
        ask("{ home { title } }")
    # The home page; and in the process the version, which Redis tells otherwise.
    assert len(captured) == {"process": 2, "shared": 1}[store]


def test_a_list_is_counted_once_for_each_version(store: str, site: SiteTree) -> None:
    def counted() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            answer = ask("{ news { totalCount } }", authorization="Bearer x").json()
        return answer["data"]["news"]["totalCount"], sum("COUNT(" in query["sql"] for query in captured)

    total, counts = counted()
    assert counts == 1
    assert counted() == (total, 0)
    site.news("Neuf")
    assert counted() == (total + 1, 1)


def actions(tree: SiteTree, chance: random.Random) -> dict[str, Callable[[], Any]]:
    """What editors do, each on something chosen at random."""

    def page() -> Page:
        pages = Page.objects.filter(depth__gt=3).specific()
        return pages[chance.randrange(pages.count())]

    def retitle() -> None:
        chosen = page()
        chosen.title = f"Titre {chance.random()}"
        chosen.save_revision().publish()

    def restrict() -> None:
        if not PageViewRestriction.objects.all().delete()[0]:
            PageViewRestriction.objects.create(page=page(), restriction_type="login")

    def private_pictures() -> None:
        root = Collection.get_first_root_node()
        if not CollectionViewRestriction.objects.all().delete()[0]:
            CollectionViewRestriction.objects.create(collection=root, restriction_type="login")

    def change(model: Any, **values: str) -> Callable[[], None]:
        def save() -> None:
            for row in model.objects.all():
                for name, value in values.items():
                    setattr(row, name, value.format(chance.random()))
                row.save()

        return save

    def schedule() -> None:
        chosen = page()
        chosen.expire_at = datetime.now(UTC) + timedelta(days=chance.choice([-1, 1]))
        chosen.save()

    def move() -> None:
        country = tree.country[chance.choice(["fr", "ar"]), "CU"]
        country.refresh_from_db()
        country.move(tree.continent[country.locale_code, chance.choice(["002", "019"])], pos="first-child")

    def redirect() -> None:
        Redirect.objects.all().delete()
        Redirect.add_redirect("/fr/ancien", page())

    return {
        "retitle": retitle,
        "unpublish": lambda: page().unpublish(),
        "publish": lambda: page().save_revision().publish(),
        "new": lambda: tree.news(
            f"Neuf {chance.random()}", countries=["MX"], date=date(2026, 3, chance.randint(1, 28))
        ),
        "delete": lambda: NewsPage.objects.order_by("?").first().delete(),
        "restrict": restrict,
        "private pictures": private_pictures,
        "schedule": schedule,
        "move": move,
        "redirect": redirect,
        "menu": lambda: NavigationMenu.objects.filter(location="header").update(
            items=json.dumps([{"type": "item", "value": {"page": page().pk, "url": "", "label": "", "children": []}}])
        ),
        "settings": change(SiteSettings, ministry_name="Ministère {}"),
        "kind": lambda: tree.kind["fr", "visit"].__class__.objects.update(name=f"Sorte {chance.random()}"),
        "picture": lambda: ImageFactory(title="Autre"),
        "site": lambda: tree.site.__class__.objects.update(port=chance.choice([80, 443, 8000])),
        "translate": lambda: tree.news("خبر", locale="ar", slug=f"x{chance.randint(0, 10**9)}"),
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_editors_do_the_answers_are_those_of_now(store: str, site: SiteTree, seed: int) -> None:
    chance = random.Random(seed)
    possible = actions(site, chance)
    hits = 0
    for name in chance.choices(list(possible), k=25) + list(possible):
        possible[name]()
        for question in chance.sample(list(QUESTIONS), 3):
            query = QUESTIONS[question]
            assert ask(query).content == fresh(query), (name, question)
            hits += hit(query)
            assert ask(query).content == fresh(query), (name, question)
    assert hits > 80


def test_the_clock_ends_an_answer(store: str, site: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    news = NewsPage.objects.get(title="Une visite")
    moment = datetime.now(UTC)
    news.expire_at = moment + timedelta(seconds=30)
    news.save()
    query = "{ news { nodes { title } } }"
    assert "Une visite" in ask(query).content.decode()
    assert hit(query)
    later = moment + timedelta(seconds=31)
    monkeypatch.setattr("home.selectors.visibility.timezone.now", lambda: later)
    monkeypatch.setattr("api.cache.answers.time.time", lambda: later.timestamp())
    assert "Une visite" not in ask(query).content.decode()


def test_a_reader_who_began_before_a_boundary_sees_that_it_was_still_ahead(site: SiteTree) -> None:
    """Another one, who began after it, has left what is kept of the gate: its boundary is a later one."""
    news = NewsPage.objects.get(title="Une visite")
    news.expire_at = datetime.now(UTC) + timedelta(seconds=30)
    news.save()
    before, after = (news.expire_at + timedelta(seconds=seconds) for seconds in (-1, 1))
    host = ("testserver", 80)
    assert gate_open(host=host, now=after).boundary is None
    assert gate_open(host=host, now=before).boundary == news.expire_at
    assert gate_open(host=host, now=after).boundary is None


def test_each_origin_has_addresses_of_its_own(store: str, site: SiteTree) -> None:
    """Pictures stand under the scheme and the host that the request came by."""
    query = "{ news(first: 1) { nodes { image { rendition { url } } } } }"

    def address(**options: Any) -> str:
        answer = Client().get("/graphql/", {"query": query}, **options).json()
        url: str = answer["data"]["news"]["nodes"][0]["image"]["rendition"]["url"]
        return url.partition("/images/")[0]

    assert address() == "http://testserver"
    assert address(secure=True) == "https://testserver"
    assert address(headers={"host": "testserver:80"}) == "http://testserver:80"
    assert address() == "http://testserver"


def test_another_release_has_answers_of_its_own(store: str, site: SiteTree) -> None:
    """Two may answer from one Redis, with the same schema."""
    ask(NEWS)
    keys._deployment.cache_clear()
    assert hit(NEWS)
    with mock.patch("api.cache.keys.code_digest", return_value="another"):
        keys._deployment.cache_clear()
        assert not hit(NEWS)
    keys._deployment.cache_clear()


def test_who_shows_an_authorization_is_answered_anew(store: str, site: SiteTree) -> None:
    ask(NEWS)
    with mock.patch("api.http.view.answer_store", side_effect=AssertionError) as asked:
        assert ask(NEWS, authorization="Bearer x").status_code == 200
    assert not asked.called


def test_errors_are_not_kept(store: str, site: SiteTree) -> None:
    for query in (
        '{ country(code: "ZZ") { name } }',
        '{ a: country(code: "ZZ") { name } home { title } }',
        "{ nothing }",
    ):
        ask(query)
        assert not hit(query), query


def test_a_reader_who_began_before_a_change_keeps_nothing_old(store: str, site: SiteTree) -> None:
    """The change is committed after the reader's version was read, and before its answer is kept."""
    query = "{ newsKinds { name } }"
    kept: list[bytes] = []

    def change_meanwhile(*arguments: Any, **options: Any) -> Any:
        result = execute(*arguments, **options)
        site.kind["fr", "visit"].__class__.objects.filter(slug="visit").update(name="Autrement")
        return result

    from api.execution import execute

    with mock.patch("api.http.view.execute", change_meanwhile):
        kept.append(ask(query).content)
    assert "Autrement" not in kept[0].decode()
    assert "Autrement" in ask(query).content.decode()


def test_a_cache_that_fails_costs_no_answer(site: SiteTree, settings, monkeypatch, caplog) -> None:
    monkeypatch.setattr(failure, "_complained_at", [-1e9])
    before = settings.CACHES
    # Nobody listens there.
    settings.CACHES = {"default": {"BACKEND": "cms.cache.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    assert ask(NEWS).status_code == 200
    site.kind["fr", "visit"].save()
    assert ask(NEWS).status_code == 200
    settings.CACHES = before
    assert [record.message for record in caplog.records] == ["The cache of CACHE_URL failed: answers are made anew"]


def test_old_answers_make_room(site: SiteTree, settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.DIWAN_RESPONSE_CACHE = {"process_bytes": 7_000}
    queries = [f"{{ locales {{ c{number}: code }} }}" for number in range(6)]
    for query in queries:
        ask(query)
    assert [hit(query) for query in queries] == [False, False, True, True, True, True]
    settings.DIWAN_RESPONSE_CACHE = {"entry_bytes": 10}
    ask(NEWS)
    assert not hit(NEWS)
    settings.DIWAN_RESPONSE_CACHE = {"enabled": False}
    ask(queries[0])
    assert not hit(queries[0])
