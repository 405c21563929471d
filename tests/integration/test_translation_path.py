"""A translator's way from the first click to the published page, through the admin's own views."""

import datetime
import json
import uuid

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.models import NavigationMenu, SiteSettings, StandardPage
from regions.models import CountryPage, NewsPage
from tests.factories import DocumentFactory, ImageFactory, StandardPageFactory
from tests.integration.translating import (
    Desk,
    client_for,
    desk_open,
    messages_of,
    submit,
    submit_url_of,
    translator_make,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(site_tree):
    return get_user_model().objects.create_superuser("admin", "admin@example.org", "password")


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


@pytest.mark.parametrize(("code", "who"), [("ar", "translator"), ("ar", "admin"), ("es", "translator"), ("es", "admin")])
def test_news_from_french_to_the_published_page(site_tree, rich_news, admin, code, who):
    client = client_for(admin if who == "admin" else translator_make(code))

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
    assert {"Deux ministres", "Poignée de main", "Commerce", "Année", "2020", "Total", "Tournée", "Royale."} < set(sources)

    desk.translate({source: f"[{code}] {source}" for source in sources})
    preview = client.get(reverse("wagtail_localize:preview_translation", args=[desk.record.pk]))
    assert f"[{code}] Premier." in preview.content.decode()
    assert not desk.target.live

    response = desk.publish()
    assert any(f"[{code}] Visite au Mexique" in message for message in messages_of(response))

    page = NewsPage.objects.get(pk=target.pk)
    assert (page.live, page.title, page.introduction) == (True, f"[{code}] Visite au Mexique", f"[{code}] Le ministre à Mexico.")
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
    assert [figure["label"] for figure in blocks["key_figures"]["figures"]] == [f"{mark}Hispanophones", f"{mark}Accords"]
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
    assert f"<li>{mark}Deux</li>" in blocks["callout"]["text"].source or f"{mark}Deux" in blocks["callout"]["text"].source
    table = blocks["table"]["table"]
    assert table["data"] == [[f"{mark}Année", f"{mark}Montant"], [f"{mark}2020", None], ["", f"{mark}Total"]]
    assert table["table_caption"] == f"{mark}Commerce"

    public = client.get(page.url)
    assert public.status_code == 200
    assert f"{mark}Visite au Mexique" in public.content.decode()
