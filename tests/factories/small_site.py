"""A small site in three languages for tests of the admin and of the plain pages."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Locale, Page, Site

from home.models import HomePage
from regions.models import ContinentPage, CountryPage, NewsCountryLink, NewsIndexPage, NewsKind, NewsPage, SubRegion

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


def _keyed(source: Any) -> dict[str, Any]:
    return {"translation_key": source.translation_key} if source else {}


def small_site_make() -> SmallSite:
    """Two continents with two countries each, two kinds of news and a news index, in fr, ar and es."""
    root = Page.objects.get(depth=1)
    root.get_children().delete()
    Site.objects.all().delete()
    root = Page.objects.get(depth=1)
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in CODES}
    result: SmallSite | None = None
    for position, code in enumerate(CODES):
        locale = locales[code]
        source = result if position else None
        home = HomePage(title=f"Accueil {code}", slug=code, locale=locale, **_keyed(source and source.home["fr"]))
        root.add_child(instance=home)
        if result is None:
            result = SmallSite(
                site=Site.objects.create(hostname="testserver", port=80, root_page=home, is_default_site=True)
            )
        result.home[code] = home
        index = NewsIndexPage(
            title="Actualités", slug="actualites", locale=locale, **_keyed(source and source.index["fr"])
        )
        result.index[code] = home.add_child(instance=index)
        result.kind[code] = {
            slug: NewsKind.objects.create(
                slug=slug, name=names[position], locale=locale, **_keyed(source and source.kind["fr"][slug])
            )
            for slug, names in KINDS.items()
        }
        result.sub_region[code] = SubRegion.objects.create(
            code="419",
            name=f"419 {code}",
            continent_code="019",
            locale=locale,
            **_keyed(source and source.sub_region["fr"]),
        )
        result.continent[code], result.country[code] = {}, {}
        for continent_code, (*titles, members) in CONTINENTS.items():
            continent = ContinentPage(
                title=titles[position],
                slug=f"c{continent_code}",
                code=continent_code,
                locale=locale,
                **_keyed(source and source.continent["fr"][continent_code]),
            )
            result.continent[code][continent_code] = home.add_child(instance=continent)
            for country_code in members:
                alpha3, names = COUNTRIES[country_code]
                country = CountryPage(
                    title=names[code],
                    slug=country_code.lower(),
                    code=country_code,
                    alpha3=alpha3,
                    locale=locale,
                    **_keyed(source and source.country["fr"][country_code]),
                )
                result.country[code][country_code] = continent.add_child(instance=country)
    assert result is not None
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
