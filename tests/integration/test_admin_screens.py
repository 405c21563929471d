"""The rest of the admin: lists, the site's menus and settings, tree rules, the dashboard, languages and directions."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import CustomImage, HomePage, NavigationMenu, SiteSettings
from regions.models import ContinentPage, NewsIndexPage, NewsKind
from tests.factories.small_site import SmallSite, group_make, small_site_make, user_make

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def tree(db) -> SmallSite:
    return small_site_make()


@pytest.fixture
def chief(client, tree):
    client.force_login(user_make("chief", superuser=True))
    return client


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def listed(response) -> list[list[str]]:
    table = page_of(response).find("table", class_="listing")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in table.tbody.find_all("tr")]


# --- Lists and site ------------------------------------------------------------------------------------------------
def test_kinds_are_listed_searched_and_filtered_by_language(chief, tree) -> None:
    url = reverse("wagtailsnippets_regions_newskind:list")
    rows = listed(chief.get(f"{url}?locale=ar"))
    assert [(row[1].split(" ")[0], *row[2:]) for row in rows] == [
        ("بلاغ", "communique", "100", "Arabe"),
        ("لقاء", "meeting", "100", "Arabe"),
    ]
    found = chief.get(f"{url}?q=Reuni").context["page_obj"].object_list
    assert [kind.name for kind in found] == ["Reunión"]


@pytest.mark.parametrize("name", ["regions_newskind", "regions_subregion", "home_navigationmenu", "home_sitesettings"])
def test_statements_of_lists_do_not_depend_on_the_number_of_rows(
    chief, tree, name, django_assert_max_num_queries
) -> None:
    url = reverse(f"wagtailsnippets_{name}:list")
    counts = []
    for codes in (["fr"], ["ar", "es"]):
        for code in codes:
            locale = tree.home[code].locale
            SiteSettings.objects.create(site=tree.site, locale=locale, ministry_name=f"Ministère {code}")
            NavigationMenu.objects.create(site=tree.site, locale=locale, location="header")
        chief.get(url)
        query = f"{url}?locale=fr" if codes == ["fr"] else url
        with django_assert_max_num_queries(200) as captured:
            assert chief.get(query).status_code == 200
        counts.append(len(captured))
    assert counts[1] <= counts[0]


@pytest.mark.parametrize("in_bulk", [False, True])
@pytest.mark.parametrize("indexed", [True, False])
def test_kind_in_use_is_not_deleted(chief, tree, in_bulk, indexed) -> None:
    tree.news("Un communiqué")
    if not indexed:
        ReferenceIndex.objects.all().delete()
    used, unused = tree.kind["fr"]["communique"], tree.kind["fr"]["meeting"]
    one = reverse("wagtailsnippets_regions_newskind:delete", args=[used.pk])
    selection = reverse("wagtail_bulk_action", args=["regions", "newskind", "delete"])
    url = f"{selection}?id={used.pk}&id={unused.pk}" if in_bulk else one
    response = chief.post(url, follow=True)
    assert [str(message).strip() for message in response.context["messages"]] == [
        "« Communiqué » est utilisé et ne peut pas être supprimé : modifiez d’abord les pages qui s’y réfèrent."
    ]
    assert NewsKind.objects.filter(pk__in=[used.pk, unused.pk]).count() == 2
    chief.post(reverse("wagtailsnippets_regions_newskind:delete", args=[unused.pk]))
    assert not NewsKind.objects.filter(pk=unused.pk).exists()


def test_settings_and_menus_are_edited_but_neither_added_nor_deleted(chief, tree) -> None:
    locale = tree.home["fr"].locale
    menu = NavigationMenu.objects.create(site=tree.site, locale=locale, location="header")
    assert listed(chief.get(reverse("wagtailsnippets_home_navigationmenu:list")))[0][1].startswith("En-tête")
    for view, args in [("add", []), ("delete", [menu.pk])]:
        response = chief.get(reverse(f"wagtailsnippets_home_navigationmenu:{view}", args=args), follow=True)
        assert response.redirect_chain == [(reverse("wagtailadmin_home"), 302)], view
    link = {"page": tree.country["fr"]["MX"].pk, "url": "", "label": "", "children": streamfield([])}
    data = nested_form_data({"items": streamfield([("item", link)])})
    response = chief.post(reverse("wagtailsnippets_home_navigationmenu:edit", args=[menu.pk]), data)
    assert response.status_code == 302
    menu.refresh_from_db()
    assert [entry.value["page"].pk for entry in menu.items] == [tree.country["fr"]["MX"].pk]


# --- Trees ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("model", "parent"),
    [
        ("newspage", "home"),
        ("newspage", "continent"),
        ("countrypage", "home"),
        ("countrypage", "country"),
        ("continentpage", "continent"),
        ("newsindexpage", "continent"),
        ("newsindexpage", "home"),
    ],
)
def test_wrong_nesting_is_refused(chief, tree, model, parent) -> None:
    above = {"home": tree.home["fr"], "continent": tree.continent["fr"]["019"], "country": tree.country["fr"]["MX"]}
    url = reverse("wagtailadmin_pages:add", args=["regions", model, above[parent].pk])
    count = Page.objects.count()
    response = chief.get(url, follow=True)
    assert response.redirect_chain == [(reverse("wagtailadmin_home"), 302)]
    chief.post(url, {"title": "Ailleurs", "slug": "ailleurs"})
    assert Page.objects.count() == count


def test_second_continent_of_the_same_code_is_a_form_error(chief, tree) -> None:
    data = {
        "title": "Amériques",
        "slug": "ameriques",
        "code": "019",
        "menu_label": "",
        "heading": "",
        "introduction": "",
        "image": "",
        "image_alt": "",
        "image_credit": "",
        "body": streamfield([]),
        "pinned_news": inline_formset([]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
    }
    url = reverse("wagtailadmin_pages:add", args=["regions", "continentpage", tree.home["fr"].pk])
    response = chief.post(url, {**nested_form_data(data), "action-publish": "1"})
    assert response.status_code == 200
    assert response.context["form"].errors == {"code": ["Une autre page de cette langue représente déjà cet élément."]}
    assert ContinentPage.objects.filter(locale_code="fr", code="019").count() == 1


def test_country_offers_the_sub_regions_of_its_continent_and_language(chief, tree) -> None:
    def offered(country) -> list[str]:
        page = page_of(chief.get(reverse("wagtailadmin_pages:edit", args=[country.pk])))
        return [option.get_text() for option in page.select('select[name="sub_region"] option')]

    assert offered(tree.country["ar"]["MX"]) == ["Aucun", "419 ar"]
    assert offered(tree.country["fr"]["EG"]) == ["Aucun"]


# --- Dashboard -----------------------------------------------------------------------------------------------------
def just_published(client) -> list[list[str]]:
    panel = page_of(client.get(reverse("wagtailadmin_home"))).find(id="just-published-section")
    if panel is None:
        return []
    return [[cell.get_text(" ", strip=True) for cell in row.find_all("td")][:4] for row in panel.tbody.find_all("tr")]


def published(tree: SmallSite, title: str, user, **fields):
    news = tree.news(title, live=False, **fields)
    news.save_revision(user=user).publish(user=user)
    news.refresh_from_db()
    return news


def test_dashboard_shows_what_was_published_last_in_the_users_trees(client, tree) -> None:
    group = group_make("Espagnol", pages=[tree.home["es"]], permissions=("change_page", "publish_page"))
    chief, spanish = user_make("chief", superuser=True), user_make("espanol", groups=(group,))
    client.force_login(chief)
    assert just_published(client) == []
    first = published(tree, "Premier", chief)
    published(tree, "Primero", spanish, code="es", kind=tree.kind["es"]["communique"])
    first.save_revision(user=chief).publish(user=chief)
    withdrawn = published(tree, "Retiré", chief)
    withdrawn.unpublish()
    assert just_published(client) == [
        ["Premier", "Français", "Actualité", "chief"],
        ["Primero", "Espagnol", "Actualité", "espanol"],
    ]
    client.force_login(spanish)
    assert just_published(client) == [["Primero", "Espagnol", "Actualité", "espanol"]]


def test_statements_of_the_panel_do_not_depend_on_the_number_of_publications(
    client, tree, django_assert_max_num_queries
) -> None:
    user = user_make("chief", superuser=True)
    reader = user_make("reader", superuser=True)
    client.force_login(reader)
    counts = []
    for number in (1, 8):
        for position in range(number):
            published(tree, f"{number}-{position}", user)
        client.get(reverse("wagtailadmin_home"))
        with django_assert_max_num_queries(200) as captured:
            assert len(just_published(client)) == min(8, 1 if number == 1 else 8)
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- Languages -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "direction", "menu"),
    [("fr", "ltr", "Actualités"), ("ar", "rtl", "الأخبار"), ("es", "ltr", "Noticias"), ("en", "ltr", "News items")],
)
def test_admin_is_in_the_users_language_and_direction(client, tree, language, direction, menu) -> None:
    client.force_login(user_make("someone", superuser=True, language=language))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    root = BeautifulSoup(html, "html.parser").html
    assert (root["lang"], root["dir"]) == (language, direction)
    listing = page_of(client.get(reverse("news:index")))
    assert listing.find("h1").get_text(strip=True) == menu
    assert "home/css/admin.css" in html


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("es", "ltr"), ("fr", "ltr")])
def test_login_page_is_in_the_browsers_language(client, tree, language, direction) -> None:
    root = page_of(client.get(reverse("wagtailadmin_login"), headers={"accept-language": language})).html
    assert (root["lang"], root["dir"]) == (language, direction)


def test_pictures_have_a_credit_in_their_form(chief, tree) -> None:
    picture = CustomImage.objects.create(title="Salle", file=get_test_image_file(), credit="Ministère")
    form = page_of(chief.get(reverse("wagtailimages:edit", args=[picture.pk])))
    assert form.find("input", {"name": "credit"})["value"] == "Ministère"
    data = {"title": "Salle", "collection": picture.collection_id, "credit": "Agence", "tags": "", "description": ""}
    assert chief.post(reverse("wagtailimages:edit", args=[picture.pk]), data).status_code == 302
    picture.refresh_from_db()
    assert picture.credit == "Agence"


@pytest.mark.parametrize("name", ["wagtailimages:index", "wagtaildocs:index", "wagtailredirects:index"])
def test_media_and_redirects_have_their_screens(chief, tree, name) -> None:
    assert chief.get(reverse(name)).status_code == 200


def test_search_finds_pages_of_every_language(chief, tree) -> None:
    tree.news("مباحثات حول المكسيك", code="ar", date=datetime.date(2026, 1, 1))
    response = chief.get(reverse("wagtailadmin_pages:search"), {"q": "مباحثات"})
    assert [page.title for page in response.context["pages"]] == ["مباحثات حول المكسيك"]


def test_one_home_page_and_one_news_index_for_each_language(tree) -> None:
    assert HomePage.objects.count() == NewsIndexPage.objects.count() == 3
    assert not NewsIndexPage.can_create_at(tree.home["fr"])
