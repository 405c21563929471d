"""Public paths of rows, whichever of the sites' home pages they stand below."""

from home.selectors.paths import SitePaths, SiteRoot


def root(site_id: int, tree_path: str, url_path: str, locale: str) -> SiteRoot:
    return SiteRoot(site_id, "example.org", 80, site_id == 1, tree_path, url_path, locale, "http://example.org")


MAIN = [root(1, "00010001", "/accueil/", "fr"), root(1, "00010002", "/inicio/", "es")]
# An embassy's site, whose home page stands within the ministry's.
EMBASSY = root(2, "000100010004", "/accueil/ambassade/", "fr")
ROWS = [
    {"path": "000100010003", "url_path": "/accueil/amerique/"},
    {"path": "000100020001", "url_path": "/inicio/america/"},
    {"path": "0001000100040001", "url_path": "/accueil/ambassade/visas/"},
    {"path": "00010001", "url_path": "/accueil/"},
    {"path": "00010009", "url_path": "/perdu/"},
]


def test_rows_of_one_list_may_stand_below_different_home_pages() -> None:
    paths = SitePaths(roots=MAIN, site_id=1)
    expected = ["/fr/amerique/", "/es/america/", "/fr/ambassade/visas/", "/fr/", None]
    assert paths.paths(ROWS) == expected
    assert paths.paths(ROWS[::-1]) == expected[::-1]
    assert [paths.path(row) for row in ROWS] == expected
    assert paths.paths([]) == []


def test_a_home_page_within_another_sites_takes_its_own_pages_when_its_site_is_asked() -> None:
    of_embassy = SitePaths(roots=[*MAIN, EMBASSY], site_id=2)
    expected = ["/fr/amerique/", "/es/america/", "/fr/visas/", "/fr/", None]
    assert of_embassy.paths(ROWS) == expected
    assert of_embassy.paths(ROWS[::-1]) == expected[::-1]
    of_ministry = SitePaths(roots=[*MAIN, EMBASSY], site_id=1)
    assert of_ministry.paths(ROWS) == ["/fr/amerique/", "/es/america/", "/fr/ambassade/visas/", "/fr/", None]
