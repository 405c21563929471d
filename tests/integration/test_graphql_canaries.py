"""Nothing that the public may not see shows on any path of the schema."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import RequestFactory
from django.utils import timezone
from graphql import is_union_type, validate
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from api.context import GraphQLContext
from api.execution import LoaderRegistry, execute
from api.ids import id_encode
from api.locales import scope_of
from api.schema import schema
from home.models import NavigationMenu
from regions.models import ContinentPinnedNews, NewsPage
from tests.factories.content import StandardPageFactory
from tests.factories.site import SiteTree
from tests.walking import everything, strings_in

CANARY = "CANARY"
graphql_schema = schema.graphql_schema
Root = tuple[str, dict[str, str]]


def answer(tree: SiteTree, roots: list[Root], depth: int) -> Any:
    context = GraphQLContext(request=RequestFactory().get("/"), loaders=LoaderRegistry())
    return execute(graphql_schema, everything(graphql_schema, roots, depth), context_value=context)


def public_path(page: Page) -> str:
    """Where the page would stand if it were for the public."""
    _site_id, _root_url, path = page.get_url_parts()
    return str(path)


def links_to(pages: list[Page]) -> list[dict[str, Any]]:
    """A body that leads to pages in every way a body can."""
    anchors = "".join(f'<p><a linktype="page" id="{page.pk}">somewhere</a></p>' for page in pages)
    links = [{"type": "item", "value": {"page": page.pk, "label": ""}} for page in pages]
    return [
        {"type": "rich_text", "value": anchors},
        {"type": "page_links", "value": {"title": "", "links": links}},
    ]


@pytest.fixture
def canaries(site_tree: SiteTree) -> list[Page]:
    """Pages that nobody may see, each of another sort, and visible pages that lead to all of them."""
    tree = site_tree
    group = Group.objects.create(name="Insiders")
    now = timezone.now()
    about: dict[str, Any] = {"countries": ["MX"], "continents": ["019"], "introduction": CANARY}

    draft = tree.news(f"{CANARY} draft", live=False, **about)
    password = tree.news(f"{CANARY} password", **about)
    PageViewRestriction.objects.create(page=password, restriction_type="password", password="x")
    members = tree.news(f"{CANARY} members", **about)
    restriction = PageViewRestriction.objects.create(page=members, restriction_type="groups")
    restriction.groups.add(group)
    expired = tree.news(f"{CANARY} expired", expire_at=now - timedelta(minutes=1), **about)
    scheduled = tree.news(f"{CANARY} scheduled", go_live_at=now + timedelta(days=1), **about)

    dead = StandardPageFactory(parent=tree.home["fr"], title=f"{CANARY} dead", live=False)
    below_dead = StandardPageFactory(parent=dead, title=f"{CANARY} below dead")
    private = StandardPageFactory(parent=tree.home["fr"], title=f"{CANARY} private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    below_private = StandardPageFactory(parent=private, title=f"{CANARY} below private")

    # The French Africa is private: French readers see neither it nor its countries.
    africa, senegal = tree.continent["fr", "002"], tree.country["fr", "SN"]
    page: Any
    for page in (africa, senegal):
        page.title = page.introduction = page.search_description = f"{CANARY} {page.pk}"
        page.save()
    PageViewRestriction.objects.create(page=africa, restriction_type="login")

    # A public item with a draft and a private translation, and with changes that are not published.
    public = tree.news("Public", countries=["MX", "SN"], continents=["019", "002"])
    public.title = f"{CANARY} change"
    public.save_revision()
    translations = [
        tree.news(f"{CANARY} {code}", locale=code, translation_key=public.translation_key, live=live)
        for code, live in (("ar", False), ("es", True))
    ]
    PageViewRestriction.objects.create(page=translations[1], restriction_type="login")

    pages = [
        draft, password, members, expired, scheduled, dead, below_dead, private, below_private, africa, senegal,
        *translations,
    ]  # fmt: skip
    mexico, america, home = tree.country["fr", "MX"], tree.continent["fr", "019"], tree.home["fr"]
    for page in (mexico, america, home):
        page.body = links_to(pages)
        page.save()
    for news in (page for page in pages if isinstance(page, NewsPage)):
        ContinentPinnedNews.objects.create(page=america, news=news)
    for page in pages:
        Redirect.add_redirect(f"/to/{page.pk}", page)
        Redirect.add_redirect(f"/typed/{page.pk}", public_path(page))
    for menu in NavigationMenu.objects.all():
        menu.items = [
            {"type": "item", "value": {"page": page.pk, "url": "", "label": "", "children": []}} for page in pages
        ]
        menu.save()
    return pages


def list_roots(locale: str) -> list[Root]:
    """Root fields from which everything else is reached."""
    reader = {"locale": locale.upper()}
    return [
        ("home", reader),
        ("continents", reader),
        ("countries", {**reader, "first": "3"}),
        ("news", reader),
        ("country", {**reader, "code": '"MX"'}),
        *(("navigation", {**reader, "location": location}) for location in ("HEADER", "FOOTER")),
    ]


def direct_roots(pages: list[Page], locale: str) -> list[Root]:
    """Root fields that name the pages themselves, by every kind of name there is."""
    reader = {"locale": locale.upper()}
    types = {"newspage": "NewsItem", "standardpage": "StandardPage", "continentpage": "Continent"}
    names = {page.pk: types.get(page.specific_class._meta.model_name, "Country") for page in pages}
    ids = [id_encode(names[page.pk], page.translation_key, scope_of(locale)) for page in pages]
    return [
        ("news", {**reader, "filter": f'{{text: "{CANARY}"}}'}),
        ("news", {**reader, "filter": '{country: "SN"}'}),
        ("news", {**reader, "filter": '{continent: "002"}'}),
        ("search", {**reader, "query": f'"{CANARY}"'}),
        ("country", {**reader, "code": '"SN"'}),
        ("continent", {**reader, "code": '"002"'}),
        ("siteSettings", reader),
        ("newsKinds", reader),
        ("locales", {}),
        *((root, {"id": f'"{global_id}"'}) for global_id in ids for root in ("node", "page", "newsItem")),
        *(("route", {"path": f'"{path}"'}) for path in paths_to(pages)),
    ]


def paths_to(pages: list[Page]) -> list[str]:
    return [path for page in pages for path in (public_path(page), f"/to/{page.pk}/")]


def typed_paths(pages: list[Page]) -> list[str]:
    """Old paths whose redirects hold the address of a page, not the page."""
    return [f"/typed/{page.pk}/" for page in pages]


def seen(tree: SiteTree, pages: list[Page], locale: str) -> list[str]:
    """Every string of the answers. A path that was asked for and is told back says nothing."""
    typed = typed_paths(pages)
    asked = [
        (answer(tree, list_roots(locale), 4), []),
        (answer(tree, direct_roots(pages, locale), 1), paths_to(pages)),
        (answer(tree, [("route", {"path": f'"{path}"'}) for path in typed], 1), typed),
    ]
    results = [result for result, _told_back in asked]
    errors = [error for result in results for error in result.errors or []]
    assert {(error.extensions or {}).get("code") for error in errors} <= {"NOT_FOUND"}
    return [text for result, told_back in asked for text in strings_in(result.data) if text not in set(told_back)]


@pytest.mark.parametrize("locale", ["fr", "ar", "es"])
def test_no_path_of_the_schema_leads_to_a_canary(site_tree: SiteTree, canaries: list[Page], locale: str) -> None:
    strings = seen(site_tree, canaries, locale)
    assert len(strings) > 1000
    assert [text for text in strings if CANARY in text.upper()] == []


def test_the_walk_would_find_a_canary_on_a_visible_page(site_tree: SiteTree, canaries: list[Page]) -> None:
    country = site_tree.country["fr", "MX"]
    country.title = CANARY
    country.save()
    assert CANARY in seen(site_tree, canaries, "fr")


def test_everything_on_every_page_type_can_be_asked_for_at_once() -> None:
    """Fields of one name have one type, so that frontends need no aliases in one query for all page types."""
    union = graphql_schema.get_type("RouteResult")
    assert is_union_type(union)
    fields: dict[str, set[str]] = {}
    for possible in graphql_schema.get_possible_types(union):
        for name, field in possible.fields.items():
            fields.setdefault(name, set()).add(str(field.type))
    assert {name: types for name, types in fields.items() if len(types) > 1} == {}


def test_the_walk_is_a_valid_query() -> None:
    assert validate(graphql_schema, everything(graphql_schema, list_roots("fr"), 2)) == []
