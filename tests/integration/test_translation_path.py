"""A translator's way from the first click to the published page, through the admin's own views."""

import datetime
import json
import uuid

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from home.models import StandardPage
from regions.models import CountryPage, NewsPage
from tests.asking import ask
from tests.factories import DocumentFactory, ImageFactory, StandardPageFactory
from tests.integration.translating import (
    Desk,
    client_for,
    desk_open,
    editor_make,
    messages_of,
    submit_url_of,
)

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def served(page):
    """What GraphQL answers at the page's public path."""
    query = "query($path: String!) { route(path: $path) { ... on Page { title locale isFallback } } }"
    return ask(query, {"path": page.get_url()})["route"]


def country_served(code):
    query = '{ country(code: "MX", locale: %s) { title locale isFallback introduction fallbackFields } }'
    return ask(query % code.upper())["country"]


def item(value):
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


def body_of_every_block(*, page, image, document):
    """One block of each kind, as stored; the texts are numbered so that each can be told apart."""
    link = '<p>Lire <a href="https://example.org/fr">le texte</a> et <a linktype="page" id="%d">la page</a>.</p>'
    return [
        {"type": "heading", "value": {"text": "Titre un", "level": "2"}, "id": str(uuid.uuid4())},
        {"type": "rich_text", "value": f"<p>Premier.</p>{link % page.pk}<p>Premier.</p>", "id": str(uuid.uuid4())},
        {
            "type": "picture",
            "value": {
                "image": {"image": image.pk, "alt_text": "Deux ministres", "decorative": False},
                "caption": "Légende",
                "credit": "MAE",
            },
            "id": str(uuid.uuid4()),
        },
        {
            "type": "quote",
            "value": {"text": "La paix d'abord", "attribution": "A. B.", "role": "Ministre"},
            "id": str(uuid.uuid4()),
        },
        {
            "type": "key_figures",
            "value": {
                "title": "Chiffres",
                "figures": [
                    item({"value": "5 M", "label": "Hispanophones", "note": "2020"}),
                    item({"value": "30", "label": "Accords", "note": ""}),
                ],
            },
            "id": str(uuid.uuid4()),
        },
        {
            "type": "timeline",
            "value": {
                "title": "Repères",
                "events": [
                    item({"date": "2004-11-22", "precision": "day", "title": "Tournée", "text": "<p>Royale.</p>"}),
                    item({"date": "2005-05-10", "precision": "month", "title": "Sommet", "text": ""}),
                ],
            },
            "id": str(uuid.uuid4()),
        },
        {"type": "document", "value": {"document": document.pk, "label": "L'accord"}, "id": str(uuid.uuid4())},
        {
            "type": "page_links",
            "value": {"title": "Voir aussi", "links": [item({"page": page.pk, "label": "Le pays"})]},
            "id": str(uuid.uuid4()),
        },
        {
            "type": "video",
            "value": {"video": "https://www.youtube.com/watch?v=abc", "title": "Discours", "caption": "Rabat"},
            "id": str(uuid.uuid4()),
        },
        {
            "type": "callout",
            "value": {"tone": "info", "title": "À noter", "text": "<ul><li>Un</li><li>Deux</li></ul>"},
            "id": str(uuid.uuid4()),
        },
        {
            "type": "table",
            "value": {
                "title": "Échanges",
                "table": {
                    "data": [["Année", "Montant"], ["2020", None], ["", "Total"]],
                    "cell": [],
                    "first_row_is_table_header": True,
                    "first_col_is_header": False,
                    "table_caption": "Commerce",
                    "mergeCells": [],
                },
            },
            "id": str(uuid.uuid4()),
        },
    ]


@pytest.fixture
def rich_news(site_tree):
    news = site_tree.news(
        "Visite au Mexique",
        kind="visit",
        countries=["MX", "BR"],
        continents=["019"],
        introduction="Le ministre à Mexico.",
        image=ImageFactory(),
        image_alt="Poignée de main",
        featured=True,
    )
    news.body = json.dumps(
        body_of_every_block(page=site_tree.country["fr", "MX"], image=ImageFactory(), document=DocumentFactory())
    )
    news.save_revision().publish()
    return NewsPage.objects.get(pk=news.pk)


@pytest.mark.parametrize(("code", "who"), [("ar", "editor"), ("es", "admin")])
def test_news_with_every_block_from_french_to_the_published_page(site_tree, rich_news, admin, code, who):
    client = client_for(admin if who == "admin" else editor_make(code))

    form = client.get(submit_url_of(rich_news))
    assert form.status_code == 200
    offered = [locale.language_code for locale in form.context["form"].fields["locales"].queryset]
    assert offered == (["ar", "es"] if who == "admin" else [code])

    desk = desk_open(client, rich_news, code)
    target = desk.target
    assert isinstance(target, NewsPage)
    assert (target.live, target.locale_code, target.slug) == (False, code, rich_news.slug)
    assert target.get_parent().specific == site_tree.index[code]

    segments = desk.strings()
    assert len(segments) == StringSegment.objects.filter(source=desk.record.source).count()
    assert not [segment for segment in segments if segment["contentPath"] == "slug"]
    sources = [segment["source"] for segment in segments]
    assert sources.count("Premier.") == 2
    assert {"Deux ministres", "Poignée de main", "Commerce", "Année", "2020", "Total", "Tournée", "Royale."} < set(
        sources
    )

    desk.translate({source: f"[{code}] {source}" for source in sources})
    preview = client.get(reverse("wagtail_localize:preview_translation", args=[desk.record.pk]))
    assert f"[{code}] Premier." in preview.content.decode()
    assert not desk.target.live

    response = desk.publish()
    assert any(f"[{code}] Visite au Mexique" in message for message in messages_of(response))

    page = NewsPage.objects.get(pk=target.pk)
    assert (page.live, page.title, page.introduction) == (
        True,
        f"[{code}] Visite au Mexique",
        f"[{code}] Le ministre à Mexico.",
    )
    assert (page.slug, page.date, page.featured) == (rich_news.slug, datetime.date(2026, 1, 15), True)
    assert page.kind == site_tree.kind[code, "visit"]
    assert page.image_id == rich_news.image_id
    assert page.image_alt == f"[{code}] Poignée de main"
    assert {link.country.translation_key for link in page.country_links.all()} == {
        site_tree.country["fr", "MX"].translation_key,
        site_tree.country["fr", "BR"].translation_key,
    }
    assert [link.continent.code for link in page.continent_links.all()] == ["019"]
    blocks = {block.block_type: block.value for block in page.body}
    assert list(blocks) == [block.block_type for block in rich_news.body]
    mark = f"[{code}] "
    assert blocks["heading"]["text"] == f"{mark}Titre un"
    html = blocks["rich_text"].source
    assert html.count(f"{mark}Premier.") == 2
    assert 'href="https://example.org/fr"' in html
    assert f'id="{site_tree.country["fr", "MX"].pk}"' in html
    picture = blocks["picture"]
    assert picture["image"].contextual_alt_text == f"{mark}Deux ministres"
    assert (picture["image"].pk, picture["caption"]) == (rich_news.body[2].value["image"].pk, f"{mark}Légende")
    assert blocks["quote"]["text"] == f"{mark}La paix d'abord"
    assert [figure["label"] for figure in blocks["key_figures"]["figures"]] == [
        f"{mark}Hispanophones",
        f"{mark}Accords",
    ]
    events = blocks["timeline"]["events"]
    assert [(event["date"], event["title"]) for event in events] == [
        (datetime.date(2004, 11, 22), f"{mark}Tournée"),
        (datetime.date(2005, 5, 10), f"{mark}Sommet"),
    ]
    assert f"{mark}Royale." in events[0]["text"].source
    assert blocks["document"]["label"] == f"{mark}L'accord"
    assert blocks["page_links"]["links"][0]["label"] == f"{mark}Le pays"
    assert blocks["page_links"]["links"][0]["page"].pk == site_tree.country["fr", "MX"].pk
    assert blocks["video"]["video"].url == "https://www.youtube.com/watch?v=abc"
    assert blocks["video"]["title"] == f"{mark}Discours"
    assert (
        f"<li>{mark}Deux</li>" in blocks["callout"]["text"].source or f"{mark}Deux" in blocks["callout"]["text"].source
    )
    table = blocks["table"]["table"]
    assert table["data"] == [[f"{mark}Année", f"{mark}Montant"], [f"{mark}2020", None], ["", f"{mark}Total"]]
    assert table["table_caption"] == f"{mark}Commerce"

    public = client.get(page.url)
    assert public.status_code == 200
    assert f"{mark}Visite au Mexique" in public.content.decode()
    assert served(page) == {"title": page.title, "locale": code.upper(), "isFallback": False}


def test_spanish_news_by_an_editor_is_served_in_spanish(site_tree):
    news = site_tree.news("Communiqué", countries=["CU"], introduction="Texte.")
    client = client_for(editor_make("es"))
    desk = desk_open(client, news, "es")
    desk.translate({"Communiqué": "Comunicado", "Texte.": "Texto."})
    desk.publish()
    html = client.get(desk.target.url).content.decode()
    assert 'lang="es"' in html
    assert "Comunicado" in html
    assert "Texto." in html


def test_country_that_stands_in_arabic_keeps_its_name_until_the_translation_is_published(site_tree):
    french = site_tree.country["fr", "MX"]
    french.introduction = "Un pays."
    french.save_revision().publish()
    arabic = site_tree.country["ar", "MX"]
    formal_name, slug, path = arabic.formal_name, arabic.slug, arabic.path
    client = client_for(editor_make("ar"))

    desk = desk_open(client, french, "ar")
    assert desk.target == arabic
    props = desk.props()
    sources = {segment["id"]: segment["source"] for segment in props["segments"] if segment["type"] == "string"}
    known = {sources[row["segment_id"]]: row["data"] for row in props["initialStringTranslations"]}
    assert known["Mexique"] == "المكسيك"
    live = CountryPage.objects.get(pk=arabic.pk)
    assert (live.live, live.title, live.introduction) == (True, "المكسيك", "")
    answer = country_served("ar")
    assert (answer["title"], answer["isFallback"]) == ("المكسيك", False)
    assert answer["introduction"] == "Un pays."
    assert "introduction" in answer["fallbackFields"]

    desk.translate_all("بلد ")
    desk.publish()
    live = CountryPage.objects.get(pk=arabic.pk)
    assert (live.live, live.title, live.introduction) == (True, "المكسيك", "بلد Un pays.")
    assert (live.formal_name, live.slug, live.path, live.code, live.alpha3) == (formal_name, slug, path, "MX", "MEX")
    assert live.sub_region.locale.language_code == "ar"
    assert live.sub_region.code == french.sub_region.code
    assert "بلد Un pays." in client.get(live.url).content.decode()
    answer = country_served("ar")
    assert answer["introduction"] == "بلد Un pays."
    assert "introduction" not in answer["fallbackFields"]
    assert not Page.find_problems()[4]


def test_home_page_keeps_its_slug_and_its_place(site_tree, admin):
    arabic = site_tree.home["ar"]
    desk = desk_open(client_for(admin), site_tree.home["fr"], "ar")
    desk.translate_all("")
    desk.publish()
    after = Page.objects.get(pk=arabic.pk)
    assert (after.slug, after.url_path, after.live, after.title) == (arabic.slug, arabic.url_path, True, arabic.title)


def test_plain_page_brings_its_missing_parent_as_a_draft(site_tree):
    parent = StandardPageFactory(parent=site_tree.home["fr"], title="Le ministère", introduction="Haut.")
    child = StandardPageFactory(parent=parent, title="Histoire", introduction="Bas.")
    client = client_for(editor_make("ar"))
    desk = desk_open(client, child, "ar")
    above = StandardPage.objects.get(translation_key=parent.translation_key, locale=site_tree.locale["ar"])
    assert (above.live, above.alias_of_id, desk.target.live) == (False, None, False)
    assert desk.target.get_parent().pk == above.pk
    assert above.get_parent().pk == site_tree.home["ar"].pk

    records = Translation.objects.filter(target_locale=site_tree.locale["ar"])
    for record in records.order_by("source__object_repr").reverse():
        step = Desk(client=client, record=record)
        step.translate_all("نص ")
        step.publish()
    page = StandardPage.objects.get(pk=desk.target.pk)
    assert (page.live, page.title) == (True, "نص Histoire")
    assert client.get(page.url).status_code == 200


def test_override_of_a_shared_value(site_tree, rich_news, admin):
    client = client_for(admin)
    desk = desk_open(client, rich_news, "ar")
    shared = [segment for segment in desk.props()["segments"] if segment["type"] == "synchronised_value"]
    kinds = {segment["location"]["widget"]["type"] for segment in shared}
    assert kinds == {"page_chooser", "document_chooser", "image_chooser", "text"}
    by_value = {str(segment["value"]): segment["editUrl"] for segment in shared}
    page_url = by_value[str(site_tree.country["fr", "MX"].pk)]
    brazil = site_tree.country["fr", "BR"]
    assert desk.put(page_url, str(brazil.pk)).status_code == 201
    for local in ("/es/contacto/", "#nota", "https://example.org/ar"):
        assert desk.put(by_value["https://example.org/fr"], local).status_code in (200, 201)
    assert desk.put(by_value["https://www.youtube.com/watch?v=abc"], "https://example.org/v").status_code == 201
    for url, wrong in [
        (page_url, "999999"),
        (page_url, "abc"),
        (by_value["https://example.org/fr"], "javascript:alert(1)"),
        (by_value["https://example.org/fr"], "a\x00b"),
        (by_value["https://example.org/fr"], "//evil.example/fr"),
        (by_value["https://example.org/fr"], "/\\evil.example/fr"),
        (by_value["https://example.org/fr"], "https://[evil"),
        (by_value["https://example.org/fr"], ""),
    ]:
        assert desk.put(url, wrong).status_code == 400
    desk.translate_all("ع ")
    desk.publish()
    blocks = {block.block_type: block.value for block in desk.target.body}
    assert blocks["page_links"]["links"][0]["page"].pk == brazil.pk
    assert 'href="https://example.org/ar"' in blocks["rich_text"].source
    assert blocks["video"]["video"].url == "https://example.org/v"
