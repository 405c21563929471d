"""The type ``RichText``."""

from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.context import GraphQLContext
from api.execution import Deferred, gather
from api.files import DocumentLoader
from api.files.types import document_url
from api.images import ImageValue, image_load
from api.images.presets import ImagePreset
from api.images.renditions import rendition_of_preset
from api.images.types import ImageFormat
from api.pages.addresses import address_load
from api.pages.nodes import Node, page_path, page_reference_load, page_url
from api.rich_text.markdown import tree_as_markdown
from api.rich_text.nodes import NodeValue, RichTextNode, tree_as_nodes
from api.rich_text.render import NO_TARGETS, LinkTarget, PictureTarget, Targets, tree_as_html, tree_as_text
from api.rich_text.tree import NO_REFERENCES, rich_text_tree, tree_pictures, tree_references
from api.scope import Scope


@dataclass(frozen=True, slots=True)
class RichTextValue:
    """Rich text as it is stored, and the reader for whom its links are resolved."""

    source: str
    scope: Scope


def rich_text_value(source: Any, scope: Scope) -> RichTextValue | None:
    """The value of a stored text; None for one without a word or a picture."""
    if not isinstance(source, str):
        return None
    tree = rich_text_tree(source)
    if not tree_as_text(tree) and not tree_references(tree).images:
        return None
    return RichTextValue(source, scope)


class RichText(graphene.ObjectType):
    """Text with paragraphs, emphasis, lists and links.

    Links within the ministry's site lead to the reader's language, or to the first of the fallback chain that has the
    page. A link to a page or document that the public may not see leaves its words.
    """

    html = graphene.String(
        required=True,
        description=(
            "HTML of a few tags without attributes but for links (`href`, and `hreflang` where the target is in "
            "another language than asked for) and pictures. Safe to insert as it is. Links within the site are paths."
        ),
    )
    markdown = graphene.String(
        required=True,
        description=(
            "CommonMark, with `~~` for words struck out and the HTML tags `strong`, `em`, `s`, `code`, `sup`, `sub` "
            "and `br` where Markdown has no sign. Links and pictures as in `html`."
        ),
    )
    nodes = graphene.List(
        graphene.NonNull(RichTextNode),
        required=True,
        description="The tree, in the order of the text, for those who render it with components of their own.",
    )
    plain_text = graphene.String(required=True, description="The words alone, a line for each paragraph.")

    @staticmethod
    def resolve_html(value: RichTextValue, info: GraphQLResolveInfo) -> Deferred[str]:
        tree = rich_text_tree(value.source)
        return targets_load(value, info.context).then(lambda targets: tree_as_html(tree, targets))

    @staticmethod
    def resolve_markdown(value: RichTextValue, info: GraphQLResolveInfo) -> Deferred[str]:
        tree = rich_text_tree(value.source)
        return targets_load(value, info.context).then(lambda targets: tree_as_markdown(tree, targets))

    @staticmethod
    def resolve_nodes(value: RichTextValue, info: GraphQLResolveInfo) -> Deferred[list[NodeValue]]:
        tree = rich_text_tree(value.source)
        pictures = tree_pictures(tree)
        images = Deferred.all([image_load(info.context, each.image_id, alt=each.alt) for each in pictures])
        return gather(targets_load(value, info.context), images).then(
            lambda loaded: tree_as_nodes(
                tree, loaded[0], {key: image for key, image in zip(pictures, loaded[1], strict=True) if image}
            )
        )

    @staticmethod
    def resolve_plain_text(value: RichTextValue, info: GraphQLResolveInfo) -> str:
        return tree_as_text(rich_text_tree(value.source))


def targets_load(value: RichTextValue, context: GraphQLContext) -> Deferred[Targets]:
    """What the references of a text lead to for its reader."""
    references = tree_references(rich_text_tree(value.source))
    if references == NO_REFERENCES:
        return Deferred.resolved(NO_TARGETS)
    page_ids, document_ids = sorted(references.pages), sorted(references.documents)
    image_ids, addresses = sorted(references.images), sorted(references.addresses)
    return gather(
        Deferred.all([page_reference_load(context, page_id, value.scope) for page_id in page_ids]),
        context.loaders.get(DocumentLoader).load_many(document_ids),
        Deferred.all([image_load(context, image_id, alt="") for image_id in image_ids]),
        Deferred.all([address_load(context, address) for address in addresses]),
    ).then(
        lambda loaded: Targets(
            pages={
                key: _page_target(row, value.scope, context)
                for key, row in zip(page_ids, loaded[0], strict=True)
                if row is not None
            },
            documents={
                key: LinkTarget(document_url(row, context.request))
                for key, row in zip(document_ids, loaded[1], strict=True)
                if row is not None
            },
            images={
                key: _picture_target(image, context)
                for key, image in zip(image_ids, loaded[2], strict=True)
                if image is not None
            },
            hidden={typed for typed, shown in zip(addresses, loaded[3], strict=True) if shown is None},
        )
    )


def _page_target(node: Node, scope: Scope, context: GraphQLContext) -> LinkTarget:
    root = context.paths.root_of(node)
    is_here = root is not None and root.site_id == context.paths.site_id
    href = page_path(context, node) if is_here else page_url(context, node)
    return LinkTarget(href, None if node["locale_code"] == scope.locale else node["locale_code"])


def _picture_target(image: ImageValue, context: GraphQLContext) -> PictureTarget:
    rendition = rendition_of_preset(image, ImagePreset.CONTENT, ImageFormat.WEBP.value, context.request)
    return PictureTarget(rendition.url, rendition.src_set, rendition.width, rendition.height)
