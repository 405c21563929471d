"""News in the admin: the form, the listing and its filters."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from regions.models import NewsCountryLink, NewsPage
from tests.factories.small_site import SmallSite, small_site_make, user_make

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def tree(db) -> SmallSite:
    return small_site_make()


@pytest.fixture
def editor(client, tree):
    user = user_make("chief", superuser=True)
    client.force_login(user)
    return client


def news_data(tree: SmallSite, *, code: str = "fr", countries: list[dict] | None = None, **changes) -> dict:
    """The POST data of a news form; ``initial`` counts the rows that are already there."""
    rows = countries or []
    data = {
        "title": "Un communiqué",
        "slug": "un-communique",
        "kind": tree.kind[code]["communique"].pk,
        "date": "2026-02-03",
        "introduction": "",
        "image": "",
        "image_alt": "",
        "image_credit": "",
        "body": streamfield([]),
        "country_links": inline_formset(rows, initial=sum("id" in row for row in rows)),
        "continent_links": inline_formset([]),
        **{name: inline_formset([]) for name in ("person_links", "organisation_links")},
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        **changes,
    }
    return nested_form_data(data)


def add_url(tree: SmallSite, code: str = "fr") -> str:
    return reverse("wagtailadmin_pages:add", args=["regions", "newspage", tree.index[code].pk])


def options(html: str, name: str) -> list[tuple[str, str]]:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', html, re.DOTALL)
    assert select, name
    return re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', select[0])


def test_form_offers_names_in_the_language_of_the_page(editor, tree) -> None:
    html = editor.get(add_url(tree)).content.decode()
    assert options(html, "country_links-__prefix__-country") == [
        ("", "Choisir…"),
        *(
            (str(tree.country["fr"][code].pk), name)
            for code, name in [
                ("BR", "Brésil"),
                ("EG", "Égypte"),
                ("MX", "Mexique"),
                ("ZM", "Zambie"),
            ]
        ),
    ]
    assert [name for _pk, name in options(html, "kind")][1:] == ["Communiqué", "Entretien"]
    html = editor.get(add_url(tree, "ar")).content.decode()
    assert [name for _pk, name in options(html, "country_links-__prefix__-country")][1:] == [
        "البرازيل",
        "المكسيك",
        "زامبيا",
        "مصر",
    ]
    assert [name for _pk, name in options(html, "kind")][1:] == ["بلاغ", "لقاء"]


def test_editor_publishes_an_item_about_two_countries(editor, tree) -> None:
    rows = [{"country": tree.country["fr"]["MX"].pk}, {"country": tree.country["fr"]["BR"].pk}]
    response = editor.post(add_url(tree), {**news_data(tree, countries=rows), "action-publish": "1"})
    assert response.status_code == 302
    news = NewsPage.objects.get(slug="un-communique")
    assert (news.live, news.date) == (True, datetime.date(2026, 2, 3))
    assert [link.country.code for link in news.country_links.all()] == ["MX", "BR"]


def test_same_country_twice_is_a_form_error(editor, tree) -> None:
    rows = [{"country": tree.country["fr"]["MX"].pk}, {"country": tree.country["fr"]["MX"].pk}]
    response = editor.post(add_url(tree), {**news_data(tree, countries=rows), "action-publish": "1"})
    assert response.status_code == 200
    text = BeautifulSoup(response.content, "html.parser").get_text()
    assert "Le même lieu figure deux fois dans cette liste." in text
    assert "Ce lieu figure déjà dans la liste ci-dessus." in text
    assert not NewsPage.objects.exists()


def test_two_rows_can_exchange_their_countries(editor, tree) -> None:
    news = tree.news("Échange", countries=("MX", "BR"), slug="echange")
    mexico, brazil = tree.country["fr"]["MX"], tree.country["fr"]["BR"]
    first, second = news.country_links.all()
    rows = [{"id": first.pk, "country": brazil.pk}, {"id": second.pk, "country": mexico.pk}]
    data = news_data(tree, title="Échange", slug="echange", countries=rows)
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[news.pk]), {**data, "action-publish": "1"})
    assert response.status_code == 302
    links = NewsCountryLink.objects.filter(page=news).order_by("sort_order")
    assert [link.country.code for link in links] == ["BR", "MX"]


def test_a_row_moves_on_while_another_takes_its_country(editor, tree) -> None:
    news = tree.news("Suite", countries=("MX", "BR"), slug="suite")
    country = tree.country["fr"]
    first, second = news.country_links.all()
    rows = [{"id": first.pk, "country": country["BR"].pk}, {"id": second.pk, "country": country["EG"].pk}]
    data = news_data(tree, title="Suite", slug="suite", countries=rows)
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[news.pk]), {**data, "action-publish": "1"})
    assert response.status_code == 302
    links = NewsCountryLink.objects.filter(page=news).order_by("sort_order")
    assert [link.country.code for link in links] == ["BR", "EG"]


def test_link_to_the_page_of_another_language_shows_the_name_in_this_one(editor, tree) -> None:
    news = tree.news("خبر", code="ar", slug="khabar")
    news.country_links = [NewsCountryLink(country=tree.country["fr"]["MX"])]
    news.save()
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    select = re.search(r'<select[^>]*name="country_links-0-country".*?</select>', html, re.DOTALL)
    assert select
    assert re.findall(r"<option [^>]*selected>([^<]*)<", select[0]) == ["المكسيك"]


def test_statements_of_the_form_do_not_depend_on_the_number_of_countries(
    editor, tree, django_assert_max_num_queries
) -> None:
    counts = []
    for number in (1, 4):
        codes = tuple(tree.country["fr"])[:number]
        news = tree.news(f"Sur {number}", countries=codes)
        url = reverse("wagtailadmin_pages:edit", args=[news.pk])
        editor.get(url)
        with django_assert_max_num_queries(200) as captured:
            assert editor.get(url).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_listing_shows_what_counts(editor, tree) -> None:
    tree.news("Deux pays", countries=("MX", "BR"), featured=True)
    arabic = tree.news("بلاغ", code="ar", date=datetime.date(2026, 3, 1))
    arabic.country_links = [NewsCountryLink(country=tree.country["fr"]["EG"])]
    arabic.save()
    page = BeautifulSoup(editor.get(reverse("news:index")).content, "html.parser")
    table = page.find("table", class_="listing")
    heads = [cell.get_text(" ", strip=True) for cell in table.thead.find_all(["th", "td"])]
    assert [head.split("(")[0].strip() for head in heads][2:] == [
        "Nature", "Date", "Pays", "À la une", "Langue", "Statut", "Mis à jour",
    ]  # fmt: skip
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in table.tbody.find_all("tr")]
    assert [row[1].split(" ")[0] for row in rows] == ["بلاغ", "Deux"]
    assert rows[0][2:5] == ["بلاغ", "1 mars 2026", "مصر"]
    assert rows[1][2:7] == ["Communiqué", "15 janvier 2026", "Mexique, Brésil", "À la une", "Français"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=meeting", {"Entretien MX", "لقاء"}),
        ("kind=meeting&locale=fr", {"Entretien MX"}),
        ("date_from=2026-02-01&date_to=2026-02-28", {"Février"}),
        ("featured=true", {"Février"}),
        ("status=draft", {"Brouillon"}),
        ("q=Entretien", {"Entretien MX"}),
        ("q=Entretien&kind=communique", set()),
    ],
)
def test_listing_filters(editor, tree, query, expected) -> None:
    meeting = {code: tree.kind[code]["meeting"] for code in ("fr", "ar")}
    tree.news("Entretien MX", kind=meeting["fr"], countries=("MX",))
    tree.news("لقاء", code="ar", kind=meeting["ar"])
    tree.news("Février", date=datetime.date(2026, 2, 10), featured=True)
    tree.news("Brouillon", live=False)
    response = editor.get(f"{reverse('news:index')}?{query}")
    assert response.status_code == 200
    assert {page.title for page in response.context["pages"]} == expected


def test_listing_filters_by_country_whatever_the_language_of_the_link(editor, tree) -> None:
    tree.news("Sur le Mexique", countries=("MX",))
    tree.news("عن المكسيك", code="ar", countries=("MX",))
    tree.news("Sur le Brésil", countries=("BR",))
    response = editor.get(f"{reverse('news:index')}?country={tree.country['fr']['MX'].pk}")
    assert {page.title for page in response.context["pages"]} == {"Sur le Mexique", "عن المكسيك"}


@pytest.mark.parametrize("query", ["", "?q=Point", "?kind=communique&status=live"])
def test_statements_of_the_listing_do_not_depend_on_the_number_of_items(
    editor, tree, query, django_assert_max_num_queries
) -> None:
    url = reverse("news:index") + query
    counts = []
    for number in (1, 12):
        while NewsPage.objects.count() < number:
            tree.news(f"Point {NewsPage.objects.count()}", countries=("MX", "BR"))
        editor.get(url)
        with django_assert_max_num_queries(200) as captured:
            response = editor.get(url)
        assert len(response.context["pages"]) == number
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_countries_listing(editor, tree, django_assert_max_num_queries) -> None:
    response = editor.get(f"{reverse('countries:index')}?locale=fr&continent=019")
    assert [page.title for page in response.context["pages"]] == ["Brésil", "Mexique"]
    html = response.content.decode()
    assert "Amérique" in html
    with django_assert_max_num_queries(200) as few:
        editor.get(f"{reverse('countries:index')}?locale=fr&continent=019")
    with django_assert_max_num_queries(200) as all_rows:
        assert len(editor.get(reverse("countries:index")).context["pages"]) == 12
    assert len(all_rows) <= len(few)
