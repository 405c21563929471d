"""The root field ``route``: what stands at a public path.

In this order: the page itself; a private page; a redirect; a page that is no longer published; the page in another
language of the chain whose slugs are the same (a declared fallback, with its own path); nothing.
"""

from collections.abc import Iterable
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.context import GraphQLContext
from api.errors import BadUserInput
from api.execution import Deferred
from api.locales import scope_arguments, scope_of
from api.missions.missions import Mission, MissionIndex
from api.missions.organisations import Organisation, OrganisationIndex
from api.missions.people import Person, PersonIndex
from api.pages.addresses import address_load, own_path
from api.pages.nodes import TYPE_BY_MODEL, Node, node_load, page_path, page_reference_load, page_url
from api.pages.route_path import RoutePath, route_path_parse
from api.pages.types import HomePage, StandardPage
from api.regions.continents import Continent
from api.regions.countries import Country
from api.regions.news import NewsIndex, NewsItem
from api.relations.agreements import Agreement, AgreementIndex
from api.relations.events import Event, EventIndex
from api.scope import Scope
from api.travel.advice import TravelAdvice, TravelAdviceIndex
from home.selectors.locales import locale_source
from home.selectors.pages import Row, page_has_own_text, page_references_by_url_paths
from home.selectors.redirects import RedirectTarget, redirect_find

# More hops than this are taken for a loop.
MAX_HOPS = 5


class Redirect(graphene.ObjectType):
    """The path leads elsewhere."""

    to = graphene.String(required=True, description="The path on this website, or the full address of another one.")
    permanent = graphene.Boolean(required=True, description="Whether to answer 301 rather than 302.")


class Gone(graphene.ObjectType):
    """There was a page, and it is no longer published: answer 410."""

    path = graphene.String(required=True, description="The path asked for.")


class ProtectedPage(graphene.ObjectType):
    """There is a page, and it is not for the public. Nothing more is told."""

    path = graphene.String(required=True, description="The path asked for.")


class RouteNotFound(graphene.ObjectType):
    """There is nothing: answer 404."""

    path = graphene.String(required=True, description="The path asked for.")


class RouteResult(graphene.Union):
    """What stands at a path."""

    class Meta:
        types = (
            HomePage,
            StandardPage,
            Continent,
            Country,
            NewsIndex,
            NewsItem,
            Mission,
            MissionIndex,
            Organisation,
            OrganisationIndex,
            Person,
            PersonIndex,
            Event,
            EventIndex,
            Agreement,
            AgreementIndex,
            TravelAdvice,
            TravelAdviceIndex,
            Redirect,
            Gone,
            ProtectedPage,
            RouteNotFound,
        )


class _Route:
    """One path, looked up for one reader on one site."""

    def __init__(self, context: GraphQLContext, wanted: RoutePath, scope: Scope, site_id: int) -> None:
        self.context, self.wanted, self.scope, self.site_id = context, wanted, scope, site_id

    @property
    def _url_path(self) -> str | None:
        """Where a page of the reader's own language stands."""
        home = self.context.paths.home(locale=self.scope.locale, site_id=self.site_id)
        return None if home is None else home.url_path + "".join(f"{slug}/" for slug in self.wanted.slugs)

    def answer(self) -> Deferred[Node]:
        rows = self._rows(self.wanted)
        own = next((row for row in rows if row["locale_code"] == self.scope.locale), None)
        gate = self.context.gate
        # Whatever follows from there being no page of exactly this path hangs on all paths.
        if own is None or own["url_path"] != self._url_path or not gate.allows(own):
            gate.listed.add("Route")
        if own is not None and gate.allows(own):
            return self._page(own)
        is_private = own is not None and gate.is_restricted(own)
        if own is not None and is_private and gate.is_in_time(own) and not gate.is_in_dead_branch(own):
            return Deferred.resolved(self._plain("ProtectedPage"))
        redirected = self._redirect()
        if redirected is None:
            return self._without_redirect(own, rows, is_private=is_private)
        return redirected.then(lambda found: found or self._without_redirect(own, rows, is_private=is_private))

    def _without_redirect(self, own: Row | None, rows: Iterable[Row], *, is_private: bool) -> Deferred[Node]:
        if own is not None and not is_private and own["first_published_at"] is not None:
            return Deferred.resolved(self._plain("Gone"))
        other = self._stand_in(own, rows)
        return Deferred.resolved(self._plain("RouteNotFound")) if other is None else self._page(other)

    def _stand_in(self, own: Row | None, rows: Iterable[Row]) -> Row | None:
        gate = self.context.gate
        return next((row for row in rows if row is not own and gate.allows(row) and page_has_own_text(row)), None)

    def _answers_by_stand_in(self, rows: list[Row]) -> bool:
        """Whether a path without a visible page of its own language is answered by another language's."""
        own = next((row for row in rows if row["locale_code"] == self.scope.locale), None)
        if own is not None and (self.context.gate.is_restricted(own) or own["first_published_at"] is not None):
            return False
        return self._stand_in(own, rows) is not None

    def _plain(self, type_name: str) -> Node:
        return {"__typename": type_name, "path": self.wanted.path}

    def _rows(self, wanted: RoutePath) -> list[Row]:
        """The pages of the reader's chain at the slugs of a path, best language first, visible or not."""
        rank: dict[str, int] = {}
        if wanted.locale is None and wanted.slugs:
            return []
        for place, code in enumerate(self.scope.chain):
            home = self.context.paths.home(locale=code, site_id=self.site_id)
            if home is not None:
                below = "".join(f"{slug}/" for slug in wanted.slugs)
                rank.setdefault(home.url_path + below, 2 * place)
                rank.setdefault(home.url_path + below.lower(), 2 * place + 1)
        rows = page_references_by_url_paths(url_paths=rank) if rank else []
        served = [row for row in rows if row["model"] in TYPE_BY_MODEL]
        return sorted(served, key=lambda row: (rank[row["url_path"]], row["id"]))

    def _page(self, row: Row) -> Deferred[Node]:
        def found(node: Node | None) -> Node:
            if node is None:
                return self._plain("RouteNotFound")
            # The reader's own translation stands elsewhere, under slugs of its own.
            if node["locale_code"] == self.scope.locale and row["locale_code"] != self.scope.locale:
                return {"__typename": "Redirect", "to": page_path(self.context, node), "permanent": False}
            return node

        type_name = TYPE_BY_MODEL[row["model"]]
        # Its type may refuse to show it yet: an item without a date. The answer hangs on it all the same.
        self.context.gate.seen.append((type_name, [row]))
        return node_load(self.context, type_name=type_name, key=row["translation_key"], scope=self.scope).then(found)

    def _redirect(self) -> Deferred[Node | None] | None:
        """The redirect from the path, followed to its end; None for none, for a loop, and for a target not visible."""
        target = redirect_find(paths=self.wanted.spellings, site_id=self.site_id)
        permanent = True
        seen = {self.wanted.path.lower()}
        for _hop in range(MAX_HOPS):
            if target is None:
                return None
            permanent = permanent and target.is_permanent
            if target.page_id is not None:
                return self._to_page(target.page_id, target, permanent=permanent)
            following = self._hop(target.link)
            if following is None:
                return None
            path, target = following
            if target is None:
                return self._to_address(path, permanent=permanent)
            if path.lower() in seen:
                return None
            seen.add(path.lower())
        return None

    def _hop(self, link: str) -> tuple[str, RedirectTarget | None] | None:
        """Where a link leads, and the redirect that stands there in turn; None for a link that leads nowhere."""
        if link.startswith("//") or not link.startswith(("/", "http://", "https://")):
            return None
        try:
            path = own_path(link, self.context.paths, site_id=self.site_id)
            if path is None:
                return link, None
            following = route_path_parse(path)
        except BadUserInput:
            return None
        if not link.startswith("/"):
            link = path
        hop, rows = None, []
        if following.locale is not None:
            scope = scope_of(following.locale)
            hop = _Route(self.context, following, scope, self.site_id)
            rows = hop._rows(following)
            if any(row["locale_code"] == scope.locale and self.context.gate.allows(row) for row in rows):
                return link, None
        target = redirect_find(paths=following.spellings, site_id=self.site_id)
        if target is not None:
            return following.path, target
        # Below a language there are pages only: a path that none answers may be the slugs of one not for the public.
        return (link, None) if hop is None or hop._answers_by_stand_in(rows) else None

    def _to_address(self, address: str, *, permanent: bool) -> Deferred[Node | None]:
        """The redirect to where the way ends; None where a page of another site stands there that is not visible."""
        redirect = {"__typename": "Redirect", "to": address, "permanent": permanent}
        if address.startswith("/"):
            return Deferred.resolved(redirect)
        return address_load(self.context, address).then(lambda told: None if told is None else redirect)

    def _to_page(self, page_id: int, target: RedirectTarget, *, permanent: bool) -> Deferred[Node | None]:
        def found(node: Node | None) -> Node | None:
            if node is None:
                return None
            path = self._address(node)
            if path.lower() == self.wanted.path.lower():
                return None
            to = path.rstrip("/") + target.route_path if target.route_path.strip("/") else path
            return {"__typename": "Redirect", "to": to, "permanent": permanent}

        return page_reference_load(self.context, page_id, self.scope).then(found)

    def _address(self, node: Node) -> str:
        """The path of a page of this site, the full address of another site's."""
        root = self.context.paths.root_of(node)
        is_own = root is not None and root.site_id == self.site_id
        return page_path(self.context, node) if is_own else page_url(self.context, node)


def _site_id(context: GraphQLContext, site: str | None) -> int:
    if site is None:
        return context.site_id
    host, _colon, port = site.lower().partition(":")
    matches = [
        root for root in context.paths.roots if root.hostname.lower() == host and (not port or str(root.port) == port)
    ]
    if not matches:
        raise BadUserInput("There is no such site.")
    return matches[0].site_id


class RouteQuery:
    """The root field ``route``."""

    route = graphene.Field(
        RouteResult,
        description="What stands at a public path, exactly as `path` gives it: with or without the trailing slash, "
        "percent-encoded or not. The prefix of the path is its language. A page that is missing in that language is "
        "answered by the page of the fallback chain with the same slugs, as a fallback with a `path` of its own.",
        path=graphene.Argument(
            graphene.String, required=True, description="For example /ar/amerique/mexique/; up to 2,000 characters."
        ),
        site=graphene.Argument(
            graphene.String, description="The host name of the website; omitted: the one that the request addresses."
        ),
        **scope_arguments(),
    )

    @staticmethod
    def resolve_route(
        _root: None, info: GraphQLResolveInfo, path: str, site: str | None = None, **arguments: Any
    ) -> Deferred[Node]:
        wanted = route_path_parse(path)
        locale, fallback = arguments.get("locale"), arguments.get("fallback")
        if locale is not None and wanted.locale is not None and wanted.locale != locale.value:
            raise BadUserInput("`locale` differs from the language of the path.")
        asked = locale_source() if locale is None else locale.value
        scope = scope_of(wanted.locale or asked, None if fallback is None else [code.value for code in fallback])
        context: GraphQLContext = info.context
        return _Route(context, wanted, scope, _site_id(context, site)).answer()
