"""Take a glossary in: every line is judged first, then all of it is stored, or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from home.selectors.permissions import locale_list_permitted
from translations.exchange.errors import ExchangeError, shown
from translations.exchange.glossary_csv import csv_read
from translations.exchange.inline import ILLEGAL
from translations.exchange.tbx import TbxTerm, tbx_read
from translations.exchange.xml import XmlLimits
from translations.models import GlossaryTerm
from translations.services.exchange import size_check

_FIELDS = ("target_term", "forbidden", "kind", "match_case", "note")
# More than anybody reads; a file of another kind would fill the report with every line.
_PROBLEMS = 100


@dataclass(slots=True)
class GlossaryReport:
    """What came, or would come, of a file. ``problems`` are the place and what is wrong there."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return bool(self.problems)

    def summary(self) -> str:
        """The counts in words."""
        return ", ".join(
            (
                ngettext("%(count)d new term", "%(count)d new terms", self.created) % {"count": self.created},
                ngettext("%(count)d changed", "%(count)d changed", self.updated) % {"count": self.updated},
                ngettext("%(count)d unchanged", "%(count)d unchanged", self.unchanged) % {"count": self.unchanged},
            )
        )


@dataclass(frozen=True, slots=True)
class _Row:
    place: str
    term: TbxTerm | None
    problem: str = ""
    any_kind: bool = False


def glossary_import(*, data: bytes, source_locale: Locale, user: Any, dry_run: bool = False) -> GlossaryReport:
    """Take in a glossary, as CSV or TBX; of a TBX file the terms of ``source_locale``.

    A term that the glossary has for the two languages is changed, a new one is added, none is deleted. ``user`` may
    change terms into the languages that she works in. Nothing is stored while one line has a problem.
    """
    report = GlossaryReport()
    with transaction.atomic():
        terms = _Reader(report, source_locale, user).terms(data)
        if not report.problems:
            _store(terms, report, dry_run=dry_run)
    return report


def _is_xml(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<"))


class _Reader:
    def __init__(self, report: GlossaryReport, source_locale: Locale, user: Any) -> None:
        self.report, self.source_locale = report, source_locale
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.permitted = {locale.pk for locale in locale_list_permitted(user)}

    def terms(self, data: bytes) -> list[GlossaryTerm]:
        terms: dict[tuple[int, int, str], GlossaryTerm] = {}
        places: dict[tuple[int, int, str], str] = {}
        try:
            size_check(len(data))
            for row in self._tbx_rows(data) if _is_xml(data) else self._csv_rows(data):
                term = self._term(row)
                if term is None:
                    if len(self.report.problems) >= _PROBLEMS:
                        break
                    continue
                key = (term.source_locale_id, term.target_locale_id, term.source_term)
                if key in terms:
                    self._problem(row.place, _("The term stands there twice: see %(place)s.") % {"place": places[key]})
                    continue
                terms[key], places[key] = term, row.place
        except ExchangeError as error:
            self._problem(f"“{shown(error.segment)}”" if error.segment else "", str(error))
        if not terms and not self.report.problems:
            self._problem("", _("The file has no terms in these languages."))
        return list(terms.values())

    def _problem(self, place: str, message: str) -> None:
        self.report.problems.append((place, message))

    def _csv_rows(self, data: bytes) -> Iterator[_Row]:
        for line in csv_read(data=data, limit=settings.DIWAN_GLOSSARY_MAX_TERMS):
            yield _Row(_("line %(number)d") % {"number": line.line}, line.term, line.problem)

    def _tbx_rows(self, data: bytes) -> Iterator[_Row]:
        source = self.source_locale.language_code
        limit = settings.DIWAN_GLOSSARY_MAX_TERMS
        terms = tbx_read(
            stream=BytesIO(data),
            source_language=source,
            target_languages=[code for code in self.locales if code != source],
            limits=XmlLimits(elements=settings.DIWAN_EXCHANGE_LIMITS["elements"], names_dtd=True),
        )
        for number, term in enumerate(terms, 1):
            if number > limit:
                raise ExchangeError(_("The file holds more than %(limit)d terms.") % {"limit": limit})
            place = _("term %(number)d, “%(term)s”") % {"number": number, "term": shown(term.source_term)}
            # Subject fields of other tools are words of their own.
            yield _Row(place, term, any_kind=True)

    def _term(self, row: _Row) -> GlossaryTerm | None:
        if row.term is None:
            self._problem(row.place, row.problem)
            return None
        found = row.term
        locales = []
        for code in (found.source_language, found.target_language):
            locale = self.locales.get(code)
            if locale is None:
                self._problem(row.place, _("There is no language “%(code)s” here.") % {"code": shown(code, limit=20)})
                return None
            locales.append(locale)
        if locales[1].pk not in self.permitted:
            self._problem(
                row.place,
                _("You may not change terms in %(language)s.") % {"language": locales[1].get_display_name()},
            )
            return None
        kind = found.kind.strip().lower()
        if kind not in GlossaryTerm.Kind.values:
            if row.any_kind or not kind:
                kind = GlossaryTerm.Kind.OTHER.value
            else:
                self._problem(
                    row.place,
                    _("The kind “%(kind)s” is none of %(kinds)s.")
                    % {"kind": shown(found.kind, limit=40), "kinds": ", ".join(GlossaryTerm.Kind.values)},
                )
                return None
        term = GlossaryTerm(
            source_locale=locales[0],
            target_locale=locales[1],
            source_term=" ".join(found.source_term.split()),
            target_term=" ".join(found.target_term.split()),
            forbidden="\n".join(found.forbidden),
            kind=kind,
            match_case=found.match_case,
            note=found.note.strip(),
        )
        return term if self._is_valid(row.place, term) else None

    def _is_valid(self, place: str, term: GlossaryTerm) -> bool:
        if any(ILLEGAL.search(text) for text in (term.source_term, term.target_term, term.forbidden, term.note)):
            self._problem(place, _("A text holds control characters."))
            return False
        try:
            term.full_clean(
                exclude={"source_locale", "target_locale"}, validate_unique=False, validate_constraints=False
            )
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                label = getattr(GlossaryTerm._meta.get_field(name), "verbose_name", name)
                self._problem(place, _("%(name)s: %(reason)s") % {"name": label, "reason": " ".join(messages)})
            return False
        return True


def _store(terms: list[GlossaryTerm], report: GlossaryReport, *, dry_run: bool) -> None:
    known = {
        (term.source_locale_id, term.target_locale_id, term.source_term): term
        for term in GlossaryTerm.objects.filter(
            source_locale__in={term.source_locale_id for term in terms},
            target_locale__in={term.target_locale_id for term in terms},
        )
    }
    for term in terms:
        existing = known.get((term.source_locale_id, term.target_locale_id, term.source_term))
        if existing is None:
            report.created += 1
            existing = term
        elif all(getattr(existing, name) == getattr(term, name) for name in _FIELDS):
            report.unchanged += 1
            continue
        else:
            report.updated += 1
            for name in _FIELDS:
                setattr(existing, name, getattr(term, name))
        if not dry_run:
            # One by one: the search index of the admin hears of single saves only.
            existing.save()
