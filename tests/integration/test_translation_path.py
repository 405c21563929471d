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


@pytest.mark.parametrize(("code", "who"), [("ar", "translator"), ("es", "admin")])
def test_news_with_every_block_from_french_to_the_published_page(site_tree, rich_news, admin, code, who):
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


def test_spanish_news_by_a_translator_is_served_in_spanish(site_tree):
    news = site_tree.news("Communiqué", countries=["CU"], introduction="Texte.")
    client = client_for(translator_make("es"))
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
    client = client_for(translator_make("ar"))

    desk = desk_open(client, french, "ar")
    assert desk.target == arabic
    props = desk.props()
    sources = {segment["id"]: segment["source"] for segment in props["segments"] if segment["type"] == "string"}
    known = {sources[row["segment_id"]]: row["data"] for row in props["initialStringTranslations"]}
    assert known["Mexique"] == "المكسيك"
    live = CountryPage.objects.get(pk=arabic.pk)
    assert (live.live, live.title, live.introduction) == (True, "المكسيك", "")

    desk.translate_all("بلد ")
    desk.publish()
    live = CountryPage.objects.get(pk=arabic.pk)
    assert (live.live, live.title, live.introduction) == (True, "المكسيك", "بلد Un pays.")
    assert (live.formal_name, live.slug, live.path, live.code, live.alpha3) == (formal_name, slug, path, "MX", "MEX")
    assert live.sub_region.locale.language_code == "ar"
    assert live.sub_region.code == french.sub_region.code
    assert "بلد Un pays." in client.get(live.url).content.decode()
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
    client = client_for(translator_make("ar"))
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


def test_links_survive_publication_and_another_synchronisation(site_tree, admin):
    news = site_tree.news("Accord", countries=["MX", "BR"], continents=["019"])
    client = client_for(admin)
    desk = desk_open(client, news, "ar")
    desk.translate({"Accord": "اتفاق"})
    desk.publish()
    keys = {site_tree.country["fr", code].translation_key for code in ("MX", "BR")}

    def linked():
        links = NewsPage.objects.get(pk=desk.target.pk).country_links.select_related("country")
        return [link.country.translation_key for link in links]

    assert set(linked()) == keys
    news.date = datetime.date(2026, 2, 1)
    news.save_revision().publish()
    response = client.post(
        reverse("wagtail_localize:update_translations", args=[desk.record.source_id]),
        {"publish_translations": "on"},
        follow=True,
    )
    assert response.status_code == 200
    page = NewsPage.objects.get(pk=desk.target.pk)
    assert (page.title, page.date, page.live) == ("اتفاق", datetime.date(2026, 2, 1), True)
    assert set(linked()) == keys
    assert len(linked()) == 2
    assert page.continent_links.count() == 1


def test_corrected_source_never_puts_french_into_the_live_page(site_tree, admin):
    news = site_tree.news("Accord", introduction="Faute.")
    client = client_for(admin)
    desk = desk_open(client, news, "ar")
    desk.translate({"Accord": "اتفاق", "Faute.": "نص."})
    desk.publish()
    news.introduction = "Corrigé."
    news.save_revision().publish()
    response = client.post(
        reverse("wagtail_localize:update_translations", args=[desk.record.source_id]),
        {"publish_translations": "on"},
        follow=True,
    )
    assert any("1 segment" in message for message in messages_of(response))
    page = NewsPage.objects.get(pk=desk.target.pk)
    assert (page.title, page.introduction, page.live) == ("اتفاق", "نص.", True)
    desk.translate({"Accord": "اتفاق", "Corrigé.": "نص مصحح."})
    desk.publish()
    assert NewsPage.objects.get(pk=desk.target.pk).introduction == "نص مصحح."


def test_kind_of_news_is_the_one_of_the_language_and_is_left_as_it_was(site_tree):
    news = site_tree.news("Communiqué", kind="communique")
    arabic_kind = site_tree.kind["ar", "communique"]
    name = arabic_kind.name
    desk = desk_open(client_for(translator_make("ar")), news, "ar")
    desk.translate({"Communiqué": "بلاغ"})
    desk.publish()
    assert desk.target.kind == arabic_kind
    arabic_kind.refresh_from_db()
    assert arabic_kind.name == name
    assert not Translation.objects.filter(source__object_id=arabic_kind.translation_key).exists()


def test_new_kind_starts_empty_and_is_written_when_its_translation_is_complete(site_tree, admin):
    from regions.models import NewsKind

    kind = NewsKind.objects.create(slug="sommet", name="Sommet", locale=site_tree.locale["fr"])
    desk = desk_open(client_for(admin), kind, "ar")
    assert (desk.target.name, desk.target.slug) == ("", "sommet")
    response = desk.publish()
    assert any("1 segment" in message for message in messages_of(response))
    assert desk.target.name == ""
    assert [segment["contentPath"] for segment in desk.strings()] == ["name"]
    desk.translate({"Sommet": "قمة"})
    desk.publish()
    assert (desk.target.name, desk.target.slug) == ("قمة", "sommet")


def test_site_settings_of_a_language_change_only_when_published(site_tree, admin):
    french = SiteSettings.objects.get(locale=site_tree.locale["fr"])
    french.tagline = "Une devise"
    french.footer = "<p>Avenue <b>X</b></p>"
    french.save()
    arabic = SiteSettings.objects.get(locale=site_tree.locale["ar"])
    before = (arabic.ministry_name, arabic.tagline, arabic.footer)
    desk = desk_open(client_for(admin), french, "ar")
    arabic.refresh_from_db()
    assert (arabic.ministry_name, arabic.tagline, arabic.footer) == before
    response = desk.publish()
    assert any("segment" in message for message in messages_of(response))
    arabic.refresh_from_db()
    assert (arabic.ministry_name, arabic.tagline, arabic.footer) == before
    desk.translate_all("ع ")
    desk.publish()
    arabic.refresh_from_db()
    assert arabic.ministry_name == before[0]
    assert arabic.footer == "<p>ع Avenue <b>X</b></p>"


def test_menu_of_a_language_is_left_alone_until_it_is_published(site_tree, admin):
    french = NavigationMenu.objects.get(locale=site_tree.locale["fr"], location="header")
    raw = list(french.items.raw_data)
    raw[0]["value"]["label"] = "Nouvelles"
    french.items = json.dumps(raw)
    french.save()
    arabic = NavigationMenu.objects.get(locale=site_tree.locale["ar"], location="header")
    before = [entry["value"]["page"] for entry in arabic.items.raw_data]
    desk = desk_open(client_for(admin), french, "ar")
    arabic.refresh_from_db()
    assert [entry["value"]["page"] for entry in arabic.items.raw_data] == before
    desk.translate({"Nouvelles": "أخبار"})
    desk.publish()
    arabic.refresh_from_db()
    assert arabic.items[0].value["label"] == "أخبار"
    assert len(arabic.items) == len(raw)


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
    assert desk.put(by_value["https://example.org/fr"], "https://example.org/ar").status_code == 201
    assert desk.put(by_value["https://www.youtube.com/watch?v=abc"], "https://example.org/v").status_code == 201
    for url, wrong in [
        (page_url, "999999"),
        (page_url, "abc"),
        (by_value["https://example.org/fr"], "javascript:alert(1)"),
        (by_value["https://example.org/fr"], "a\x00b"),
    ]:
        assert desk.put(url, wrong).status_code == 400
    desk.translate_all("ع ")
    desk.publish()
    blocks = {block.block_type: block.value for block in desk.target.body}
    assert blocks["page_links"]["links"][0]["page"].pk == brazil.pk
    assert 'href="https://example.org/ar"' in blocks["rich_text"].source
    assert blocks["video"]["video"].url == "https://example.org/v"


def test_text_that_cannot_be_stored_is_refused(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    url = desk.strings()[0]["editUrl"]
    assert desk.put(url, "ع" * 256).status_code == 400
    assert desk.put(url, "a\x00b").status_code == 400
    assert desk.client.put(url, "[1]", content_type="application/json").status_code == 400
    assert StringTranslation.objects.filter(locale=site_tree.locale["ar"]).count() == 0
    assert desk.put(url, "ع" * 255).status_code == 201


def test_an_item_written_in_arabic_is_translated_into_french(site_tree, admin):
    news = site_tree.news("خبر", locale="ar")
    desk = desk_open(client_for(admin), news, "fr")
    desk.translate({"خبر": "Nouvelle"})
    desk.publish()
    assert (desk.target.title, desk.target.locale_code, desk.target.live) == ("Nouvelle", "fr", True)


def test_button_on_an_arabic_country_leads_to_its_french_source(site_tree):
    client = client_for(translator_make("ar"))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[site_tree.country["ar", "MX"].pk])).content.decode()
    url = f"{submit_url_of(site_tree.country['fr', 'MX'])}?select_locale=ar"
    assert f'href="{url}"' in html
    assert html.count("localize/submit/page/") == 1
    form = client.get(url).context["form"]
    assert [locale.language_code for locale in form.initial["locales"]] == ["ar"]
    response = client.get(submit_url_of(site_tree.country["ar", "MX"]))
    assert response.url == url


def test_edits_made_by_hand_after_a_stop_survive_the_restart(site_tree, admin):
    client = client_for(admin)
    desk = desk_open(client, site_tree.news("Accord"), "ar")
    desk.translate({"Accord": "اتفاق"})
    desk.publish()
    client.post(reverse("wagtail_localize:stop_translation", args=[desk.record.pk]))
    page = desk.target
    page.title = "اتفاق جديد"
    page.save_revision().publish()
    client.post(desk.edit_url, {"localize-restart-translation": "1"})
    desk.publish()
    assert NewsPage.objects.get(pk=page.pk).title == "اتفاق جديد"


def test_restriction_of_the_source_is_copied_and_never_loosened(site_tree, admin):
    client = client_for(admin)
    news = site_tree.news("Accord")
    PageViewRestriction.objects.create(page=news, restriction_type=PageViewRestriction.LOGIN)
    desk = desk_open(client, news, "ar")
    assert desk.target.view_restrictions.count() == 1
    news.view_restrictions.all().delete()
    desk.translate({"Accord": "اتفاق"})
    desk.publish()
    assert desk.target.view_restrictions.count() == 1


def test_nothing_is_offered_twice(site_tree, admin):
    news = site_tree.news("Accord")
    client = client_for(admin)
    desk_open(client, news, "ar")
    offered = client.get(submit_url_of(news)).context["form"].fields["locales"].queryset
    assert [locale.language_code for locale in offered] == ["es"]
    response = submit(client, news, "ar")
    assert response.context["form"].errors["locales"]
    assert Translation.objects.count() == 1


def test_subtree_in_the_background_parents_first(site_tree, admin):
    parent = StandardPageFactory(parent=site_tree.home["fr"], title="Un")
    child = StandardPageFactory(parent=parent, title="Deux")
    StandardPageFactory(parent=child, title="Trois")
    submit(client_for(admin), parent, "ar", include_subtree="on")
    titles = Page.objects.filter(locale=site_tree.locale["ar"], depth__gt=2).filter(title__in=["Un", "Deux", "Trois"])
    assert [(page.title, page.live, page.alias_of_id) for page in titles.order_by("path")] == [
        ("Un", False, None),
        ("Deux", False, None),
        ("Trois", False, None),
    ]
    assert [page.numchild for page in titles.order_by("path")] == [1, 1, 0]
    assert not any(Page.find_problems())
