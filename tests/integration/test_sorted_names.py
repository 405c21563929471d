"""Countries stand in the order of the reader's language: in answers, cursors included, and in the admin."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from home.language.collation import collation_key
from regions.selectors.choices import sub_region_list_leaves
from tests.asking import ask
from tests.factories.site import SiteTree, site_tree_make
from tests.factories.small_site import user_make

pytestmark = pytest.mark.django_db

CODES = ("EG", "SV", "AE", "EC", "ER", "EE", "ET", "IN", "ZM", "US", "JO", "AZ")
ORDERED = {
    # Égypte, Émirats arabes unis, Équateur, Érythrée, Estonie, États-Unis, Éthiopie … Salvador
    "FR": ["AZ", "EG", "AE", "EC", "ER", "EE", "US", "ET", "IN", "JO", "SV", "ZM"],
    # … Ecuador, Egipto, El Salvador, Emiratos Árabes Unidos, Eritrea, Estados Unidos, Estonia, Etiopía …
    "ES": ["AZ", "EC", "EG", "SV", "AE", "ER", "US", "EE", "ET", "IN", "JO", "ZM"],
    # إثيوبيا أذربيجان إريتريا إستونيا الأردن الإكوادور الإمارات السلفادور الهند الولايات المتحدة زامبيا مصر
    "AR": ["ET", "AZ", "ER", "EE", "JO", "EC", "AE", "SV", "IN", "US", "ZM", "EG"],
}
QUERY = """
    query ($locale: LocaleCode!, $first: Int, $after: String) {
      countries(locale: $locale, first: $first, after: $after, orderBy: NAME_ASC) {
        nodes { code } pageInfo { endCursor hasNextPage }
      }
    }
"""


@pytest.fixture
def tree(db: None) -> SiteTree:
    return site_tree_make(continents=("002", "019", "142", "150"), countries=CODES)


def test_answers(tree: SiteTree) -> None:
    for locale, codes in ORDERED.items():
        nodes = ask(QUERY, {"locale": locale})["countries"]["nodes"]
        assert [node["code"] for node in nodes] == codes, locale
        read, after = [], None
        while True:
            part = ask(QUERY, {"locale": locale, "first": 5, "after": after})["countries"]
            read += [node["code"] for node in part["nodes"]]
            after = part["pageInfo"]["endCursor"]
            if not part["pageInfo"]["hasNextPage"]:
                break
        assert read == codes, locale


def test_parts_of_names(tree: SiteTree) -> None:
    def named(text: str, locale: str) -> list[str]:
        answer = ask(f'{{ countries(locale: {locale}, filter: {{text: "{text}"}}) {{ nodes {{ code }} }} }}')
        return [node["code"] for node in answer["countries"]["nodes"]]

    assert named("egy", "FR") == named("ÉGY", "FR") == ["EG"]
    assert named("emirats arabes", "FR") == named("Émirats  Arabes", "FR") == ["AE"]
    assert named("امارات", "AR") == named("الإمارات", "AR") == ["AE"]
    assert named("etats-u", "FR") == ["US"]
    assert named(" ", "FR") == ORDERED["FR"]
    assert named("!", "FR") == []


def test_the_listing_of_the_admin(tree: SiteTree) -> None:
    for language, locale in (("fr", "fr"), ("ar", "ar"), ("es", "es")):
        client = Client()
        client.force_login(user_make(f"editor-{language}", language=language, superuser=True))
        for ordering, codes in (("title", ORDERED[locale.upper()]), ("-title", ORDERED[locale.upper()][::-1])):
            url = reverse("countries:index")
            html = client.get(url, {"ordering": ordering, "locale": locale}).content.decode()
            titles = {tree.country[locale, code].title: code for code in CODES}
            found = [titles[title] for title in re.findall(r"\n\s+([^\n<>]+?)\s*\n", html) if title in titles]
            assert list(dict.fromkeys(found)) == codes, (language, ordering)


def test_sub_regions_to_choose_from(tree: SiteTree) -> None:
    for code in ("fr", "ar", "es"):
        names = [row.name for row in sub_region_list_leaves(locale=tree.locale[code])]
        assert len(names) > 4
        assert names == sorted(names, key=lambda name: collation_key(name, code))
