"""Rows of pages, each the one that a reader is shown.

A row is a dict. Rows of every page type have ``PAGE_FIELDS``; those of a type add the fields of that type. A reader's
``chain`` lists language codes, best first: of the translations of one page the first visible one of the chain is shown.
An alias of a page in another language is never shown: its source is, as what it is.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from home.models import BasePage, HomePage, StandardPage
from home.selectors.keys import Key
from home.selectors.locales import locale_codes
from home.selectors.prepared import ID, KEY, TEXT, any_of, prepared
from home.selectors.visibility import GATE_FIELDS, Conditions, Gate

Row = dict[str, Any]

PAGE_FIELDS = (
    "id",
    "path",
    "url_path",
    "slug",
    "title",
    "seo_title",
    "search_description",
    "first_published_at",
    "last_published_at",
    "translation_key",
    "locale_code",
)
# What every page type of this project adds; the body is fetched apart, because lists do not show it.
CONTENT_FIELDS = (*PAGE_FIELDS, "introduction", "image_id", "image_alt", "image_credit")

# What every row has, however few of its fields are asked for.
KEY_FIELDS = ("id", "translation_key", "locale_code")

# Ends the name of a StreamField's column while it is read as text.
_JSON = "__json"
_OWN_TEXT = Q(alias_of__isnull=True) | ~Q(alias_of__translation_key=F("translation_key"))


def page_queryset_visible(model: type[Page], *, gate: Conditions) -> QuerySet[Any]:
    """The visible pages of a type in every language, aliases of other languages left out."""
    return model._default_manager.filter(gate.visible(), _OWN_TEXT).order_by()


def page_queryset_shown(
    model: type[Page], *, gate: Conditions, chain: Sequence[str], only: str | None = None
) -> QuerySet[Any]:
    """The pages of a type that a reader is shown: of each, its best visible translation. Filter and count these.

    With ``only`` those that are in one language of the chain.
    """
    visible = page_queryset_visible(model, gate=gate)
    locale = "locale_code" if issubclass(model, BasePage) else "locale__language_code"
    best = Q(pk__in=[])
    for rank, code in enumerate(chain):
        if only in (None, code):
            better = visible.filter(**{f"{locale}__in": chain[:rank]}, translation_key=OuterRef("translation_key"))
            best |= Q(~Exists(better), **{locale: code}) if rank else Q(**{locale: code})
    return visible.filter(best)


def row_fields(fields: Iterable[str], *needed: str) -> tuple[str, ...]:
    """The columns that a selector reads when its caller asks for ``fields``: those, and what itself needs."""
    return tuple(dict.fromkeys((*KEY_FIELDS, *needed, *fields)))


def page_best_by_key(rows: Iterable[Row], *, chain: Sequence[str]) -> dict[Key, Row]:
    """Of rows that are visible translations of some pages, the best of each, by translation key."""
    if len(chain) == 1:  # a page has one translation into each language
        [only] = chain
        return {row["translation_key"]: row for row in rows if row["locale_code"] == only}
    rank = {code: position for position, code in enumerate(chain)}
    best: dict[Key, Row] = {}
    for row in rows:
        if row["locale_code"] not in rank:
            continue
        key = row["translation_key"]
        if key not in best or rank[row["locale_code"]] < rank[best[key]["locale_code"]]:
            best[key] = row
    return best


def page_rows_by_keys(
    model: type[BasePage], *, keys: Collection[Key], fields: Sequence[str], gate: Gate, chain: Sequence[str]
) -> dict[Key, Row]:
    """The rows shown of a type, by translation key; keys with nothing to show are left out. One statement."""
    statement = prepared(
        ("page_rows_by_keys", model, tuple(fields), tuple(chain), gate.shape),
        lambda: _by_keys(model, gate=gate.shape, chain=chain).values(*fields),
    )
    return page_best_by_key(statement.rows({**gate.values, "keys": keys}), chain=chain)


def _by_keys(model: type[BasePage], *, gate: Conditions, chain: Sequence[str]) -> QuerySet[Any]:
    return page_queryset_visible(model, gate=gate).filter(any_of("translation_key", "keys", KEY), locale_code__in=chain)


def _text_rows(
    shape: Hashable,
    build: Callable[[], QuerySet[Any]],
    values: Mapping[str, Any],
    *,
    names: Sequence[str],
    fields: Collection[str],
) -> list[Row]:
    """Rows of ``names`` and ``fields``; a StreamField is given as its JSON text.

    The field itself would look at every block, and fail on a damaged one.
    """
    wanted = tuple(sorted(fields))

    def text() -> QuerySet[Any]:
        queryset = build()
        streams = [name for name in wanted if isinstance(queryset.model._meta.get_field(name), StreamField)]
        plain = [name for name in wanted if name not in streams]
        return queryset.values(*names, *plain, **{f"{name}{_JSON}": Cast(name, TextField()) for name in streams})

    rows = prepared((shape, wanted), text).rows(values)
    return [{name.removesuffix(_JSON): value for name, value in row.items()} for row in rows]


def page_text_by_id(model: type[BasePage], *, ids: Collection[int], fields: Collection[str]) -> dict[int, Row]:
    """The long fields of rows that passed the gate before, by id; StreamFields as JSON text. One statement."""
    rows = _text_rows(
        ("page_text_by_id", model),
        lambda: model._default_manager.filter(any_of("pk", "ids", ID)).order_by(),
        {"ids": ids},
        names=("id",),
        fields=fields,
    )
    return {row["id"]: row for row in rows}


def page_text_by_key(
    model: type[BasePage], *, keys: Collection[Key], fields: Collection[str], gate: Gate, chain: Sequence[str]
) -> dict[Key, list[Row]]:
    """The texts of every visible translation within ``chain``, best first, by translation key. One statement.

    StreamFields are given as JSON text.
    """
    rank = {code: position for position, code in enumerate(chain)}
    rows = _text_rows(
        ("page_text_by_key", model, tuple(chain), gate.shape),
        lambda: _by_keys(model, gate=gate.shape, chain=chain),
        {**gate.values, "keys": keys},
        names=("translation_key", "locale_code"),
        fields=fields,
    )
    texts: dict[Key, list[Row]] = {}
    for row in sorted(rows, key=lambda row: rank[row["locale_code"]]):
        texts.setdefault(row["translation_key"], []).append(row)
    return texts


def page_reference_values(queryset: QuerySet[Any]) -> QuerySet[Any, Row]:
    """Rows that name a page of any type: ``PAGE_FIELDS``, ``model`` (lower case) and what the gate needs."""
    return queryset.annotate(
        locale_code=F("locale__language_code"),
        model=F("content_type__model"),
        source_key=F("alias_of__translation_key"),
    ).values(*PAGE_FIELDS, *(name for name in GATE_FIELDS if name not in PAGE_FIELDS), "model", "source_key")


def _references_by_ids() -> QuerySet[Any, Row]:
    keys = Page.objects.filter(any_of("pk", "ids", ID)).values("translation_key")
    return page_reference_values(Page.objects.filter(translation_key__in=keys).order_by())


def _references(*conditions: Any) -> QuerySet[Any, Row]:
    return page_reference_values(Page.objects.filter(*conditions).order_by())


def page_has_own_text(row: Mapping[str, Any]) -> bool:
    """Whether a reference row is more than an alias of a page in another language."""
    return row["source_key"] is None or row["source_key"] != row["translation_key"]


def _shown_references(rows: Iterable[Row], *, gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    return page_best_by_key((row for row in rows if gate.allows(row) and page_has_own_text(row)), chain=chain)


def page_references_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """The reference rows shown, of any type, by translation key. One statement."""
    return _shown_references(
        prepared("page_references_by_keys", lambda: _references(any_of("translation_key", "keys", KEY))).rows(
            {"keys": keys}
        ),
        gate=gate,
        chain=chain,
    )


def page_references_by_ids(*, ids: Collection[int], gate: Gate, chain: Sequence[str]) -> dict[int, Row]:
    """For pages chosen somewhere by ``ids``, in whatever language: the reference rows shown instead. One statement."""
    rows = prepared("page_references_by_ids", _references_by_ids).rows({"ids": ids})
    shown = _shown_references(rows, gate=gate, chain=chain)
    wanted = set(ids)
    return {
        row["id"]: shown[row["translation_key"]]
        for row in rows
        if row["id"] in wanted and row["translation_key"] in shown
    }


def page_ancestors_by_paths(*, paths: Collection[str], gate: Gate) -> dict[str, list[Row]]:
    """The reference rows above and including each treebeard path, from the site's home page down. One statement."""
    wanted = {path[:end] for path in paths for end in range(Page.steplen, len(path) + 1, Page.steplen)}
    rows = {
        row["path"]: row
        for row in prepared("page_ancestors_by_paths", lambda: _references(any_of("path", "paths", TEXT))).rows(
            {"paths": wanted}
        )
    }
    ancestors = {}
    for path in paths:
        root = gate.paths.root_of({"path": path})
        start = len(root.tree_path) if root else len(path)
        line = [rows.get(path[:end]) for end in range(start, len(path) + 1, Page.steplen)]
        ancestors[path] = [row for row in line if row is not None]
    return ancestors


def page_alternates_by_keys(*, keys: Collection[Key], gate: Gate) -> dict[Key, list[Row]]:
    """The visible translations of each page in the languages of the settings, by translation key. One statement.

    Aliases are left out.
    """
    codes = tuple(locale_codes())
    statement = prepared(
        ("page_alternates_by_keys", codes),
        lambda: (
            _references(any_of("translation_key", "keys", KEY))
            .filter(locale__language_code__in=codes)
            .order_by("locale_id")
        ),
    )
    alternates: dict[Key, list[Row]] = {}
    for row in statement.rows({"keys": keys}):
        if gate.allows(row) and page_has_own_text(row):
            alternates.setdefault(row["translation_key"], []).append(row)
    return alternates


def page_references_by_url_paths(*, url_paths: Collection[str]) -> list[Row]:
    """The reference rows at some ``url_path``s, visible or not: for routing alone. One statement."""
    # url_path has no index; slug has one.
    slugs = {url_path.rstrip("/").rpartition("/")[2] for url_path in url_paths}
    statement = prepared(
        "page_references_by_url_paths",
        lambda: _references(any_of("slug", "slugs", TEXT), any_of("url_path", "url_paths", TEXT)),
    )
    return statement.rows({"slugs": slugs, "url_paths": url_paths})


def page_models_below(model: str) -> list[str]:
    """Names of the page models that may stand below one, all of them in lower case."""
    [found] = [each for each in get_page_models() if each._meta.model_name == model]
    return sorted(str(below._meta.model_name) for below in found.allowed_subpage_models())


HOME_FIELDS = (*CONTENT_FIELDS, "heading")
STANDARD_FIELDS = CONTENT_FIELDS


def home_row_shown(*, gate: Gate, chain: Sequence[str]) -> Row | None:
    """The home page of the reader's language, or of the best one of the chain. One statement."""
    statement = prepared(
        ("home_row_shown", tuple(chain), gate.shape),
        lambda: page_queryset_visible(HomePage, gate=gate.shape).filter(locale_code__in=chain).values(*HOME_FIELDS),
    )
    best = page_best_by_key(statement.rows(gate.values), chain=chain).values()
    return min(best, key=lambda row: chain.index(row["locale_code"]), default=None)


def home_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Home pages by translation key. One statement."""
    return page_rows_by_keys(HomePage, keys=keys, fields=HOME_FIELDS, gate=gate, chain=chain)


def standard_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Plain pages by translation key. One statement."""
    return page_rows_by_keys(StandardPage, keys=keys, fields=STANDARD_FIELDS, gate=gate, chain=chain)
