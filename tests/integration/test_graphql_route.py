"""What stands at a public path."""

from typing import Any

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from tests.asking import ask, codes_of, post
from tests.factories.content import StandardPageFactory
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

ROUTE = """
    query ($path: String!, $locale: LocaleCode, $fallback: [LocaleCode!], $site: String) {
      route(path: $path, locale: $locale, fallback: $fallback, site: $site) {
        __typename
        ... on Page { path locale isFallback }
        ... on Redirect { to permanent }
      }
    }
"""


def route(path: str, **variables: Any) -> dict[str, Any]:
    found: dict[str, Any] = ask(ROUTE, {"path": path, **variables})["route"]
    return found


def page(type_name: str, path: str, *, is_fallback: bool = False) -> dict[str, Any]:
    return {"__typename": type_name, "path": path, "locale": path[1:3].upper(), "isFallback": is_fallback}


def redirect(to: str, *, permanent: bool = True) -> dict[str, Any]:
    return {"__typename": "Redirect", "to": to, "permanent": permanent}


NOT_FOUND = {"__typename": "RouteNotFound"}


def test_every_path_that_the_api_gives_leads_back(site_tree: SiteTree) -> None:
    site_tree.news("Une visite d'été", countries=["MX"])
    StandardPageFactory(parent=site_tree.home["es"], title="Aviso legal")
    paths = {"/es/aviso-legal/"}
    for locale in ("FR", "AR", "ES"):
        answer = ask(f"""{{
          home(locale: {locale}) {{ path breadcrumbs {{ path }} alternates {{ path }} }}
          continents(locale: {locale}) {{ nodes {{ path }} }}
          countries(locale: {locale}) {{ nodes {{ path }} }}
          news(locale: {locale}) {{ nodes {{ path breadcrumbs {{ path }} }} }}
        }}""")
        paths |= {answer["home"]["path"]}
        paths |= {node["path"] for name in ("continents", "countries", "news") for node in answer[name]["nodes"]}
        paths |= {step["path"] for node in answer["news"]["nodes"] for step in node["breadcrumbs"]}
    assert len(paths) == 3 + 3 * 2 + 3 * 8 + 1 + 3 + 1
    for path in paths:
        assert route(path)["path"] == path


def test_spellings_of_a_path(site_tree: SiteTree) -> None:
    for asked, path in [
        ("/", "/fr/"),
        ("", "/fr/"),
        ("/ar", "/ar/"),
        ("/ar/amerique/mexique", "/ar/amerique/mexique/"),
        ("ar/amerique/mexique/", "/ar/amerique/mexique/"),
        ("/AR/Amerique/MEXIQUE/", "/ar/amerique/mexique/"),
        ("/ar/am%65rique/mexique/", "/ar/amerique/mexique/"),
        ("/ar/amerique/mexique/?page=2#top", "/ar/amerique/mexique/"),
        ("/ar/amerique/mexique///", "/ar/amerique/mexique/"),
        ("//ar/amerique/mexique/", "/ar/amerique/mexique/"),
        ("/ar/amerique%2Fmexique%2F", "/ar/amerique/mexique/"),
        ("/ar/amerique/mexique/?next=%00&x=/../", "/ar/amerique/mexique/"),
        ("/ar/amerique/mexique/?" + "a" * 1900, "/ar/amerique/mexique/"),
        ("?page=2", "/fr/"),
        ("#top", "/fr/"),
    ]:
        assert route(asked)["path"] == path, asked


def test_slugs_with_capitals_and_letters_of_any_script_resolve(site_tree: SiteTree) -> None:
    StandardPageFactory(parent=site_tree.home["ar"], title="A", slug="وزارة")
    StandardPageFactory(parent=site_tree.home["fr"], title="B", slug="Le-Ministere")
    assert route("/ar/%D9%88%D8%B2%D8%A7%D8%B1%D8%A9/")["path"] == "/ar/وزارة/"
    assert route("/ar/وزارة")["path"] == "/ar/وزارة/"
    assert route("/fr/Le-Ministere/")["path"] == "/fr/Le-Ministere/"


def test_nothing_there(site_tree: SiteTree) -> None:
    for path in [
        "/fr/x/", "/xx/", "/amerique/", "/fr//amerique/", "/fr/amerique/x/", "/fr/mexique/",
        # Decoded once, and no more.
        "/fr/%2561merique/", "/fr/%252e%252e/admin/", "/fr/%252Famerique/", "/fr/am%25c3%25a9rique/",
        "/fr/amerique;x=1/", "/fr/...", "/fr/am.erique/", "/fr/ame\u0301rique/", "/fr/%20amerique/", " /fr/", "/fr/ ",
        "/\uff26\uff32/", "/fr/\u202eamerique/", "http://testserver/fr/", "//example.org/fr/", "/fr/" + "a/" * 900,
    ]:  # fmt: skip
        assert route(path) == NOT_FOUND, path


def test_the_prefix_is_the_language(site_tree: SiteTree) -> None:
    assert route("/ar/", locale="AR")["path"] == "/ar/"
    assert route("/", locale="ES")["path"] == "/es/"
    for path in ("/ar/", "/ar/x/"):
        assert codes_of(post({"query": ROUTE, "variables": {"path": path, "locale": "FR"}})) == ["BAD_USER_INPUT"]


def test_a_page_missing_in_the_language_of_the_path_is_a_declared_fallback(site_tree: SiteTree) -> None:
    site_tree.news("Une visite")
    asked = "/ar/actualites/une-visite/"
    assert route(asked) == page("NewsItem", "/fr/actualites/une-visite/", is_fallback=True)
    assert route(asked, fallback=[]) == NOT_FOUND
    assert route("/fr/actualites/une-visite/", fallback=["AR"])["isFallback"] is False


def test_a_translation_under_other_slugs_is_where_the_reader_is_sent(site_tree: SiteTree) -> None:
    source = site_tree.news("Une visite")
    site_tree.news("زيارة", locale="ar", slug="ziyara", translation_key=source.translation_key)
    assert route("/ar/actualites/une-visite/") == redirect("/ar/actualites/ziyara/", permanent=False)


def test_gone_and_never_there(site_tree: SiteTree) -> None:
    published = site_tree.news("Une visite")
    published.first_published_at = timezone.now()
    published.save()
    published.unpublish()
    site_tree.news("Un brouillon", live=False, first_published_at=None)
    assert route("/fr/actualites/une-visite/") == {"__typename": "Gone"}
    assert route("/fr/actualites/un-brouillon/") == NOT_FOUND
    parent = StandardPageFactory(parent=site_tree.home["fr"], title="Parent", first_published_at=timezone.now())
    StandardPageFactory(parent=parent, title="Enfant", first_published_at=timezone.now())
    parent.unpublish()
    assert route("/fr/parent/enfant/") == {"__typename": "Gone"}


def test_private_pages_say_only_that_they_are(site_tree: SiteTree) -> None:
    parent = StandardPageFactory(parent=site_tree.home["fr"], title="Secret")
    StandardPageFactory(parent=parent, title="Enfant")
    StandardPageFactory(parent=parent, title="Brouillon", live=False, first_published_at=timezone.now())
    PageViewRestriction.objects.create(page=parent, restriction_type="login")
    answer = ask('{ route(path: "/fr/secret/") { __typename ... on ProtectedPage { path } ... on Page { title } } }')
    assert answer == {"route": {"__typename": "ProtectedPage", "path": "/fr/secret/"}}
    assert route("/fr/secret/enfant/") == {"__typename": "ProtectedPage"}
    assert route("/fr/secret/brouillon/") == NOT_FOUND
    # In another language it is not even a fallback.
    assert route("/ar/secret/") == NOT_FOUND


def test_redirects(site_tree: SiteTree) -> None:
    news = site_tree.news("Une visite")
    draft = site_tree.news("Un brouillon", live=False)
    Redirect.add_redirect("/fr/article.aspx?id=7", news)
    Redirect.add_redirect("/Fr/Accueil.aspx", "/fr/", is_permanent=False)
    Redirect.add_redirect("/ailleurs", "https://example.org/x")
    Redirect.add_redirect("/brouillon", draft)
    Redirect.add_redirect("/script", "javascript:alert(1)")
    Redirect.add_redirect("/fr/amerique", "https://example.org/never")
    assert route("/fr/article.aspx?id=7") == redirect("/fr/actualites/une-visite/")
    assert route("/fr/article.aspx?id=8") == NOT_FOUND
    assert route("/Fr/Accueil.aspx") == redirect("/fr/", permanent=False)
    assert route("/ailleurs/") == redirect("https://example.org/x")
    assert route("/brouillon") == NOT_FOUND
    assert route("/script") == NOT_FOUND
    assert route("/fr/amerique/") == page("Continent", "/fr/amerique/")


def test_links_of_redirects_never_name_a_page_that_is_not_for_the_public(site_tree: SiteTree) -> None:
    site_tree.news("Une visite")
    site_tree.news("Un brouillon", live=False, first_published_at=None)
    site_tree.news("Un retrait", live=False, first_published_at=timezone.now())
    PageViewRestriction.objects.create(page=site_tree.news("Un accord"), restriction_type="login")
    for old, new in [
        ("/brouillon", "/fr/actualites/un-brouillon/"), ("/retrait", "/fr/actualites/un-retrait"),
        ("/prive", "/fr/actualites/un-accord/?x=1"), ("/inconnu", "/fr/actualites/nulle-part/"),
        ("/deux-pas", "/brouillon"), ("/visite", "/fr/actualites/une-visite/"),
        ("/repli", "/ar/actualites/une-visite/"), ("/fichier", "/media/accord.pdf"),
    ]:  # fmt: skip
        Redirect.add_redirect(old, new)
    for path in ("/brouillon", "/retrait", "/prive", "/inconnu", "/deux-pas"):
        assert route(path) == NOT_FOUND
    assert route("/visite") == redirect("/fr/actualites/une-visite/")
    assert route("/repli") == redirect("/ar/actualites/une-visite/")
    assert route("/fichier") == redirect("/media/accord.pdf")


def test_links_of_redirects_to_the_website_itself_are_paths_of_it(site_tree: SiteTree) -> None:
    site_tree.news("Un brouillon", live=False, first_published_at=None)
    for old, new in [
        ("/complet", "http://testserver/fr/amerique/"), ("/deux", "http://TestServer/complet?x=1"),
        ("/boucle", "http://testserver/boucle"), ("/allers", "http://testserver/retours"), ("/retours", "/allers"),
        ("/brouillon", "http://testserver/fr/actualites/un-brouillon/"), ("/racine", "http://testserver"),
        ("/autre", "http://testserver.example.org/fr/amerique/"), ("/port", "http://testserver:8000/boucle"),
    ]:  # fmt: skip
        Redirect.add_redirect(old, new)
    assert route("/complet") == route("/deux") == redirect("/fr/amerique/")
    assert route("/racine") == redirect("/")
    for path in ("/boucle", "/allers", "/retours", "/brouillon"):
        assert route(path) == NOT_FOUND, path
    assert route("/autre") == redirect("http://testserver.example.org/fr/amerique/")
    assert route("/port") == redirect("http://testserver:8000/boucle")


@pytest.fixture
def embassy(site_tree: SiteTree) -> Site:
    """Another website beside the ministry's, with a page that both have and one of its own."""
    home = StandardPageFactory(parent=Page.get_first_root_node(), title="Ambassade", locale=site_tree.locale["fr"])
    StandardPageFactory(parent=home, title="Contact")
    StandardPageFactory(parent=home, title="Visas")
    StandardPageFactory(parent=site_tree.home["fr"], title="Contact")
    return Site.objects.create(hostname="ambassade.example.org", port=443, root_page=home)


def test_the_same_path_on_another_site(site_tree: SiteTree, embassy: Site) -> None:
    query = 'query ($site: String) { route(path: "/fr/contact/", site: $site) { ... on Page { title path url } } }'
    own = {"title": "Contact", "path": "/fr/contact/", "url": "http://testserver/fr/contact/"}
    other = {"title": "Contact", "path": "/fr/contact/", "url": "https://ambassade.example.org/fr/contact/"}
    assert ask(query, {"site": None})["route"] == ask(query, {"site": "TESTSERVER"})["route"] == own
    for name in ("ambassade.example.org", "Ambassade.Example.Org", "ambassade.example.org:443"):
        assert ask(query, {"site": name})["route"] == other
    assert route("/fr/visas/") == NOT_FOUND
    assert route("/fr/amerique/", site="ambassade.example.org") == NOT_FOUND
    for name in ("ambassade.example.org:80", "", "ambassade.example.org/x", "ambassade"):
        assert codes_of(post({"query": query, "variables": {"site": name}})) == ["BAD_USER_INPUT"], name


def test_redirects_to_another_site_s_pages_are_full_addresses(site_tree: SiteTree, embassy: Site) -> None:
    visas = embassy.root_page.get_children().get(slug="visas")
    Redirect.add_redirect("/demandes", visas)
    Redirect.add_redirect("/fr/visas", visas)
    Redirect.add_redirect("/ministere", site_tree.continent["fr", "019"], site=embassy)
    assert route("/demandes") == route("/fr/visas/") == redirect("https://ambassade.example.org/fr/visas/")
    assert route("/demandes", site="ambassade.example.org") == redirect("/fr/visas/")
    assert route("/ministere", site="ambassade.example.org") == redirect("http://testserver/fr/amerique/")
    # A redirect of one site is none of another's.
    assert route("/ministere") == NOT_FOUND


def test_redirects_lead_to_the_reader_s_language(site_tree: SiteTree) -> None:
    Redirect.add_redirect("/ar/vieux", site_tree.country["fr", "MX"])
    Redirect.add_redirect("/vieux", site_tree.country["fr", "MX"])
    assert route("/ar/vieux") == redirect("/ar/amerique/mexique/")
    assert route("/vieux", locale="ES") == redirect("/es/amerique/mexique/")


def test_chains_and_loops_of_redirects(site_tree: SiteTree) -> None:
    for old, new, is_permanent in [
        ("/a", "/b", True), ("/b", "/c", False), ("/c", "/fr/amerique/", True),
        ("/x", "/y", True), ("/y", "/x", True), ("/self", "/self", True),
    ]:  # fmt: skip
        Redirect.add_redirect(old, new, is_permanent=is_permanent)
    assert route("/a") == redirect("/fr/amerique/", permanent=False)
    for path in ("/x", "/y", "/self"):
        assert route(path) == NOT_FOUND


def test_a_page_that_moved_leaves_a_redirect_that_works(
    site_tree: SiteTree, django_capture_on_commit_callbacks: Any
) -> None:
    news = site_tree.news("Une visite")
    with django_capture_on_commit_callbacks(execute=True):
        news.slug = "une-autre-visite"
        news.save_revision().publish()
    assert route("/fr/actualites/une-visite/") == redirect("/fr/actualites/une-autre-visite/")


def test_a_site_is_named_by_its_host(site_tree: SiteTree) -> None:
    assert route("/fr/", site="testserver")["path"] == "/fr/"
    assert codes_of(post({"query": ROUTE, "variables": {"path": "/fr/", "site": "example.org"}})) == ["BAD_USER_INPUT"]


def test_what_is_no_path_is_refused(site_tree: SiteTree) -> None:
    for path in [
        "/fr/../admin/", "/fr/%2e%2e/admin/", "/fr/./x/", "/fr/%00/", "/fr/%0a/", "/fr/%ff/", "/fr/..\\x", "/fr/?%00\n",
        "/" + "a" * 2000,
    ]:  # fmt: skip
        response = post({"query": ROUTE, "variables": {"path": path}})
        assert codes_of(response) == ["BAD_USER_INPUT"], path
        assert response.json()["data"] == {"route": None}, path


def test_a_megabyte_is_refused(site_tree: SiteTree) -> None:
    response = post({"query": ROUTE, "variables": {"path": "/" + "a" * 1_000_000}})
    assert codes_of(response)[0] in {"BAD_USER_INPUT", "BODY_TOO_LARGE"}
    assert route("/fr/")["path"] == "/fr/"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://testserver/fr/secret/", "/fr/secret/"),
        ("https://testserver/fr/x/../secret/", "https://testserver/fr/x/../secret/"),
        ("/fr\\secret", "/fr\\secret"),
        ("/fr/secret/?next=https://example.org/", "/fr/secret/?next=https://example.org/"),
    ],
)
def test_a_redirect_to_the_address_of_a_hidden_page_leads_nowhere(site_tree: SiteTree, address: str, told: str) -> None:
    hidden = StandardPageFactory(parent=site_tree.home["fr"], title="Secret", live=False)
    Redirect.add_redirect("/vieux", address)
    assert route("/vieux") == NOT_FOUND
    hidden.live = True
    hidden.save()
    assert route("/vieux") == redirect(told)


@pytest.mark.parametrize("address", ["/\\[x/fr/", "/\\a\u2100b/", "http://[x/fr/"])
def test_a_redirect_to_what_is_no_address_leads_nowhere(site_tree: SiteTree, address: str) -> None:
    Redirect.add_redirect("/vieux", address)
    assert route("/vieux") == NOT_FOUND
