"""Take files of translations in: every check first, then all of it in one transaction, or nothing.

What a file holds is a claim. The page, the languages, the rights and the tags are read from the database; a file only
says which text it means, by a key that is a digest of its place and words, and what its translation is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.localize.rights import target_can_edit
from translations.exchange.archive import ArchiveLimits, archive_read
from translations.exchange.errors import ExchangeError, shown
from translations.exchange.files import documents_read, is_archive
from translations.exchange.report import PageReport, Report, ReportLine
from translations.exchange.units import Format, ReadDocument, ReadSegment, segment_key
from translations.exchange.xml import XmlLimits, language_fits
from translations.selectors.exchange import (
    edit_url_get,
    record_get,
    segment_rows,
    target_get,
)
from translations.services.exchange_texts import Problem, Settled, text_settle

_TOOLS = {form.label for form in Format}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How an import treats what does not fit.

    ``dry_run``: check and write, then take all of it back. ``partial``: leave out the texts and the pages that do not
    fit and take the rest; without it one misfit refuses everything. ``overwrite``: take a text although somebody
    changed its translation here after the file was made.
    """

    dry_run: bool = False
    partial: bool = False
    overwrite: bool = False


def _limits() -> dict[str, int]:
    limits: dict[str, int] = settings.DIWAN_EXCHANGE_LIMITS
    return limits


def size_check(size: int) -> None:
    """Raise ExchangeError for a file that is too large to be read at all."""
    limit = _limits()["upload_bytes"]
    if size > limit:
        raise ExchangeError(
            _("The file is too large: at most %(limit)d MB are accepted.") % {"limit": limit // (1024 * 1024)}
        )


@dataclass(slots=True)
class _Plan:
    """One page's texts that passed every check."""

    page: PageReport
    record: Translation
    form: Format
    texts: list[tuple[StringSegment, StringTranslation | None, str]]


def exchange_import(*, name: str, data: bytes, user: AbstractBaseUser | None, options: ImportOptions) -> Report:
    """Take in a file, or a zip of files; say what came of each page and what is wrong with which text.

    ``user`` None stands for the operator at the command line, who may do everything. Nothing is stored when anything
    does not fit, unless the options say otherwise. Texts go into the translation; no page is written or published.
    """
    report = Report(dry_run=options.dry_run)
    with transaction.atomic():
        importer = _Importer(report=report, user=user, options=options)
        plans = importer.read(name=name, data=data)
        # Two imports at once take their locks in the same order.
        for plan in sorted(plans, key=lambda plan: plan.record.pk):
            if report.has_errors and not options.partial:
                break
            importer.store(plan)
        report.is_refused = importer.is_broken or (report.has_errors and not options.partial)
        if report.is_refused:
            for page in report.pages:
                page.stored = 0
        if report.is_refused or options.dry_run:
            transaction.set_rollback(True)
    return report


class _Importer:
    def __init__(self, *, report: Report, user: AbstractBaseUser | None, options: ImportOptions) -> None:
        self.report, self.user, self.options = report, user, options
        self.plans: dict[int, _Plan] = {}
        self.is_broken = False

    def read(self, *, name: str, data: bytes) -> list[_Plan]:
        try:
            size_check(len(data))
            for entry, content in self._files(name, data):
                self._file(entry, content)
        except ExchangeError as error:
            self._refuse(self._page(name), str(error), error.segment)
        return list(self.plans.values())

    def _files(self, name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
        limits = _limits()
        if is_archive(data):
            yield from archive_read(
                data=data,
                limits=ArchiveLimits(
                    entries=limits["archive_files"],
                    file_bytes=limits["upload_bytes"],
                    total_bytes=limits["archive_bytes"],
                    ratio=limits["archive_ratio"],
                ),
            )
        else:
            yield name, data

    def _page(self, name: str) -> PageReport:
        page = PageReport(file=name)
        self.report.pages.append(page)
        return page

    def _refuse(self, page: PageReport, message: str, segment: str = "", path: str = "") -> None:
        page.add(ReportLine("error", message, shown(segment), path))

    def _file(self, name: str, data: bytes) -> None:
        try:
            # All of a file is read before any of it is judged: what is cut off counts for nothing.
            documents = list(documents_read(data=data, limits=XmlLimits(elements=_limits()["elements"])))
        except ExchangeError as error:
            self._refuse(self._page(name), str(error), error.segment)
            return
        for document in documents:
            self._document(name, document)

    def _document(self, name: str, document: ReadDocument) -> None:
        limit = _limits()["archive_files"]
        if len(self.report.pages) >= limit:
            raise ExchangeError(_("The file holds more than %(limit)d pages.") % {"limit": limit})
        page = self._page(name)
        page.title = document.path
        record = record_get(uuid=document.record)
        if record is None:
            self._refuse(page, _("This file belongs to no translation of this site."), _first(document))
            return
        page.title, page.record_id = record.source.object_repr, record.pk
        target = target_get(record=record)
        problem = self._record_problem(document, record, target)
        if problem:
            self._refuse(page, problem, _first(document))
            return
        page.url = edit_url_get(target=target)
        plan = _Plan(page, record, document.format, [])
        earlier = self.plans.setdefault(record.pk, plan)
        if earlier is not plan:
            self._refuse(page, _("The page is there twice: in “%(file)s” too.") % {"file": earlier.page.file})
            return
        self._segments(document, plan)

    def _record_problem(self, document: ReadDocument, record: Translation, target: Any) -> str | None:
        """Why nothing can be imported into this translation."""
        wanted = record.target_locale.language_code
        if not language_fits(document.target_language, wanted):
            return _("The file says that its language is %(found)s, but the page is translated into %(wanted)s.") % {
                "found": document.target_language,
                "wanted": record.target_locale.get_display_name(),
            }
        if not language_fits(document.source_language, record.source.locale.language_code):
            return _("The file says that it is translated from %(found)s, but the page is written in %(wanted)s.") % {
                "found": document.source_language,
                "wanted": record.source.locale.get_display_name(),
            }
        if target is None:
            return _("The page “%(title)s” was deleted.") % {"title": record.source.object_repr}
        if self.user is not None and not target_can_edit(user=self.user, target=target):
            return _("You may not change “%(title)s” in %(language)s, or it is locked.") % {
                "title": record.source.object_repr,
                "language": record.target_locale.get_display_name(),
            }
        if not record.enabled:
            return _("The translation of “%(title)s” was stopped.") % {"title": record.source.object_repr}
        return None

    def _segments(self, document: ReadDocument, plan: _Plan) -> None:
        rows = {
            segment_key(path=segment.context.path, source=segment.string.data): (segment, stored)
            for segment, stored in segment_rows(record=plan.record)
        }
        paths = {segment.context.path for segment, _stored in rows.values()}
        seen: dict[str, Any] = {}
        for read in document.segments:
            if read.key in seen:
                if seen[read.key] != read.target:
                    self._misfit(
                        plan.page, read.text, read.path, _("The file translates this text twice, in different words.")
                    )
                continue
            seen[read.key] = read.target
            if read.key not in rows:
                self._unknown(plan.page, read, paths)
                continue
            segment, stored = rows[read.key]
            self._settle(document, plan, read, segment, stored)
        self._missing(document, plan, [rows[key][0] for key in rows if key not in seen])

    def _unknown(self, page: PageReport, read: ReadSegment, paths: set[str]) -> None:
        """A text that the page does not have now. What was not translated in it is no loss."""
        if not read.target:
            page.unfinished += 1
        elif read.path in paths:
            self._misfit(page, read.text, read.path, _("This text was changed on the page after the file was made."))
        else:
            self._misfit(page, read.text, read.path, _("This text is no longer on the page."))

    def _settle(
        self,
        document: ReadDocument,
        plan: _Plan,
        read: ReadSegment,
        segment: StringSegment,
        stored: StringTranslation | None,
    ) -> None:
        settled = text_settle(
            read=read,
            segment=segment,
            stored=stored,
            source=plan.record.source,
            # A file that does not say when it was made is taken to be older than anything that stands here.
            newer_than=None if self.options.overwrite or self._is_own(stored) else document.exported_at or _LONG_AGO,
        )
        if isinstance(settled, Problem):
            self._misfit(plan.page, segment.string.data, read.path, settled.message)
        elif settled is Settled.UNCHANGED:
            plan.page.unchanged += 1
        elif settled is Settled.UNFINISHED:
            plan.page.unfinished += 1
        else:
            plan.texts.append((segment, stored, settled))
            plan.page.stored += 1

    def _is_own(self, stored: StringTranslation | None) -> bool:
        """Did the same user bring this translation in a file before? A second delivery corrects the first."""
        user_id = self.user.pk if self.user is not None else None
        return stored is not None and stored.tool_name in _TOOLS and stored.last_translated_by_id == user_id

    def _misfit(self, page: PageReport, text: str, path: str, message: str) -> None:
        if self.options.partial:
            page.left_out += 1
        page.add(ReportLine("warning" if self.options.partial else "error", message, shown(text), path))

    def _missing(self, document: ReadDocument, plan: _Plan, missing: list[StringSegment]) -> None:
        if not missing:
            return
        text = shown(missing[0].string.data)
        if document.format is Format.PO:
            # A PO file that ends early is still a PO file.
            message = _("The file is cut off or out of date: it lacks %(count)d texts of the page.")
        else:
            message = _("The file lacks %(count)d texts of the page.")
        is_error = document.format is Format.PO and not self.options.partial
        plan.page.add(
            ReportLine(
                "error" if is_error else "warning",
                message % {"count": len(missing)},
                text,
                missing[0].context.path,
            )
        )

    def store(self, plan: _Plan) -> None:
        """Store a page's texts, those left out that somebody has translated since the file was read."""
        if self.is_broken:
            return
        if not self.options.overwrite:
            plan.texts = list(self._unchanged(plan))
        try:
            for segment, stored, text in plan.texts:
                self._store_one(plan, segment, stored, text)
        except IntegrityError:
            # Somebody translated a text for the first time in the same moment: the transaction is lost.
            self.is_broken = True
            self._refuse(
                plan.page,
                _("Somebody changed this translation here after the file was made."),
                plan.texts[0][0].string.data,
            )

    def _unchanged(self, plan: _Plan) -> Iterator[tuple[StringSegment, StringTranslation | None, str]]:
        rows = StringTranslation.objects.select_for_update().filter(
            locale_id=plan.record.target_locale_id,
            context__in={segment.context_id for segment, _stored, _text in plan.texts},
        )
        now = {
            (string, context): updated_at
            for string, context, updated_at in rows.order_by("pk").values_list(
                "translation_of_id", "context_id", "updated_at"
            )
        }
        for segment, stored, text in plan.texts:
            if now.get((segment.string_id, segment.context_id)) == (stored.updated_at if stored else None):
                yield segment, stored, text
            else:
                plan.page.stored -= 1
                self._misfit(
                    plan.page,
                    segment.string.data,
                    segment.context.path,
                    _("Somebody changed this translation here after the file was made."),
                )

    def _store_one(self, plan: _Plan, segment: StringSegment, stored: StringTranslation | None, text: str) -> None:
        row = stored or StringTranslation(locale_id=plan.record.target_locale_id)
        # Those at hand: what listens to the row reads them.
        row.translation_of, row.context = segment.string, segment.context
        row.data = text
        row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        row.tool_name = plan.form.label
        row.last_translated_by = self.user
        row.has_error, row.field_error = False, ""
        row.save()


def _first(document: ReadDocument) -> str:
    return document.segments[0].text if document.segments else ""
