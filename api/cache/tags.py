"""Surrogate keys: which content an answer was made of, for caches in front of us.

``p-<translation key>`` stands for a page in every language, ``i-<id>`` for a picture, ``d-<id>`` for a document, and
``t-<Type>`` for lists of a type, whose members may come and go, and for what there is one of, such as a menu. An answer
of too many pages to name them has ``m-<Type>`` in their place. ``diwan`` stands for everything.

Whatever an answer could turn out differently by has a tag in it: ``api.cdn.changes`` purges by the same names.
"""

from collections.abc import Iterable
from operator import itemgetter

from api.context import GraphQLContext
from api.embeds import EmbedLoader
from api.execution import BatchLoader
from api.files import DocumentLoader
from api.images.loaders import ImageLoader
from api.navigation import NavigationLoader
from api.regions.news_kinds import NewsKindsLoader
from api.regions.sub_regions import SubRegionTreeLoader
from home.selectors.keys import Key

EVERYTHING = "diwan"

# That of a page's tag: a prefix of two, and half of a key.
_PAGE_TAG_LENGTH = 18
# What is read by no gate: an answer that asked one of these loaders for anything has the type's tag.
_LOADERS: dict[type[BatchLoader], str] = {
    EmbedLoader: "Embed",
    NavigationLoader: "Navigation",
    NewsKindsLoader: "NewsKind",
    SubRegionTreeLoader: "SubRegion",
}


def page_tag(translation_key: Key) -> str:
    """The tag of a page; half of its key tells pages apart."""
    return f"p-{translation_key[:8]}{translation_key[9:13]}{translation_key[14:18]}"


def type_tag(type_name: str) -> str:
    """The tag of lists of a type."""
    return f"t-{type_name}"


def many_tag(type_name: str) -> str:
    """The tag of answers with too many pages of a type to name them: whoever purges one of the type purges these."""
    return f"m-{type_name}"


def directory_tags(*type_names: str) -> list[str]:
    """The tags of a file that lists all pages of some types, too many to name."""
    return [EVERYTHING, *map(type_tag, type_names), *map(many_tag, type_names)]


def image_tag(image_id: int) -> str:
    """The tag of a picture."""
    return f"i-{image_id}"


def image_file_tags(image_id: int) -> list[str]:
    """The tags of a picture's file in any size."""
    return [EVERYTHING, image_tag(image_id)]


def document_tag(document_id: int) -> str:
    """The tag of a document."""
    return f"d-{document_id}"


def answer_tags(context: GraphQLContext, *, limit: int) -> str:
    """The tags of what was resolved, in at most ``limit`` bytes: types stand for pages where those are too many."""
    gate = context.gate_opened
    types: set[str] = set()
    pages: set[Key] = set()
    for name, rows in gate.seen if gate else ():
        if rows:
            types.add(name)
        if len(pages) * _PAGE_TAG_LENGTH <= limit:
            pages.update(map(itemgetter("translation_key"), rows))
    listed = {type_tag(name) for name in gate.listed} if gate else set()
    listed.update(type_tag(name) for loader, name in _LOADERS.items() if context.loaders.keys_loaded(loader))
    images = context.loaders.keys_loaded(ImageLoader)
    documents = context.loaders.keys_loaded(DocumentLoader)
    if len(pages) * _PAGE_TAG_LENGTH <= limit:
        exact = _joined([*map(page_tag, pages), *listed, *map(image_tag, images), *map(document_tag, documents)])
        if len(exact) <= limit:
            return exact
    # There are few types, so this is short.
    names = {*types, *(["Image"] if images else []), *(["Document"] if documents else [])}
    return _joined([*listed, *map(many_tag, names)])


def answer_languages(context: GraphQLContext) -> str:
    """The languages of the readers that the answer is for, for Content-Language."""
    gate = context.gate_opened
    # The rows of a list were asked for together.
    scopes = [rows[0].get("scope") for _name, rows in gate.seen if rows] if gate else []
    return ", ".join(sorted({scope.locale for scope in scopes if scope is not None}))


def _joined(tags: Iterable[str]) -> str:
    return " ".join([EVERYTHING, *sorted(set(tags))])
