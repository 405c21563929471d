"""Addresses that editors typed, where they could have chosen a page: those of hidden pages are not told."""

from collections.abc import Iterable
from urllib.parse import SplitResult, urljoin, urlsplit

from api.context import GraphQLContext
from api.errors import BadUserInput
from api.execution import BatchLoader, Deferred
from api.pages.nodes import TYPE_BY_MODEL
from api.pages.route_path import RoutePath, route_path_parse
from home.selectors.pages import Row, page_references_by_url_paths
from home.selectors.paths import SitePaths
from home.selectors.visibility import Gate

# Nobody types a path of more steps, and each is looked up.
_MAX_STEPS = 20


class HiddenAddressLoader(BatchLoader[str, bool]):
    """Whether an address leads to a page that is not for the public, or below one. One statement, and often none."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    def batch_load(self, keys: list[str]) -> dict[str, bool]:
        steps = {key: _steps(key, self.gate.paths) for key in keys}
        url_paths = {url_path for found in steps.values() for step in found or () for url_path in step}
        rows = {row["url_path"]: row for row in page_references_by_url_paths(url_paths=url_paths)} if url_paths else {}
        # Hidden ones too: the answer is another one when they are published.
        self.gate.seen.extend((TYPE_BY_MODEL.get(row["model"], ""), [row]) for row in rows.values())
        return {key: found is None or self._is_hidden(found, rows) for key, found in steps.items()}

    def _is_hidden(self, steps: Iterable[tuple[str, ...]], rows: dict[str, Row]) -> bool:
        standing = (next((rows[path] for path in step if path in rows), None) for step in steps)
        return any(row is not None and not self.gate.allows(row) for row in standing)


def address_load(context: GraphQLContext, address: str) -> Deferred[str | None]:
    """``address``, or None where it is the path of a page that is not for the public, or stands below one."""
    if not _site_ids(address, context.paths):
        return Deferred.resolved(address)
    loader = context.loaders.get(HiddenAddressLoader, context.gate)
    return loader.load(address).then(lambda is_hidden: None if is_hidden else address)


def own_path(address: str, paths: SitePaths, *, site_id: int | None) -> str | None:
    """The path of an address within a site, as browsers ask for it; None for another site's or website's.

    Raises BadUserInput for what is no address.
    """
    if not address.startswith("/"):
        parts = _split(address)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        if all(root.site_id != site_id or root.address.lower() != origin for root in paths.roots):
            return None
    return _asked_path(address)


def _split(address: str) -> SplitResult:
    try:
        # Browsers take backslashes for slashes.
        return urlsplit(address.replace("\\", "/"))
    except ValueError:
        raise BadUserInput("This is no address.") from None


def _asked_path(address: str) -> str:
    parts = _split(address)
    # Browsers follow dot segments themselves.
    path = urlsplit(urljoin("https://site/", "/" + parts.path.lstrip("/"))).path
    return path + (f"?{parts.query}" if parts.query else "")


def _site_ids(address: str, paths: SitePaths) -> set[int | None]:
    """The sites whose pages may stand at an address."""
    if address.startswith("/"):
        return {paths.site_id}
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return set()
    if parts.scheme.lower() not in ("http", "https"):
        return set()
    return {root.site_id for root in paths.roots if host in (root.hostname.lower(), urlsplit(root.address).hostname)}


def _steps(address: str, paths: SitePaths) -> list[tuple[str, ...]] | None:
    """For each page on the way to an address, the ``url_path``s it may have, best first; None for what is no path."""
    try:
        wanted = route_path_parse(_asked_path(address))
    except BadUserInput:
        return None
    if wanted.locale is None:
        return []
    return [step for site_id in _site_ids(address, paths) for step in _steps_below_home(wanted, paths, site_id)]


def _steps_below_home(wanted: RoutePath, paths: SitePaths, site_id: int | None) -> list[tuple[str, ...]]:
    home = paths.home(locale=wanted.locale or "", site_id=site_id)
    if home is None:
        return []
    ways = ["".join(f"{slug}/" for slug in wanted.slugs[:end]) for end in range(1, len(wanted.slugs[:_MAX_STEPS]) + 1)]
    return [(home.url_path,), *((home.url_path + way, home.url_path + way.lower()) for way in ways)]
