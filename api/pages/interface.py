"""The interfaces ``Node`` and ``Page``: what every page of every type answers."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred, batch_resolver
from api.ids import id_encode
from api.images import Image, ImageValue, image_load
from api.locales import LocaleCode, TextDirection
from api.pages.family import AncestorsLoader, PageFamily
from api.pages.nodes import Node, PageReferenceByKeyLoader, page_path, page_paths, page_url
from api.pages.texts import filled_field_names, text_load
from api.pages.translations import PageTranslations
from api.rows import column
from home.selectors.keys import Key
from home.selectors.locales import locale_codes, locale_direction, locale_source
from home.selectors.pages import Row, page_alternates_by_keys, page_has_own_text
from home.selectors.visibility import Gate


class AlternatesLoader(BatchLoader[Key, list[Row]]):
    """The visible translations of pages by translation key, in the order of the settings."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    def batch_load(self, keys: list[Key]) -> dict[Key, list[Row]]:
        order = {code: place for place, code in enumerate(locale_codes())}
        found = page_alternates_by_keys(keys=keys, gate=self.gate)
        return {
            key: sorted(rows, key=lambda row: order.get(row["locale_code"], len(order))) for key, rows in found.items()
        }

    def missing(self, key: Key) -> list[Row]:
        return []


class Alternate(graphene.ObjectType):
    """A page in one of its languages, for language switchers and `hreflang` links."""

    locale = graphene.NonNull(LocaleCode, description="The language.")
    hreflang = graphene.NonNull(
        graphene.String, description="The BCP 47 tag; `x-default` for the one to offer when no language fits."
    )
    url = graphene.NonNull(graphene.String, description="The full address on the website.")
    path = graphene.NonNull(graphene.String, description="The path on the website.")
    title = graphene.NonNull(graphene.String, description="The title in that language.")


class Breadcrumb(graphene.ObjectType):
    """A step on the way from the home page to a page."""

    title = graphene.NonNull(graphene.String, description="The title of the page.")
    path = graphene.NonNull(graphene.String, description="The path on the website.")
    locale = graphene.NonNull(LocaleCode, description="The language of the title.")


class NodeInterface(graphene.Interface):
    """Something with a global id, which `node(id:)` answers again."""

    class Meta:
        name = "Node"

    id = graphene.ID(
        required=True,
        description="Opaque. It names the type, the page and the language it was asked for in, so that a cache keeps "
        "answers in different languages apart.",
    )

    def resolve_id(self: Node, info: GraphQLResolveInfo) -> str:
        return id_encode(self["__typename"], self["translation_key"], self["scope"])


class PageInterface(PageFamily, PageTranslations, graphene.Interface):
    """A page of the website."""

    class Meta:
        name = "Page"

    id = graphene.ID(required=True, description="The global id: type, page and the language asked for.")
    translation_key = graphene.UUID(required=True, description="The same for all translations of a page.")
    title = graphene.String(required=True, description="The title.")
    slug = graphene.String(required=True, description="The last part of the path.")
    path = graphene.String(
        required=True,
        description="The path on the website, with the language's prefix: `/ar/amerique/mexique/`. It belongs to the "
        "page that is served: a French page shown to an Arabic reader has a French path.",
    )
    url = graphene.String(required=True, description="The path with scheme and host.")
    locale = graphene.Field(
        LocaleCode,
        required=True,
        description="The language of the page that is served.",
        resolver=column("locale_code"),
    )
    requested_locale = graphene.Field(LocaleCode, required=True, description="The language that was asked for.")
    is_fallback = graphene.Boolean(
        required=True, description="Whether the page is in another language than was asked for."
    )
    fallback_fields = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Names of the fields that are empty on this page and were filled from the next language of the "
        "chain. Of continents and countries alone.",
    )
    direction = graphene.Field(TextDirection, required=True, description="Which way the served language is written.")
    alternates = graphene.List(
        graphene.NonNull(Alternate),
        required=True,
        description="The languages that the page exists in, this one included, and `x-default`.",
    )
    breadcrumbs = graphene.List(
        graphene.NonNull(Breadcrumb),
        required=True,
        description="The way from the home page to this page, both included, in the reader's language where it exists.",
    )
    seo_title = graphene.String(required=True, description="For the `title` element; the title unless editors chose.")
    seo_description = graphene.String(description="For search engines; null where editors wrote none.")
    published_at = graphene.DateTime(
        description="When the page was first published.", resolver=column("first_published_at")
    )
    updated_at = graphene.DateTime(
        description="When the page was last published.", resolver=column("last_published_at")
    )

    @staticmethod
    @batch_resolver
    def resolve_path(nodes: list[Node], info: GraphQLResolveInfo) -> list[str]:
        return page_paths(info.context, nodes)

    @staticmethod
    @batch_resolver
    def resolve_url(nodes: list[Node], info: GraphQLResolveInfo) -> list[str]:
        return [page_url(info.context, node) for node in nodes]

    def resolve_requested_locale(self: Node, info: GraphQLResolveInfo) -> str:
        return str(self["scope"].locale)

    def resolve_is_fallback(self: Node, info: GraphQLResolveInfo) -> bool:
        return bool(self["locale_code"] != self["scope"].locale)

    def resolve_fallback_fields(self: Node, info: GraphQLResolveInfo) -> Any:
        return filled_field_names(info.context, self)

    def resolve_direction(self: Node, info: GraphQLResolveInfo) -> str:
        return locale_direction(self["locale_code"])

    def resolve_alternates(self: Node, info: GraphQLResolveInfo) -> Deferred[list[dict[str, Any]]]:
        context = info.context
        loader = context.loaders.get(AlternatesLoader, context.gate)
        return loader.load(self["translation_key"]).then(lambda rows: _alternates(context, rows))

    def resolve_breadcrumbs(self: Node, info: GraphQLResolveInfo) -> Deferred[list[dict[str, Any]]]:
        context = info.context
        loader = context.loaders.get(AncestorsLoader, context.gate)
        return loader.load(self["path"]).then(lambda rows: _breadcrumbs(context, rows, self))

    def resolve_seo_title(self: Node, info: GraphQLResolveInfo) -> str:
        return self["seo_title"] or self["title"]

    def resolve_seo_description(self: Node, info: GraphQLResolveInfo) -> Any:
        return text_load(info.context, self, "search_description") or None


def _alternates(context: GraphQLContext, rows: list[Row]) -> list[dict[str, Any]]:
    alternates = [
        {
            "locale": row["locale_code"],
            "hreflang": row["locale_code"],
            "url": page_url(context, row),
            "path": page_path(context, row),
            "title": row["title"],
        }
        for row in rows
    ]
    source = locale_source()
    default = next((item for item in alternates if item["locale"] == source), alternates[0] if alternates else None)
    return alternates + ([{**default, "hreflang": "x-default"}] if default else [])


def _breadcrumbs(context: GraphQLContext, rows: list[Row], node: Node) -> Deferred[list[dict[str, Any]]]:
    scope = node["scope"]
    loader = context.loaders.get(PageReferenceByKeyLoader, scope, context.gate)
    # What stands above a visible page is visible: only steps in another language than the reader's are looked up.
    steps: list[Any] = [
        row if row["locale_code"] == scope.locale and page_has_own_text(row) else loader.load(row["translation_key"])
        for row in rows
    ]
    return Deferred.all(steps).then(
        lambda found: [
            {"title": row["title"], "path": page_path(context, row), "locale": row["locale_code"]}
            for row in found
            if row is not None
        ]
    )


def resolve_image(node: Node, info: GraphQLResolveInfo) -> Any:
    """The main picture with its texts in the language that it was found in."""
    context: GraphQLContext = info.context

    def value(row: Row | None) -> Deferred[ImageValue | None] | None:
        if row is None:
            return None
        return image_load(context, row["image_id"], alt=row["image_alt"], credit=row["image_credit"])

    return Deferred.resolved(text_load(context, node, "image_id")).then(value)


def image_field() -> graphene.Field:
    """The field ``image`` of a page type; its resolver is ``resolve_image``."""
    return graphene.Field(Image, description="The main picture.", resolver=resolve_image)
