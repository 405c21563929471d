"""The index of the public search holds what is published, as it is published, whatever way it went there."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import PageViewRestriction

from home.models import SearchEntry
from home.services.bulk import page_bulk_create
from home.services.bulk_publish import PageContent, page_bulk_publish
from regions.models import NewsPage
from tests.asking import ask
from tests.factories import StandardPageFactory
from tests.factories.site import SiteTree
from tests.factories.small_site import user_make

pytestmark = pytest.mark.django_db


def found(query: str, locale: str = "FR", fallback: str = "") -> list[str]:
    """Titles, most relevant first."""
    answer = ask(f'{{ search(query: "{query}", locale: {locale} {fallback}) {{ totalCount nodes {{ title }} }} }}')[
        "search"
    ]
    assert answer["totalCount"] == len(answer["nodes"])
    return [node["title"] for node in answer["nodes"]]


def test_drafts_are_never_found_and_publications_at_once(site_tree: SiteTree) -> None:
    news = site_tree.news("Visite officielle", introduction="Ancien résumé.")
    news.title, news.introduction = "Zanzibar", "Canari."
    revision = news.save_revision()
    assert (found("zanzibar"), found("canari"), found("ancien")) == ([], [], ["Visite officielle"])
    revision.publish()
    assert (found("zanzibar"), found("canari"), found("ancien")) == (["Zanzibar"], ["Zanzibar"], [])
    news.unpublish()
    assert found("zanzibar") == []
    assert not SearchEntry.objects.filter(page=news).exists()
    news.refresh_from_db()
    news.save_revision().publish()
    assert found("zanzibar") == ["Zanzibar"]
    news.delete()
    assert found("zanzibar") == []


def test_a_draft_saved_in_the_admin_is_not_found(site_tree: SiteTree) -> None:
    page = StandardPageFactory(parent=site_tree.home["fr"], title="Mentions")
    client = Client()
    client.force_login(user_make("editor", superuser=True))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {"title": "Canari", "slug": page.slug, "introduction": "", "body-count": "0", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0"}  # fmt: skip
    assert client.post(url, form).status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Canari"
    assert (found("canari"), found("mentions")) == ([], ["Mentions"])
    assert client.post(url, {**form, "action-publish": "1"}).status_code == 302
    assert (found("canari"), found("mentions")) == (["Canari"], [])


def test_the_gate_decides_and_not_the_index(site_tree: SiteTree) -> None:
    tree, now = site_tree, timezone.now()
    tree.news("Canari planifié", go_live_at=now + timedelta(days=1))
    tree.news("Canari périmé", expire_at=now - timedelta(days=1))
    private = tree.news("Canari privé")
    restriction = PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Insiders"))
    parent = StandardPageFactory(parent=tree.home["fr"], title="Parent")
    StandardPageFactory(parent=parent, title="Canari d'un parent")
    parent.live = False
    parent.save()
    assert found("canari") == []
    restriction.delete()
    assert found("canari") == ["Canari privé"]
    private.move(tree.index["ar"].get_parent(), pos="last-child")
    assert found("canari") == ["Canari privé"]


def test_each_page_is_searched_in_its_own_language(site_tree: SiteTree) -> None:
    french = site_tree.news("Les négociations commerciales")
    site_tree.news("المفاوضات التجارية", locale="ar", slug="x", translation_key=french.translation_key)
    site_tree.news("Les négociations en cours")
    # What is shown to an Arabic reader is Arabic where it can be, and French elsewhere: searched as what it is.
    assert found("negociation", "AR") == ["Les négociations en cours"]
    assert found("مفاوضات", "AR") == ["المفاوضات التجارية"]
    assert found("negociation", "AR", "fallback: []") == []
    assert sorted(found("negociation")) == ["Les négociations commerciales", "Les négociations en cours"]


def test_ranking(site_tree: SiteTree) -> None:
    body = '[{"type": "rich_text", "value": "<p>Le Mexique et le commerce.</p>", "id": "1"}]'
    site_tree.news("Corps", body=body, date=date(2026, 3, 1))
    site_tree.news("Commerce avec le Mexique", date=date(2026, 1, 1))
    site_tree.news("Résumé", introduction="Le Mexique accueille une conférence.", date=date(2026, 2, 1))
    site_tree.news("Mexique, le retour", date=date(2026, 1, 2))
    site_tree.news("Un mot du commerce", body=body, date=date(2020, 1, 1))
    assert found("mexique") == [
        "Mexique", "Mexique, le retour", "Commerce avec le Mexique", "Résumé", "Corps", "Un mot du commerce",
    ]  # fmt: skip
    assert found("commerce mexique") == ["Commerce avec le Mexique", "Un mot du commerce", "Corps"]


def test_all_that_a_page_says_is_found(site_tree: SiteTree) -> None:
    mexico = site_tree.country["fr", "MX"]
    mexico.formal_name, mexico.capital, mexico.seo_title = "États-Unis mexicains", "Tenochtitlan", "Aztèque"
    mexico.key_facts = [("fact", {"label": "Monnaie", "value": "Peso"})]
    mexico.body = [
        ("heading", {"text": "Jalons", "level": "2"}),
        ("quote", {"text": "Amitié", "attribution": "Octavio", "role": ""}),
        ("timeline", {"title": "", "events": [{"date": "2004-01-01", "precision": "day", "title": "Tournée"}]}),
        ("table", {"title": "Échanges", "table": {"data": [["Cacao", None], ["Vanille"]], "table_caption": "Tonnes"}}),
    ]
    mexico.save()
    for word in ("mexicains", "Tenochtitlan", "azteque", "peso", "monnaie", "jalon", "octavio", "tournee", "cacao",
                 "vanille", "tonne", "echange", "MEX", "amérique centrale"):  # fmt: skip
        assert found(word) == ["Mexique"], word
    # The level of the heading and the name of the precision are no text.
    assert found("day") == []
    site_tree.news("Divers", kind="meeting")
    assert found(site_tree.kind["fr", "meeting"].name) == ["Divers"]


def test_a_kind_that_is_renamed_is_followed(site_tree: SiteTree, django_capture_on_commit_callbacks: Any) -> None:
    site_tree.news("Divers", kind="meeting")
    kind = site_tree.kind["fr", "meeting"]
    kind.name = "Conciliabule"
    with django_capture_on_commit_callbacks(execute=True):
        kind.save()
    assert found("conciliabules") == ["Divers"]


def test_bulk_writes_aliases_and_rebuilding(site_tree: SiteTree) -> None:
    tree = site_tree
    pages = [
        NewsPage(title=f"Bulletin {number}", slug=f"b{number}", locale=tree.locale["fr"], date="2026-01-01",
                 kind=tree.kind["fr", "other"])
        for number in range(3)
    ]  # fmt: skip
    page_bulk_create(children=[(tree.index["fr"], page) for page in pages])
    assert found("bulletins") == ["Bulletin 2", "Bulletin 1", "Bulletin 0"]
    stored = NewsPage.objects.get(pk=pages[0].pk)
    stored.title = "Gazette"
    page_bulk_publish(contents=[PageContent(stored)], user=user_make("importer"))
    assert (found("gazettes"), found("bulletin")) == (["Gazette"], ["Bulletin 2", "Bulletin 1"])

    # An alias of another language says nothing of its own, until it is made a page of its own.
    alias = pages[1].copy_for_translation(tree.locale["es"], alias=True)
    assert not SearchEntry.objects.filter(page=alias.pk).exists()
    ConvertAliasPageAction(NewsPage.objects.get(pk=alias.pk)).execute(skip_permission_checks=True)
    assert found("bulletin", "ES", "fallback: []") == ["Bulletin 1"]

    undated = NewsPage(title="Bulletin sans date", slug="sd", locale=tree.locale["fr"], kind=tree.kind["fr", "other"])
    page_bulk_create(children=[(tree.index["fr"], undated)])
    assert "Bulletin sans date" not in found("bulletin")

    columns = [field.attname for field in SearchEntry._meta.fields]
    before = list(SearchEntry.objects.order_by("pk").values_list(*columns))
    SearchEntry.objects.filter(page__in=pages).delete()
    assert found("bulletin") == []
    call_command("rebuild_search", verbosity=0)
    assert list(SearchEntry.objects.order_by("pk").values_list(*columns)) == before
    assert found("gazettes") == ["Gazette"]


HIGHLIGHTS = """
    query ($query: String!, $locale: LocaleCode) {
      search(query: $query, locale: $locale) {
        edges { highlights { title { text isMatch } summary { text isMatch } body { text isMatch } } node { title } }
      }
    }
"""


def highlighted(query: str, locale: str = "FR") -> list[dict[str, str | None]]:
    """The highlights of each page found, with what matches in brackets."""
    edges = ask(HIGHLIGHTS, {"query": query, "locale": locale})["search"]["edges"]
    return [
        {
            name: fragments
            and "".join(f"[{piece['text']}]" if piece["isMatch"] else piece["text"] for piece in fragments)
            for name, fragments in edge["highlights"].items()
        }
        for edge in edges
    ]


def test_highlights_keep_the_text_as_it_is_written(site_tree: SiteTree) -> None:
    filler = "Une phrase qui ne dit rien de plus. " * 12
    body = (
        f'[{{"type": "rich_text", "value": "<p>{filler}</p><p>L’<b>Éta</b>t &amp; le Sénégal &lt;b&gt; négocient.</p>'
        f'<p>{filler}</p>", "id": "1"}}]'
    )
    site_tree.news("Le Sénégal, état des lieux", introduction="Rien à voir.", body=body)
    [only] = highlighted("etats SENEGAL")
    assert only["title"] == "Le [Sénégal], [état] des lieux"
    assert only["summary"] is None
    assert only["body"] is not None
    assert "de plus. L’[État] & le [Sénégal] <b> négocient. Une phrase" in only["body"]
    assert only["body"].startswith("…")
    assert only["body"].endswith("…")
    assert len(only["body"]) < 260

    site_tree.news("زِيَارَةُ الوَزِيرِ إلى مِصْرَ", locale="ar", introduction="استقبل الرئيسُ الوزيـــرَ وَالوفد.")
    [arabic] = highlighted("وزير", "AR")
    assert arabic == {
        "title": "زِيَارَةُ [الوَزِيرِ] إلى مِصْرَ",
        "summary": "استقبل الرئيسُ [الوزيـــرَ] وَالوفد.",
        "body": None,
    }
    # A fallback is marked by the rules of its own language; what is found by its code has nothing to mark.
    assert highlighted("etat senegal", "AR")[0]["title"] == "Le [Sénégal], [état] des lieux"
    assert highlighted("MEX") == [{"title": None, "summary": None, "body": None}]


def test_hostile_words_find_nothing_and_break_nothing(site_tree: SiteTree) -> None:
    site_tree.news("Sommet AND OR NOT NEAR", introduction="terms title_terms fr_sommet")
    hostile = [
        '"', "'", "*", "(" * 90, "a* OR", "NEAR(", "%", "'; DROP TABLE home_searchentry; --", "\\", "-", ":",
        "^sommet:", "terms:", "{terms} : sommet |", "sommet & !x", "sommet <-> x", "fr__x", "_", "__",
        "😀", "😀😀 🇲🇽", "\u202e\u200f", "\u064b\u064c", "ـ", "ـــ", "de la les", "في من", "l'", "d’", "qu'",
        "x" * 200,
        "أ" * 200, "1" * 200, "a " * 99, "ﷺ", "\ufdfa" * 50, "Ⅷ", "½", "ß", "İ", "\u0130" * 100, "漢字", "กขค",
        "e\u0301",
    ]  # fmt: skip
    for text in hostile:
        for locale in ("FR", "AR", "ES"):
            answer = ask(HIGHLIGHTS, {"query": text, "locale": locale})["search"]
            assert all(edge["node"]["title"].startswith("Sommet") for edge in answer["edges"]), text
    # Operators of query languages are words like others.
    assert found("sommet AND") == found("NOT near") == found("sommet NEAR OR") == ["Sommet AND OR NOT NEAR"]
    # Of a thousand words the first twenty count.
    words = "sommet " + " ".join(f"m{number}" for number in range(60))
    assert ask(HIGHLIGHTS, {"query": words[:200]})["search"]["edges"] == []


def test_a_long_text_is_searched_to_its_end(site_tree: SiteTree) -> None:
    words = " ".join(f"mot{number}" for number in range(40_000))
    site_tree.news("Long", body=f'[{{"type": "rich_text", "value": "<p>{words} fin{"x" * 5000}</p>", "id": "1"}}]')
    assert found("mot39999") == ["Long"]
    assert found("mot0 mot1234") == ["Long"]
    assert found("fin" + "x" * 190) == ["Long"]
