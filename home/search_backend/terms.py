"""From the texts of an object to the terms of its index entry, and from what is typed to a query of them.

A term is that of the public search after the code of its language (``frministr``), in letters and digits alone, because
SQLite's index parts words at anything else and folds accents. Words of titles stand there as they are spelled too,
after a ``0``: what is typed last is looked for as the beginning of one.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from wagtail.models import Page, TranslatableMixin
from wagtail.search.query import Phrase, PlainText

from home.language.analysis import spelling, text_terms, typed_terms
from home.models import BasePage
from home.selectors.locales import locale_codes

# More words than this make no search better, and each costs the database a look-up.
MAX_WORDS = 20
# A term that nothing has.
NOTHING = "00"

_SPELLED = "0"


@dataclass(slots=True)
class IndexedTexts:
    """What an object says: its titles, its other texts, and those whose words are found by their beginnings."""

    title: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)


class IndexedTerms(NamedTuple):
    """The terms of an object: of its title, of its other texts, and the spelled words that are completed."""

    title: frozenset[str]
    body: frozenset[str]
    completed: frozenset[str]


def terms_of(instance: Any, texts: IndexedTexts) -> IndexedTerms:
    """The terms by which an object is found."""
    title, body = list(texts.title), list(texts.body)
    completed = list(texts.completed)
    if isinstance(instance, Page) and instance.draft_title:
        # What listings show of a page that has been renamed and not published yet.
        title.append(instance.draft_title)
        completed.append(instance.draft_title)
    if isinstance(instance, BasePage) and (public := instance.get_search_texts()) is not None:
        body += [public.summary, *public.head, *public.text, *public.more]
    codes = _codes_of(instance)
    return IndexedTerms(
        title=_terms(title, codes),
        body=_terms(body, codes),
        completed=frozenset(_SPELLED + _plain(word) for text in completed for word in spelling(text).split()),
    )


def _codes_of(instance: Any) -> list[str]:
    """The languages of an object's texts: its own, or any, where it has none."""
    if isinstance(instance, BasePage):
        return [instance.locale_code]
    if isinstance(instance, Page | TranslatableMixin) and instance.locale_id:
        return [instance.locale.language_code]
    return locale_codes()


def _terms(texts: Iterable[str], codes: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*(_terms_of_text(text, code) for text in texts for code in codes))


# An object is often saved several times in a row, with most of its texts as they were.
@lru_cache(maxsize=512)
def _terms_of_text(text: str, code: str) -> frozenset[str]:
    return frozenset(_of_language(code, term) for term in text_terms([text], code))


def _of_language(code: str, term: str) -> str:
    return _plain(code) + _plain(term)


@lru_cache(maxsize=32768)
def _plain(term: str) -> str:
    """The term in letters and digits that no tokenizer parts or folds, told apart from every other."""
    if term.isascii() and term.isalnum():
        return term
    return "".join(_sign(sign) for sign in unicodedata.normalize("NFC", term))


def _sign(sign: str) -> str:
    if sign.isalnum() and (sign.isascii() or unicodedata.normalize("NFKD", sign) == sign):
        return sign
    return f"0{ord(sign):x}0"


@dataclass(frozen=True)
class QueryNotation:
    """How a full-text index wants a term, the beginning of one (``"%s"``), and what stands between them."""

    whole: str
    beginning: str
    and_: str
    or_: str


def query_write(query: PlainText | Phrase, *, notation: QueryNotation, is_typing: bool) -> str:
    """The query for what somebody typed, each language asked in its own terms.

    While ``is_typing``, the last word of a plain text may be the beginning of one in a title.
    """
    whole, or_ = notation.whole, notation.or_
    is_text = isinstance(query, PlainText)
    between = or_ if is_text and query.operator == "or" else notation.and_

    def any_of(terms: Collection[str]) -> str:
        return f"({or_.join(sorted(terms))})"

    languages: dict[str, None] = {}
    for code in locale_codes():
        typed = typed_terms(query.query_string, code, limit=MAX_WORDS, is_typing=is_text and is_typing)
        parts = [any_of({whole % _of_language(code, term) for term in group}) for group in typed.whole]
        last = {whole % _of_language(code, term) for term in typed.last}
        # A word such as "de" tells nothing after others, and may begin a name before any.
        if typed.beginning and (last or not parts):
            last.add(notation.beginning % (_SPELLED + _plain(typed.beginning)))
        if last:
            parts.append(any_of(last))
        if parts:
            languages[f"({between.join(parts)})"] = None
    return f"({or_.join(languages)})" if languages else whole % NOTHING
