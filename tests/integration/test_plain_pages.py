"""The plain HTML pages: what previews show, and "view live" while no public website is set."""

import re

import pytest
from wagtail.models import PageViewRestriction

from home.models import NavigationMenu, SiteSettings, StandardPage
from tests.factories.small_site import SmallSite, small_site_make, user_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(db) -> SmallSite:
    return small_site_make()


def text_of(response) -> str:
    return response.content.decode()


def test_each_page_type_is_served_in_its_language_and_direction(client, tree) -> None:
    tree.news("Communiqué sur le Mexique", countries=("MX",))
    tree.news("بلاغ حول المكسيك", code="ar", countries=("MX",), slug="communique-mx")
    for path, lang, direction, title in [
        ("/fr/", "fr", "ltr", "Accueil fr"),
        ("/ar/", "ar", "rtl", "Accueil ar"),
        ("/fr/c019/", "fr", "ltr", "Amérique"),
        ("/ar/c019/", "ar", "rtl", "أمريكا"),
        ("/es/c019/mx/", "es", "ltr", "México"),
        ("/ar/c019/mx/", "ar", "rtl", "المكسيك"),
        ("/fr/actualites/", "fr", "ltr", "Actualités"),
        ("/ar/actualites/communique-mx/", "ar", "rtl", "بلاغ حول المكسيك"),
    ]:
        response = client.get(path)
        assert response.status_code == 200, path
        html = text_of(response)
        assert f'<html lang="{lang}" dir="{direction}">' in html, path
        assert re.search(r"<h1>(?:<span[^>]*>[^<]*</span>)?\s*(.*?)</h1>", html, re.DOTALL)[1] == title, path


def test_dates_and_words_are_in_the_language_of_the_page_whatever_the_reader_prefers(client, tree) -> None:
    tree.news("بلاغ", code="ar", slug="n1")
    html = text_of(client.get("/ar/actualites/n1/", headers={"accept-language": "es"}))
    assert "15 يناير 2026" in html
    assert "بلاغ" in html


def test_breadcrumbs_and_languages_lead_to_visible_pages_only(client, tree) -> None:
    html = text_of(client.get("/fr/c019/mx/"))
    assert re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', html.split("</nav>")[1]) == [
        ("/fr/", "Accueil fr"),
        ("/fr/c019/", "Amérique"),
    ]
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', html) == [
        ("fr", "/fr/c019/mx/"),
        ("ar", "/ar/c019/mx/"),
        ("es", "/es/c019/mx/"),
    ]
    tree.country["es"]["MX"].unpublish()
    html = text_of(client.get("/fr/c019/mx/"))
    assert re.findall(r'hreflang="(\w+)" href', html) == ["fr", "ar"]


def test_page_below_an_unpublished_page_is_not_found(client, tree) -> None:
    tree.continent["fr"]["019"].unpublish()
    assert client.get("/fr/c019/mx/").status_code == 404
    assert client.get("/fr/c019/").status_code == 404
    assert client.get("/fr/c002/eg/").status_code == 200


def test_continent_lists_countries_in_dictionary_order_and_the_news_of_its_countries(client, tree) -> None:
    tree.news("Sur le Mexique", countries=("MX",))
    tree.news("Sur l’Égypte", countries=("EG",))
    tree.news("Brouillon mexicain", countries=("MX",), live=False)
    html = text_of(client.get("/fr/c002/"))
    assert html.index("Égypte</a>") < html.index("Zambie</a>")
    html = text_of(client.get("/fr/c019/"))
    assert "Sur le Mexique" in html
    assert "Égypte" not in html
    assert "Brouillon" not in html
    assert "Sur le Mexique" in text_of(client.get("/fr/c019/mx/"))
    assert "Sur le Mexique" not in text_of(client.get("/fr/c019/br/"))


def test_private_country_is_in_no_list(client, tree) -> None:
    PageViewRestriction.objects.create(page=tree.country["fr"]["MX"], restriction_type="login")
    assert "Mexique" not in text_of(client.get("/fr/c019/"))
    news = tree.news("Sur deux pays", countries=("MX", "BR"))
    html = text_of(client.get(news.url))
    assert "Brésil" in html
    assert "Mexique" not in html


def test_news_index_is_paged(client, tree) -> None:
    for number in range(21):
        tree.news(f"Point {number:02}")
    first, second = text_of(client.get("/fr/actualites/")), text_of(client.get("/fr/actualites/?page=2"))
    assert first.count("<time ") == 20
    assert second.count("<time ") == 1
    assert 'rel="next" href="?page=2"' in first


def test_menu_shows_the_readers_language_and_hides_drafts(client, tree) -> None:
    draft = tree.news("Brouillon", live=False)
    entries = [
        {"type": "item", "value": {"page": tree.country["fr"]["MX"].pk, "url": "", "label": "", "children": []}},
        {"type": "item", "value": {"page": draft.pk, "url": "", "label": "Secret", "children": []}},
        {
            "type": "item",
            "value": {
                "page": None,
                "url": "https://example.org/",
                "label": "Ailleurs",
                "children": [{"page": tree.country["fr"]["BR"].pk, "url": "", "label": ""}],
            },
        },
    ]
    NavigationMenu.objects.create(site=tree.site, location="header", locale=tree.home["ar"].locale, items=entries)
    SiteSettings.objects.create(site=tree.site, locale=tree.home["ar"].locale, ministry_name="وزارة الشؤون الخارجية")
    html = text_of(client.get("/ar/"))
    menu = html[html.index('class="menu"') : html.index("<main")]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', menu) == [
        ("/ar/c019/mx/", "المكسيك"),
        ("https://example.org/", "Ailleurs"),
        ("/ar/c019/br/", "البرازيل"),
    ]
    assert "وزارة الشؤون الخارجية" in html


def test_every_block_has_a_face(client, tree) -> None:
    from home.blocks import BODY_BLOCKS

    body = [
        {"type": "heading", "value": {"text": "Un titre", "level": "3"}},
        {"type": "rich_text", "value": "<p>Un paragraphe.</p>"},
        {"type": "quote", "value": {"text": "Une parole", "attribution": "Une personne", "role": "Ministre"}},
        {"type": "key_figures", "value": {"title": "", "figures": [{"value": "1,2 M€", "label": "Aide", "note": ""}]}},
        {
            "type": "timeline",
            "value": {
                "title": "Dates",
                "events": [{"date": "2004-11-20", "precision": "month", "title": "Tournée", "text": "<p>Étapes.</p>"}],
            },
        },
        {
            "type": "page_links",
            "value": {"title": "Voir aussi", "links": [{"page": tree.country["es"]["BR"].pk, "label": ""}]},
        },
        {"type": "callout", "value": {"tone": "warning", "title": "Attention", "text": "<p>Lisez ceci.</p>"}},
        {
            "type": "table",
            "value": {
                "title": "Horaires",
                "table": {"data": [["Jour", "Heure"], ["Lundi", "9 h"]], "first_row_is_table_header": True},
            },
        },
    ]
    page = StandardPage(title="Essai", slug="essai", locale=tree.home["fr"].locale, body=body)
    tree.home["fr"].add_child(instance=page)
    html = re.sub(r"\s*\n\s*|\s+(?=>)", "", text_of(client.get("/fr/essai/")))
    for expected in [
        "<h3>Un titre</h3>",
        "<p>Un paragraphe.</p>",
        "<cite>Une personne</cite>",
        "<bdi>1,2 M€</bdi>",
        '<time datetime="2004-11">novembre 2004</time>',
        '<a href="/fr/c019/br/">Brésil</a>',
        'class="callout callout--warning"',
        '<th scope="col">Jour</th>',
    ]:
        assert expected in html, expected
    without_picture = {"picture", "document", "video"}
    assert {block["type"] for block in body} | without_picture == set(BODY_BLOCKS)


def test_with_a_public_website_pages_lead_there_and_previews_stay(client, tree, settings) -> None:
    settings.DIWAN_FRONTEND_URL = "https://www.example.org/"
    page = tree.country["ar"]["MX"]
    assert page.url == page.full_url == "https://www.example.org/ar/c019/mx/"
    response = client.get("/ar/c019/mx/")
    assert (response.status_code, response["Location"]) == (302, "https://www.example.org/ar/c019/mx/")
    editor = user_make("chief", superuser=True)
    client.force_login(editor)
    page.save_revision()
    response = client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl">' in text_of(response)
    listing = text_of(client.get(f"/admin/pages/{tree.continent['ar']['019'].pk}/"))
    assert "https://www.example.org/ar/c019/mx/" in listing
