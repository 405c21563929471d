"""Surrogate keys: which content an answer was made of, for caches in front of us.

``p-<translation key>`` stands for a page in every language, ``i-<id>`` for a picture, ``d-<id>`` for a document,
``t-<Type>`` for lists of a type, and ``diwan`` for everything.
"""

from collections.abc import Iterable
from operator import itemgetter

from api.context import GraphQLContext
from api.files import DocumentLoader
from api.images.loaders import ImageLoader
from home.selectors.keys import Key

EVERYTHING = "diwan"

# That of a page's tag: a prefix of two, and half of a key.
_PAGE_TAG_LENGTH = 18


def page_tag(translation_key: Key) -> str:
    """The tag of a page; half of its key tells pages apart."""
    return f"p-{translation_key[:8]}{translation_key[9:13]}{translation_key[14:18]}"


def type_tag(type_name: str) -> str:
    """The tag of lists of a type, and of answers with too many pages of it to name them."""
    return f"t-{type_name}"


def image_tag(image_id: int) -> str:
    """The tag of a picture."""
    return f"i-{image_id}"


def document_tag(document_id: int) -> str:
    """The tag of a document."""
    return f"d-{document_id}"


def answer_tags(context: GraphQLContext, *, limit: int) -> str:
    """The tags of what was resolved, in at most ``limit`` bytes: types stand for pages where those are too many."""
    gate = context.gate_opened
    pages: dict[Key, str] = {}
    for name, rows in gate.seen if gate else ():
        pages.update(dict.fromkeys(map(itemgetter("translation_key"), rows), name))
    listed = gate.listed if gate else set()
    images = context.loaders.keys_loaded(ImageLoader)
    documents = context.loaders.keys_loaded(DocumentLoader)
    if len(pages) * _PAGE_TAG_LENGTH <= limit:
        exact = _joined(
            [
                *map(page_tag, pages),
                *(type_tag(name) for name in listed),
                *(image_tag(number) for number in images),
                *(document_tag(number) for number in documents),
            ]
        )
        if len(exact) <= limit:
            return exact
    types = {*pages.values(), *listed}
    coarse = _joined(
        [
            *(type_tag(name) for name in types),
            *([type_tag("Image")] if images else []),
            *([type_tag("Document")] if documents else []),
        ]
    )
    return coarse if len(coarse) <= limit else EVERYTHING


def answer_languages(context: GraphQLContext) -> str:
    """The languages of the readers that the answer is for, for Content-Language."""
    gate = context.gate_opened
    # The rows of a list were asked for together.
    scopes = [rows[0].get("scope") for _name, rows in gate.seen if rows] if gate else []
    return ", ".join(sorted({scope.locale for scope in scopes if scope is not None}))


def _joined(tags: Iterable[str]) -> str:
    return " ".join([EVERYTHING, *sorted(set(tags))])
