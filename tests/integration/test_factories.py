"""The factories make what their docstrings say."""

from wagtail.models import Page

from tests.factories import (
    ContinentPageFactory,
    CountryPageFactory,
    DocumentFactory,
    HomePageFactory,
    ImageFactory,
    LocaleFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    SiteTree,
    StandardPageFactory,
    SubRegionFactory,
)


def test_a_page_takes_the_locale_of_its_parent(db) -> None:
    home = HomePageFactory(locale=LocaleFactory(language_code="ar"))
    continent = ContinentPageFactory(parent=home)
    country = CountryPageFactory(parent=continent, code="BR")
    page = StandardPageFactory(parent=home, title="الوزارة")
    news = NewsPageFactory(parent=NewsIndexPageFactory(parent=home), countries=[country], continents=[continent])
    assert (country.title, country.alpha3, country.url_path) == ("البرازيل", "BRA", "/ar/amerique/bresil/")
    assert page.slug == "lwzrh"
    assert {home.locale_code, continent.locale_code, country.locale_code, news.locale_code} == {"ar"}
    assert news.kind.locale == news.locale
    assert [link.country_id for link in news.country_links.all()] == [country.pk]
    assert [link.continent_id for link in news.continent_links.all()] == [continent.pk]
    assert Page.find_problems() == ([], [], [], [], [])


def test_media(db) -> None:
    image, document = ImageFactory(), DocumentFactory()
    assert (image.width, image.height, image.collection.name) == (640, 400, "Root")
    assert document.file.read() == b"A document.\n"
    assert SubRegionFactory().name == SubRegionFactory(name="another").name == "Amérique centrale"


def test_small_site(site_tree: SiteTree) -> None:
    news = site_tree.news("Visite", locale="es", kind="visit", countries=["MX"], featured=True)
    assert news.get_url() == "/es/actualites/visite/"
    assert site_tree.country["es", "MX"].title == "México"
    assert len(site_tree.country) == 24
