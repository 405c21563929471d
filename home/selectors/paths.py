"""Public paths and addresses of pages, computed from ``url_path`` and the sites' home pages.

``Page.get_url`` costs statements and microseconds for each page; here one statement serves a whole request.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

_ROOTS = """SELECT site.id, site.hostname, site.port, site.is_default_site,
           home.path, home.url_path, locale.language_code
    FROM wagtailcore_site site
    JOIN wagtailcore_page root ON root.id = site.root_page_id
    JOIN wagtailcore_page home ON home.translation_key = root.translation_key
    JOIN wagtailcore_locale locale ON locale.id = home.locale_id
    ORDER BY home.url_path DESC, site.is_default_site DESC, site.hostname, site.id
"""


class SiteRoot(NamedTuple):
    """The home page of one site in one language. ``tree_path`` is treebeard's; ``address`` has no slash at its end."""

    site_id: int
    hostname: str
    port: int
    is_default: bool
    tree_path: str
    url_path: str
    locale: str
    address: str


class SitePaths:
    """Where pages stand on the public websites, seen from the site ``site_id``."""

    def __init__(self, *, roots: Sequence[SiteRoot], site_id: int | None) -> None:
        self.roots = roots
        self.site_id = site_id
        # A page that several sites show belongs first to the site asked, then to the default one.
        self._preferred = sorted(roots, key=lambda root: (root.site_id != site_id, -len(root.tree_path)))

    def root_of(self, page: Mapping[str, Any]) -> SiteRoot | None:
        """The home page above ``page`` (a row with ``path``), or None for a page of no site."""
        path = page["path"]
        for root in self._preferred:
            if path.startswith(root.tree_path):
                return root
        return None

    def path(self, page: Mapping[str, Any]) -> str | None:
        """The public path of a row with ``path`` and ``url_path``, for example ``/ar/amerique/mexique/``."""
        return self.paths([page])[0]

    def paths(self, pages: Iterable[Mapping[str, Any]]) -> list[str | None]:
        """The public paths of rows, as ``path`` gives each."""
        rows = list(pages)
        usual = self.root_of(rows[0]) if rows else None
        if usual is None or not self._is_innermost(usual):
            return [self._path(row) for row in rows]
        # Most lists stand below one home page: there is nothing to look for.
        start, prefix, length = usual.tree_path, f"/{usual.locale}/", len(usual.url_path)
        return [prefix + row["url_path"][length:] if row["path"].startswith(start) else self._path(row) for row in rows]

    def _path(self, page: Mapping[str, Any]) -> str | None:
        root = self.root_of(page)
        return None if root is None else f"/{root.locale}/{page['url_path'][len(root.url_path) :]}"

    def _is_innermost(self, root: SiteRoot) -> bool:
        """Whether whatever stands below a home page has no other one that comes first."""
        return not any(each.tree_path.startswith(root.tree_path) for each in self._preferred if each is not root)

    def url(self, page: Mapping[str, Any]) -> str | None:
        """The public path with scheme and host: the website's (``FRONTEND_URL``) or else the site's own."""
        root = self.root_of(page)
        return None if root is None else f"{root.address}/{root.locale}/{page['url_path'][len(root.url_path) :]}"

    def home(self, *, locale: str, site_id: int | None) -> SiteRoot | None:
        """The home page of a site in one language."""
        return next((root for root in self.roots if root.site_id == site_id and root.locale == locale), None)


def site_roots_read() -> list[SiteRoot]:
    """The home pages of every site, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ROOTS)
        rows = cursor.fetchall()
    roots = []
    for row_site, hostname, port, is_default, tree_path, url_path, locale in rows:
        scheme, suffix = ("https", "") if port == 443 else ("http", "" if port == 80 else f":{port}")
        address = settings.DIWAN_FRONTEND_URL.rstrip("/") or f"{scheme}://{hostname}{suffix}"
        roots.append(SiteRoot(row_site, hostname, port, bool(is_default), tree_path, url_path, locale, address))
    return roots


def site_id_of_host(roots: Sequence[SiteRoot], hostname: str, port: int) -> int | None:
    """The site that a host addresses, by Wagtail's own rules (``Site.find_for_request``), or None."""
    sites = {root.site_id: root for root in roots if root.hostname == hostname or root.is_default}
    exact = [root for root in sites.values() if (root.hostname, root.port) == (hostname, port)]
    named_default = [root for root in sites.values() if root.hostname == hostname and root.is_default]
    if exact or named_default:
        return (exact or named_default)[0].site_id
    default = [root for root in sites.values() if root.is_default]
    others = [root for root in sites.values() if not root.is_default]
    if len(others) == 1:
        return others[0].site_id
    return default[0].site_id if default else None
