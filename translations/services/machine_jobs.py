"""The bulk action of the desk that has a machine translate what is empty. It publishes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.strings import StringValue

from home.localize.machine import Known, MachineReport, Made, machine_fill, machine_translator
from home.localize.rights import target_can_edit, target_is_held
from translations.checks.pair import plain_text
from translations.models import DeskJob
from translations.selectors.checks import term_list
from translations.selectors.hints import memory_matches
from translations.selectors.memory import EXACT
from translations.selectors.people import record_target
from translations.services.desk_jobs import pages_and_records
from translations.services.jobs import JobError, JobItem, job_kind

# A service that fails for so many pages in a row is not asked for the rest: each would wait for its time-out.
_MOST_FAILURES = 5
_SHOWN = 3


@job_kind(DeskJob.Kind.MACHINE)
def machine_translate(job: DeskJob) -> Iterator[JobItem]:
    """Fill the empty texts of each translation under way: by memory and glossary, then by the service if there is one.

    A page for which the service fails keeps what was filled, and the next is tried.
    """
    if job.locale is None or job.owner is None:
        raise JobError(_("The language or the person that asked for this does not exist any more."))
    rows = list(pages_and_records(job))
    job.total = len(rows)
    failures = 0
    for page, record in rows:
        title, url = page.get_admin_display_title(), reverse("wagtailadmin_pages:edit", args=[page.pk])
        if record is None:
            yield JobItem("warning", title, _("It has not been submitted yet."), url)
            continue
        target = record_target(record=record)
        if target is None:
            yield JobItem("error", title, _("The page was deleted."), url)
            continue
        url = reverse("wagtailadmin_pages:edit", args=[target.pk])
        problem = _refusal(job.owner, target)
        if problem:
            yield JobItem("error", title, problem, url)
            continue
        is_given_up = failures >= _MOST_FAILURES
        translator = None if is_given_up else machine_translator(record)
        report = machine_fill(record=record, user=job.owner, translator=translator, known=known_texts(record))
        if is_given_up and report.missing:
            report.failure = _("The service failed for several pages in a row, and was not asked again.")
        elif translator is not None:
            failures = failures + 1 if report.failure else 0
        yield _item(report, title, url, has_service=translator is not None or is_given_up)


def known_texts(record: Translation) -> Known:
    """A function that tells which texts the memory and the glossary know word for word."""

    def known(texts: Sequence[str]) -> Mapping[str, Made]:
        source, target = record.source.locale, record.target_locale
        found = {}
        written, folded = defaultdict(list), defaultdict(list)
        for text in texts:
            plain = plain_text(text).strip()
            written[plain].append(text)
            folded[plain.casefold()].append(text)
        for term in term_list(source=source.pk, target=target.pk):
            for text in written.get(term.source, ()) if term.match_case else folded.get(term.source.casefold(), ()):
                found[text] = Made(StringValue.from_plaintext(term.target).data, _("Glossary"))
        for text, matches in memory_matches(texts=texts, source_locale=source, target_locale=target).items():
            # What a machine made is not known until a person has confirmed it.
            exact = next((match for match in matches if match.score == EXACT and not match.is_machine), None)
            if exact:
                found[text] = Made(exact.target, _("Translation memory"))
        return found

    return known


def _refusal(owner: Any, target: Page) -> str:
    if not target_can_edit(user=owner, target=target):
        return _("You may not edit this translation.")
    if target_is_held(user=owner, target=target):
        return _("The page is locked or under review.")
    return ""


def _item(report: MachineReport, title: str, url: str, *, has_service: bool) -> JobItem:
    lines = []
    if report.stored:
        lines.append(
            ngettext(
                "%(count)d text was filled; a person has to confirm it.",
                "%(count)d texts were filled; a person has to confirm them.",
                report.stored,
            )
            % {"count": report.stored}
        )
    if report.left_out:
        shown = " ".join(f"“{plain_text(text)[:60]}”: {problem}" for text, problem in report.left_out[:_SHOWN])
        lines.append(
            ngettext(
                "%(count)d text was left out. %(texts)s",
                "%(count)d texts were left out. %(texts)s",
                len(report.left_out),
            )
            % {"count": len(report.left_out), "texts": shown}
        )
    if report.failure:
        lines.append(report.failure)
    elif report.missing:
        lines.append(
            ngettext("%(count)d text is still empty.", "%(count)d texts are still empty.", report.missing)
            % {"count": report.missing}
        )
    if report.missing and not has_service:
        lines.append(_("No service is set up, so only the memory and the glossary were asked."))
    if report.failure:
        return JobItem("error", title, " ".join(lines), url)
    if report.left_out or report.missing:
        return JobItem("warning", title, " ".join(lines), url)
    return JobItem("success", title, " ".join(lines) or _("There is nothing left to translate."), url)
