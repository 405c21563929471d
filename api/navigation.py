"""The root field ``navigation``: header and footer menus."""

from enum import Enum
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.blocks.raw import DamagedBlockError, Raw, list_items, reference, stream_blocks, text
from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from api.locales import LocaleCode, scope_arguments, scope_from
from api.pages.addresses import address_load
from api.pages.interface import PageInterface
from api.pages.nodes import Node, page_path, page_reference_load, page_url, reference_whole
from api.rich_text.tree import safe_address
from api.scope import Scope
from home.models import NavigationMenu
from home.selectors.navigation import navigation_menus

Item = dict[str, Any]

_LOCATION_DESCRIPTIONS = {
    NavigationMenu.Location.HEADER: "At the top of every page.",
    NavigationMenu.Location.FOOTER: "At the bottom of every page.",
}

NavigationLocation = graphene.Enum.from_enum(
    Enum("NavigationLocation", {location.name: location.value for location in NavigationMenu.Location}),
    description=lambda value: (
        _LOCATION_DESCRIPTIONS[NavigationMenu.Location(value.value)] if value else "Where a menu stands on the website."
    ),
)


class NavigationLoader(BatchLoader[str, dict[str, Any] | None]):
    """Menus by location."""

    def __init__(self, site_id: int, chain: tuple[str, ...]) -> None:
        self.site_id = site_id
        self.chain = chain

    def batch_load(self, keys: list[str]) -> dict[str, dict[str, Any] | None]:
        return {**navigation_menus(site_id=self.site_id, locations=keys, chain=self.chain)}


class NavigationItem(graphene.ObjectType):
    """One entry of a menu."""

    id = graphene.ID(required=True, description="Identifies the entry in this menu for this language.")
    label = graphene.String(
        required=True, description="The words of the entry: given by the editor, or the title of the page."
    )
    path = graphene.String(description="Public path of the page; null for another website.")
    url = graphene.String(required=True, description="Address of the page or of another website.")
    page = graphene.Field(PageInterface, description="The page, in the reader's language where it exists in it.")
    children = graphene.List(
        graphene.NonNull(lambda: NavigationItem),
        required=True,
        description="The entries below it; entries below others have none.",
    )

    @staticmethod
    def resolve_path(item: Item, info: GraphQLResolveInfo) -> str | None:
        return page_path(info.context, item["reference"]) if item["reference"] else None

    @staticmethod
    def resolve_url(item: Item, info: GraphQLResolveInfo) -> str:
        return page_url(info.context, item["reference"]) if item["reference"] else str(item["address"])

    @staticmethod
    def resolve_page(item: Item, info: GraphQLResolveInfo) -> Deferred[Node | None] | None:
        return reference_whole(info.context, item["reference"]) if item["reference"] else None


class Navigation(graphene.ObjectType):
    """A menu of the website."""

    location = graphene.Field(NavigationLocation, required=True, description="Where it stands.")
    requested_locale = graphene.Field(LocaleCode, required=True, description="The language asked for.")
    locale = graphene.Field(LocaleCode, required=True, description="The language of the menu that is served.")
    is_fallback = graphene.Boolean(
        required=True, description="Whether the menu comes from another language than asked for."
    )
    items = graphene.List(
        graphene.NonNull(NavigationItem),
        required=True,
        description="The entries, in order. Entries whose page the public may not see are left out.",
    )


class NavigationQuery:
    """The root field ``navigation``."""

    navigation = graphene.Field(
        Navigation,
        required=True,
        description="A menu of the site, in the first language of the chain that has entries in it.",
        location=graphene.Argument(
            NavigationLocation, required=True, default_value=NavigationLocation.HEADER, description="Which menu."
        ),
        **scope_arguments(),
    )

    @staticmethod
    def resolve_navigation(
        _root: None, info: GraphQLResolveInfo, location: Enum, **arguments: Any
    ) -> Deferred[dict[str, Any]]:
        context: GraphQLContext = info.context
        scope = scope_from(**arguments)
        loader = context.loaders.get(NavigationLoader, context.site_id, scope.chain)
        return loader.load(str(location.value)).then(lambda menu: _navigation(context, menu, location, scope))


def _navigation(
    context: GraphQLContext, menu: dict[str, Any] | None, location: Enum, scope: Scope
) -> Deferred[dict[str, Any]]:
    locale = menu["locale"] if menu else scope.locale
    answer = {
        "location": location.value,
        "requested_locale": scope.locale,
        "locale": locale,
        "is_fallback": locale != scope.locale,
    }
    entries = (
        [
            _item_load(
                context,
                block["value"],
                scope,
                menu_locale=locale,
                item_id=f"{menu['id']}:{'-'.join(scope.chain)}:{position}",
            )
            for position, block in enumerate(stream_blocks(menu["items"]))
            if isinstance(block["value"], dict)
        ]
        if menu
        else []
    )
    return Deferred.all(entries).then(lambda items: {**answer, "items": [item for item in items if item is not None]})


def _item_load(
    context: GraphQLContext, value: Raw, scope: Scope, *, menu_locale: str, item_id: str
) -> Deferred[Item | None]:
    """An entry with those below it; None, without them, where it leads nowhere that the public may see."""
    children = Deferred.all(
        [
            _item_load(context, child, scope, menu_locale=menu_locale, item_id=f"{item_id}.{position}")
            for position, child in enumerate(list_items(value.get("children")))
        ]
    )
    label = text(value, "label")
    item: Item = {"id": item_id, "label": label, "reference": None}
    try:
        page_id = reference(value, "page")
    except DamagedBlockError:
        address = safe_address(text(value, "url"))
        if address is None:
            return Deferred.resolved(None)

        def typed(shown: str | None) -> Deferred[Item | None]:
            if shown is None:
                return Deferred.resolved(None)
            outside = {**item, "label": label or shown, "address": shown}
            return children.then(lambda found: {**outside, "children": _present(found)})

        return address_load(context, address).then(typed)

    def shown(node: Node | None) -> Deferred[Item | None]:
        if node is None:
            return Deferred.resolved(None)
        # A label in another language than the reader's is of use only for a page in that language.
        is_readable = menu_locale in (scope.locale, node["locale_code"])
        entry = {**item, "label": label if label and is_readable else node["title"], "reference": node}
        return children.then(lambda found: {**entry, "children": _present(found)})

    return page_reference_load(context, page_id, scope).then(shown)


def _present(items: list[Item | None]) -> list[Item]:
    return [item for item in items if item is not None]
