"""Which column of a table is which of ours: by its name, by its label in any language, or as somebody says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from bulk.columns.column import AnyColumn, RecordType, languages
from bulk.sheets import SheetError
from home.language.folding import fold

_SUFFIX = re.compile(r"(?P<name>.+?)(?:_|\s*[(\[]\s*|\s+[-–—]\s+|\s+)(?P<code>[A-Za-z]{2,3}(?:-[A-Za-z]+)?)\s*[)\]]?\Z")
IGNORED = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One of our columns, in one language; the source's for what has no language."""

    column: AnyColumn
    locale: str

    @property
    def name(self) -> str:
        """``title_ar``; without a suffix in the source language."""
        is_source = self.locale == settings.DIWAN_SOURCE_LOCALE
        return self.column.name if is_source else f"{self.column.name}_{self.locale}"


def content_languages() -> list[str]:
    """The languages that content is kept in, the source first."""
    source = settings.DIWAN_SOURCE_LOCALE
    return [source, *(code for code, _name in settings.LANGUAGES if code != source)]


def targets(record_type: RecordType) -> list[Target]:
    """Every column that a table may have, in the order of an export."""
    found: list[Target] = []
    for column in record_type.columns:
        codes = content_languages() if column.is_text else [settings.DIWAN_SOURCE_LOCALE]
        found.extend(Target(column, code) for code in codes)
    return found


def header_map(
    record_type: RecordType, *, header: Sequence[str], chosen: Mapping[str, str] | Sequence[str]
) -> tuple[dict[int, Target], list[int]]:
    """The targets by the number of the column, and the numbers of columns that nobody knows.

    ``chosen`` maps names of the header to names of ours (``{"Ville": "city"}``), or to ``""`` to leave a column out;
    as a sequence it says so for each column by its place, because several may have no name. Raise SheetError for a name
    of ours that does not exist, one chosen twice, a name that the header lacks, and too few or many places.
    """
    by_name = _by_name(record_type.name)
    picked = chosen_by_place(header, chosen)
    found: dict[int, Target] = {}
    unknown: list[int] = []
    taken: dict[str, str] = {}
    for place, name in enumerate(header):
        if place in picked:
            if picked[place] == IGNORED:
                continue
            target = by_name.get(picked[place].lower())
            if target is None:
                raise SheetError(
                    _("There is no column “%(name)s” to read it as.") % {"name": picked[place]}, line=1, column=name
                )
        else:
            target = by_name.get(name.lower()) or _by_label(record_type, name)
        if target is None:
            unknown.append(place)
            continue
        if target.name in taken:
            message = _("It would be read as %(column)s, and so would “%(other)s”.")
            raise SheetError(message % {"column": target.name, "other": taken[target.name]}, line=1, column=name)
        taken[target.name] = name
        found[place] = target
    return found, unknown


def chosen_by_place(header: Sequence[str], chosen: Mapping[str, str] | Sequence[str]) -> dict[int, str]:
    """What was chosen for which column. Raise SheetError where the table has no such column."""
    if isinstance(chosen, Mapping):
        for name in chosen:
            if name not in header:
                raise SheetError(_("The table has no column of this name."), line=1, column=name)
        return {place: chosen[name] for place, name in enumerate(header) if name in chosen}
    if len(chosen) != len(header):
        raise SheetError(_("The table has other columns than when they were mapped."), line=1)
    return dict(enumerate(chosen))


@cache
def _by_name(type_name: str) -> dict[str, Target]:
    from bulk.columns.types import RECORD_TYPES

    found = {}
    for target in targets(RECORD_TYPES[type_name]):
        found[target.name] = target
        found[f"{target.column.name}_{target.locale}"] = target
    return found


@cache
def _labels(type_name: str) -> dict[str, AnyColumn]:
    """The columns by their folded labels in any language; one that two columns share stands for neither."""
    from bulk.columns.types import RECORD_TYPES

    found: dict[str, set[str]] = {}
    record_type = RECORD_TYPES[type_name]
    for code in languages():
        with translation.override(code):
            for column in record_type.columns:
                for label in (str(column.label), column.name.replace("_", " ")):
                    found.setdefault(fold(label), set()).add(column.name)
    return {
        label: known
        for label, names in found.items()
        if len(names) == 1 and (known := record_type.column(next(iter(names)))) is not None
    }


def _by_label(record_type: RecordType, name: str) -> Target | None:
    labels = _labels(record_type.name)
    if column := labels.get(fold(name)):
        return Target(column, settings.DIWAN_SOURCE_LOCALE)
    match = _SUFFIX.match(name)
    if match and match["code"].lower() in content_languages():
        named = labels.get(fold(match["name"]))
        if named is not None and (named.is_text or match["code"].lower() == settings.DIWAN_SOURCE_LOCALE):
            return Target(named, match["code"].lower())
    return None
