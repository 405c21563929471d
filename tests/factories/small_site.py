"""A small site in three languages for tests of the admin and of the plain pages."""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Locale, Page, Site

from home.models import HomePage
from regions.models import ContinentPage, CountryPage, NewsCountryLink, NewsIndexPage, NewsKind, NewsPage, SubRegion
from tests.factories.kept_rows import kept

COUNTRIES = {
    "MX": ("MEX", {"fr": "Mexique", "ar": "المكسيك", "es": "México"}),
    "BR": ("BRA", {"fr": "Brésil", "ar": "البرازيل", "es": "Brasil"}),
    "EG": ("EGY", {"fr": "Égypte", "ar": "مصر", "es": "Egipto"}),
    "ZM": ("ZMB", {"fr": "Zambie", "ar": "زامبيا", "es": "Zambia"}),
}
CONTINENTS = {
    "019": ("Amérique", "أمريكا", "América", ["MX", "BR"]),
    "002": ("Afrique", "أفريقيا", "África", ["EG", "ZM"]),
}
KINDS = {"communique": ("Communiqué", "بلاغ", "Comunicado"), "meeting": ("Entretien", "لقاء", "Reunión")}
CODES = ("fr", "ar", "es")


@dataclass
class SmallSite:
    """The trees by language code: home, index, continents and countries by code, kinds by slug."""

    site: Site
    home: dict[str, HomePage] = field(default_factory=dict)
    index: dict[str, NewsIndexPage] = field(default_factory=dict)
    continent: dict[str, dict[str, ContinentPage]] = field(default_factory=dict)
    country: dict[str, dict[str, CountryPage]] = field(default_factory=dict)
    kind: dict[str, dict[str, NewsKind]] = field(default_factory=dict)
    sub_region: dict[str, SubRegion] = field(default_factory=dict)

    def news(self, title: str, *, code: str = "fr", countries: tuple[str, ...] = (), **fields: Any) -> NewsPage:
        """A live news item of kind « communique » dated 2026-01-15, unless told otherwise."""
        values = {
            "date": datetime.date(2026, 1, 15),
            "kind": self.kind[code]["communique"],
            "locale": self.home[code].locale,
            **fields,
        }
        news = NewsPage(title=title, **values)
        news.country_links = [NewsCountryLink(country=self.country[code][country]) for country in countries]
        self.index[code].add_child(instance=news)
        return news


@kept
def _make() -> None:
    root = Page.objects.get(depth=1)
    root.get_children().delete()
    Site.objects.all().delete()
    root = Page.objects.get(depth=1)
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in CODES}
    keys: dict[object, Any] = {}

    def shared(what: object) -> Any:
        """The translation key of what has the same name in each language."""
        return keys.setdefault(what, uuid.uuid4())

    for position, code in enumerate(CODES):
        locale = locales[code]
        home = HomePage(title=f"Accueil {code}", slug=code, locale=locale, translation_key=shared("home"))
        root.add_child(instance=home)
        if not position:
            Site.objects.create(hostname="testserver", port=80, root_page=home, is_default_site=True)
        home.add_child(
            instance=NewsIndexPage(
                title="Actualités", slug="actualites", locale=locale, translation_key=shared("index")
            )
        )
        for slug, names in KINDS.items():
            NewsKind.objects.create(slug=slug, name=names[position], locale=locale, translation_key=shared(slug))
        SubRegion.objects.create(
            code="419", name=f"419 {code}", continent_code="019", locale=locale, translation_key=shared("419")
        )
        for continent_code, (*titles, members) in CONTINENTS.items():
            continent = ContinentPage(
                title=titles[position],
                slug=f"c{continent_code}",
                code=continent_code,
                locale=locale,
                translation_key=shared(continent_code),
            )
            home.add_child(instance=continent)
            for country_code in members:
                alpha3, in_languages = COUNTRIES[country_code]
                country = CountryPage(
                    title=in_languages[code],
                    slug=country_code.lower(),
                    code=country_code,
                    alpha3=alpha3,
                    locale=locale,
                    translation_key=shared(country_code),
                )
                continent.add_child(instance=country)


def small_site_make() -> SmallSite:
    """Two continents with two countries each, two kinds of news and a news index, in fr, ar and es.

    In an empty database only; the process keeps it and puts it back.
    """
    _make()
    result = SmallSite(
        site=Site.objects.get(),
        home={page.locale_code: page for page in HomePage.objects.select_related("locale")},
        index={page.locale_code: page for page in NewsIndexPage.objects.select_related("locale")},
        continent={code: {} for code in CODES},
        country={code: {} for code in CODES},
        kind={code: {} for code in CODES},
        sub_region={row.locale.language_code: row for row in SubRegion.objects.select_related("locale")},
    )
    for continent in ContinentPage.objects.select_related("locale"):
        result.continent[continent.locale_code][continent.code] = continent
    for country in CountryPage.objects.select_related("locale"):
        result.country[country.locale_code][country.code] = country
    for kind in NewsKind.objects.select_related("locale"):
        result.kind[kind.locale.language_code][kind.slug] = kind
    return result


def user_make(username: str, *, language: str = "fr", superuser: bool = False, groups: tuple[Group, ...] = ()) -> Any:
    """A user of the admin whose interface is in ``language``."""
    from wagtail.users.models import UserProfile

    User = get_user_model()
    user = User.objects.create_user(username, f"{username}@example.org", "password")
    user.is_superuser = superuser
    user.save()
    user.groups.set(groups)
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


def group_make(name: str, *, pages: list[Page], permissions: tuple[str, ...]) -> Group:
    """A group that may enter the admin and has ``permissions`` (``add_page`` …) on the given trees."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for page in pages:
        for codename in permissions:
            permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    return group
