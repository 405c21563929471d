"""What editors do in the admin is purged at the CDN by exactly the tags of the answers that it may alter."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from api.cache.tags import document_tag, image_tag, page_tag
from home.models import CustomDocument, CustomImage, NavigationMenu, SiteSettings, StandardPage
from home.selectors.keys import key_of
from home.services.bulk import page_bulk_create
from regions.models import CountryPage, NewsPage
from regions.services.site_setup import site_setup_all
from tests.factories.content import DocumentFactory, ImageFactory, StandardPageFactory
from tests.factories.site import CONTINENTS, COUNTRIES, SiteTree
from tests.integration.cdn import PurgeServer, configuration, purge_server

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

NEWS, COUNTRY, PLAIN = (
    {"m-NewsItem", "t-NewsItem"},
    # Lists can be narrowed to a country.
    {
        "m-Country",
        *(f"t-{name}" for name in ("Country", "NewsItem", "Mission", "Organisation", "Person", "Event", "Agreement")),
        "t-TravelAdvice",
    },
    {"m-StandardPage", "t-StandardPage"},
)


@pytest.fixture
def editor(admin: Any) -> Client:
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def news(site_tree: SiteTree) -> NewsPage:
    return site_tree.news("Une visite", countries=["MX"])


@pytest.fixture
def server(site_tree: SiteTree, news: NewsPage, editor: Client, settings: Any) -> Iterator[PurgeServer]:
    with purge_server() as running:
        settings.WAGTAILFRONTENDCACHE = configuration(running)
        yield running


def tag(page: Any) -> str:
    return page_tag(key_of(page.translation_key))


def news_data(item: NewsPage, **changes: Any) -> dict[str, Any]:
    links = [
        {"id": link.pk, "country": link.country_id, "ORDER": number, "DELETE": ""}
        for number, link in enumerate(item.country_links.all(), start=1)
    ]
    fields = {
        "title": item.title,
        "slug": item.slug,
        "kind": item.kind_id,
        "date": item.date.isoformat(),
        **dict.fromkeys(("introduction", "image", "image_alt", "image_credit", "seo_title", "search_description"), ""),
        "body": streamfield([]),
        "country_links": inline_formset(links, initial=len(links)),
        "continent_links": inline_formset([]),
        **{name: inline_formset([]) for name in ("person_links", "organisation_links")},
        "comments": inline_formset([]),
    }
    return nested_form_data({**fields, **changes})


def post(editor: Client, view: str, /, *args: Any, **data: Any) -> None:
    """Post to a view of the admin, which must accept it."""
    response = editor.post(reverse(view, args=args), data)
    assert response.status_code in (200, 302), response.content[:2000]
    if response.status_code == 200:
        assert "json" in response["Content-Type"] or not response.context["form"].errors


def edit(editor: Client, item: NewsPage, **changes: Any) -> None:
    post(editor, "wagtailadmin_pages:edit", item.pk, **news_data(item, **changes))


def test_news(server: PurgeServer, editor: Client, news: NewsPage) -> None:
    own = {tag(news), *NEWS}
    edit(editor, news, title="Une ébauche")
    assert server.take() == set()
    edit(editor, news, title="Une autre visite", **{"action-publish": "1"})
    assert server.take() == own
    assert NewsPage.objects.get(pk=news.pk).title == "Une autre visite"
    edit(editor, news, slug="ailleurs", **{"action-publish": "1"})
    assert server.take() == own | {"t-Route"}
    post(editor, "wagtailadmin_pages:unpublish", news.pk)
    assert server.take() == own | {"t-Route"}
    edit(editor, news, slug="ailleurs", title="Personne ne la voit")
    assert server.take() == set()
    edit(editor, news, title="De retour", **{"action-publish": "1"})
    assert server.take() == own | {"t-Route"}
    post(editor, "wagtailadmin_pages:delete", news.pk)
    assert server.take() == own | {"t-Route"}
    assert not NewsPage.objects.exists()


def test_a_new_item(server: PurgeServer, editor: Client, site_tree: SiteTree, news: NewsPage) -> None:
    new = NewsPage(title="Neuf", slug="neuf", kind=news.kind, date=date(2026, 5, 1))
    url = ("wagtailadmin_pages:add", "regions", "newspage", site_tree.index["fr"].pk)
    post(editor, *url, **news_data(new))
    # Nothing shows a draft, but that the path is taken.
    assert server.take() == {"t-Route"}
    new.slug = "neuf-2"
    post(editor, *url, **news_data(new), **{"action-publish": "1"})
    assert server.take() == {tag(NewsPage.objects.get(slug="neuf-2")), *NEWS, "t-Route"}


def test_a_translation(server: PurgeServer, site_tree: SiteTree, news: NewsPage) -> None:
    """Readers of the other language were shown the source."""
    translated = news.copy_for_translation(site_tree.locale["ar"])
    assert server.take() == {"t-Route"}
    translated.save_revision().publish()
    assert server.take() == {tag(news), *NEWS, "t-Route"}


def test_countries(server: PurgeServer, editor: Client, site_tree: SiteTree, news: NewsPage) -> None:
    mexico, cuba = site_tree.country["fr", "MX"], site_tree.country["fr", "CU"]
    post(editor, "wagtailadmin_pages:move_confirm", cuba.pk, site_tree.continent["fr", "002"].pk)
    assert server.take() == {tag(cuba), *COUNTRY, "t-Route"}
    assert CountryPage.objects.get(pk=cuba.pk).get_parent().pk == site_tree.continent["fr", "002"].pk

    post(editor, "wagtailadmin_pages:set_privacy", mexico.pk, restriction_type="login")
    # The item that names the country shows it no longer.
    assert server.take() == {tag(mexico), tag(news), *COUNTRY, *NEWS, "t-Route"}
    post(editor, "wagtailadmin_pages:set_privacy", mexico.pk, restriction_type="none")
    assert server.take() == {tag(mexico), tag(news), *COUNTRY, *NEWS, "t-Route"}
    assert not PageViewRestriction.objects.exists()


def test_drafts_that_refer_to_a_page_crowd_out_no_page_that_is_shown(
    server: PurgeServer, editor: Client, site_tree: SiteTree, news: NewsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are no reason to stop looking."""
    monkeypatch.setattr("api.cdn.changes.MAX_ROWS", 1)
    NewsPage.objects.all().delete()
    for number in range(20):
        site_tree.news(f"Une ébauche {number}", countries=["MX"], live=False)
    shown = site_tree.news("La dernière", countries=["MX"])
    server.take()
    mexico = site_tree.country["fr", "MX"]
    post(editor, "wagtailadmin_pages:set_privacy", mexico.pk, restriction_type="login")
    assert server.take() == {tag(mexico), tag(shown), *COUNTRY, *NEWS, "t-Route"}
    site_tree.news("Encore une", countries=["MX"])
    server.take()
    post(editor, "wagtailadmin_pages:set_privacy", mexico.pk, restriction_type="none")
    assert server.take() == {"diwan"}


def test_a_branch(server: PurgeServer, editor: Client, site_tree: SiteTree, news: NewsPage) -> None:
    continent = site_tree.continent["fr", "002"]
    below = [
        page
        for (locale, _code), page in site_tree.country.items()
        if locale == "fr" and page.get_parent().pk == continent.pk
    ]
    assert len(below) == 2
    post(editor, "wagtailadmin_pages:unpublish", continent.pk)
    tags = {tag(continent), "m-Continent", "t-Continent", *map(tag, below), *COUNTRY, "t-Route"}
    # The menu links to the continent.
    assert server.take() == tags | {"t-Navigation"}


def test_what_refers_to_a_page_that_comes_to_be_shown(server: PurgeServer, editor: Client, site_tree: SiteTree) -> None:
    hidden = StandardPageFactory(parent=site_tree.home["fr"], title="Caché", live=False)
    below = StandardPageFactory(parent=hidden, title="Dessous")
    plain = StandardPageFactory(parent=site_tree.home["fr"], title="Renvoi")
    plain.body = [("page_links", {"title": "", "links": [{"page": below, "label": ""}]})]
    plain.save()
    draft = StandardPageFactory(parent=site_tree.home["fr"], title="Ébauche", live=False)
    draft.body = plain.body
    draft.save()
    for menu in NavigationMenu.objects.filter(location="footer", locale=site_tree.locale["ar"]):
        menu.items = [("item", {"page": hidden, "url": "", "label": "", "children": []})]
        menu.save()
    server.take()
    hidden.save_revision().publish()
    assert server.take() == {tag(hidden), tag(below), tag(plain), *PLAIN, "t-Route", "t-Navigation"}


def test_pictures_documents_and_their_collections(server: PurgeServer, editor: Client) -> None:
    inner = Collection.get_first_root_node().add_child(name="Interne")
    image, document = ImageFactory(), DocumentFactory()
    server.take()
    data = {"title": "Salle", "collection": inner.pk, "credit": "Agence", "tags": ""}
    post(editor, "wagtailimages:edit", image.pk, **data, description="", focal_point_x="", focal_point_y="")
    assert server.take() == {image_tag(image.pk), "m-Image"}
    assert CustomImage.objects.get().credit == "Agence"
    post(editor, "wagtaildocs:edit", document.pk, title="Accord", collection=inner.pk, tags="")
    assert server.take() == {document_tag(document.pk), "m-Document"}
    assert CustomDocument.objects.get().title == "Accord"
    for restriction in ("login", "none"):
        post(editor, "wagtailadmin_collections:set_privacy", inner.pk, restriction_type=restriction)
        assert server.take() == {image_tag(image.pk), document_tag(document.pk), "m-Image", "m-Document"}
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    upload = SimpleUploadedFile("x.png", file.getvalue(), "image/png")
    post(editor, "wagtailimages:add", **{**data, "file": upload, "description": ""})
    assert CustomImage.objects.count() == 2
    assert server.take() == set()


def test_menus_settings_redirects_and_kinds(
    server: PurgeServer, editor: Client, site_tree: SiteTree, news: NewsPage
) -> None:
    menu = NavigationMenu.objects.filter(location="header", locale=site_tree.locale["fr"]).get()
    link = {"page": news.pk, "url": "", "label": "", "children": streamfield([])}
    post(
        editor,
        "wagtailsnippets_home_navigationmenu:edit",
        menu.pk,
        **nested_form_data({"items": streamfield([("item", link)])}),
    )
    assert server.take() == {"t-Navigation"}
    row = SiteSettings.objects.get(locale=site_tree.locale["fr"])
    data = {
        "ministry_name": "Ministère",
        "tagline": "",
        "footer": rich_text(""),
        "contact_email": "",
        "social_links": inline_formset([]),
    }
    post(editor, "wagtailsnippets_home_sitesettings:edit", row.pk, **nested_form_data(data))
    assert server.take() == {"t-SiteSettings"}
    post(
        editor,
        "wagtailredirects:add",
        old_path="/fr/ancien",
        redirect_page=news.pk,
        site="",
        redirect_link="",
        is_permanent="on",
    )
    assert server.take() == {"t-Route"}
    kind = news.kind
    post(
        editor,
        "wagtailsnippets_regions_newskind:edit",
        kind.pk,
        name="Rencontres",
        slug=kind.slug,
        sort_order=kind.sort_order,
    )
    # The search finds pages by the name of their kind.
    assert server.take() == {"t-NewsKind", tag(news), *NEWS}


def test_the_scheduler(server: PurgeServer, news: NewsPage) -> None:
    news.expire_at = timezone.now() - timedelta(minutes=1)
    news.save()
    server.take()
    call_command("run_scheduler", once=True)
    assert not NewsPage.objects.get().live
    assert server.take() == {tag(news), *NEWS, "t-Route"}


named = {"on": True, "day": date.max}


@pytest.mark.parametrize(
    "write",
    [
        lambda tree: page_bulk_create(
            children=[
                (tree.home["fr"], StandardPage(title=f"P{n}", slug=f"p{n}", locale=tree.locale["fr"]))
                for n in range(201)
            ]
        ),
        lambda tree: tree.site.save(),
        lambda tree: tree.locale["es"].save(),
        lambda tree: raw('UPDATE "regions_newspage" SET "featured" = %s', [True]),
        lambda tree: raw(
            'DELETE FROM "home_searchentry" WHERE "page_id" IN (SELECT "page_ptr_id" FROM "regions_newspage")', []
        ),
        lambda tree: raw("UPDATE regions_newspage SET featured = %(on)s WHERE date < %(day)s", named),
        lambda tree: raw("UPDATE regions_newspage SET featured = %s WHERE featured = %s;", [True, False]),
        lambda tree: raw("UPDATE regions_newspage AS item SET featured = %s WHERE item.featured = %s", [True, False]),
        lambda tree: raw("UPDATE regions_newspage SET featured = %s WHERE featured = %s -- all", [True, False]),
    ],
    ids=[
        "many pages", "a site", "a locale", "a statement without a condition", "a statement with a query in it",
        "named values", "a semicolon", "another name for the table", "a comment",
    ],
)  # fmt: skip
def test_what_cannot_be_told_apart_is_everything(
    server: PurgeServer, site_tree: SiteTree, write: Callable[[SiteTree], Any]
) -> None:
    write(site_tree)
    assert server.take() == {"diwan"}


def raw(sql: str, params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def taken_back(write: Callable[[], Any]) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)


def test_a_transaction_is_purged_once_and_only_when_it_is_committed(server: PurgeServer, news: NewsPage) -> None:
    with transaction.atomic():
        NewsPage.objects.filter(pk=news.pk).update(featured=True)
        news.save_revision().publish()
        taken_back(lambda: SiteSettings.objects.update(tagline="x"))
        assert server.purges == []
    assert len(server.purges) == 1
    assert tag(news) in server.take()
    taken_back(lambda: news.save_revision().publish())
    assert server.purges == []


def test_setup_that_changes_nothing_purges_nothing(server: PurgeServer) -> None:
    site_setup_all(
        options={"hostname": "testserver"}, continent_codes=frozenset(CONTINENTS), country_codes=frozenset(COUNTRIES)
    )
    assert server.take() == set()


def test_nothing_is_recorded_without_a_cdn(
    site_tree: SiteTree, news: NewsPage, editor: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr("home.services.content_version.statement_record", None)
    edit(editor, news, title="Une autre visite", **{"action-publish": "1"})
    assert NewsPage.objects.get().title == "Une autre visite"
