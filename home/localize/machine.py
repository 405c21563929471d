"""Machine translation: fills what is empty, marks it as a machine's, and stores nothing that would break a page.

Which service translates is a setting, WAGTAILLOCALIZE_MACHINE_TRANSLATOR, and none does unless it is set. Nothing here
writes to a page or publishes. A text of a machine is confirmed by the person who saves it; until then its page is
published by way of a review alone (``home.localize.progress``).
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import requests
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from home.localize.texts import text_problem

logger = logging.getLogger(__name__)

# What the services take in one request: DeepL no more than 50 texts, and none of them a book.
_TEXTS, _CHARACTERS = 40, 20_000
# What wagtail-localize's translators raise: the network, the status, an answer that is no JSON or lacks something.
_FAILURES = (requests.RequestException, OSError, ValueError, LookupError, TypeError, AttributeError)
# Beyond 255 characters the column refuses a name.
_TOOL_LENGTH = 255


class MachineError(Exception):
    """The service did not translate; the message says what happened, without its address or its key."""


@dataclass(frozen=True, slots=True)
class Made:
    """A translation that no person made, and by what it was made."""

    text: str
    tool: str


@dataclass(slots=True)
class MachineReport:
    """What became of the empty texts of one translation.

    ``left_out`` holds the source of each text whose translation could not be used, with the reason. ``failure`` says
    why the service stopped; what it had translated before is stored.
    """

    stored: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)
    missing: int = 0
    failure: str = ""


# Texts that are known without asking a service, by their source.
Known = Callable[[Sequence[str]], Mapping[str, Made]]


def machine_translator(record: Translation) -> Any:
    """The service that the settings name, if it translates between the languages of ``record``; else None."""
    translator = get_machine_translator()
    if translator and translator.can_translate(record.source.locale, record.target_locale):
        return translator
    return None


def machine_fill(*, record: Translation, user: Any, translator: Any, known: Known | None = None) -> MachineReport:
    """Translate the empty texts of ``record``: those ``known``, the rest by ``translator`` unless it is None.

    Rights are the caller's to check. No transaction is open while the service works. A text that somebody translates
    meanwhile stays theirs.
    """
    report = MachineReport()
    waiting: dict[str, list[StringSegment]] = {}
    for segment in _empty_segments(record):
        waiting.setdefault(segment.string.data, []).append(segment)
    made = {
        text: translation
        for text, translation in (known(list(waiting)) if known and waiting else {}).items()
        if not any(_problem(record, segment, translation.text) for segment in waiting.get(text, []))
    }
    _store(record, user, made, waiting, report)
    asked = [text for text in waiting if text not in made]
    if translator is not None:
        try:
            for chunk in _chunks(asked):
                answered = _translate(record, translator, chunk)
                made |= answered
                _store(record, user, answered, waiting, report)
        except MachineError as error:
            report.failure = str(error)
    report.missing = sum(len(waiting[text]) for text in waiting if text not in made)
    return report


def machine_confirm(*, record: Translation) -> int:
    """Count the machine's texts of ``record`` as confirmed by a person; return how many there were.

    Saving a text in the editor confirms it by itself; this is for whoever read all of them, which a reviewer did.
    """
    segments = StringSegment.objects.filter(source_id=record.source_id).values_list("context_id", "string_id")
    rows = StringTranslation.objects.filter(
        locale_id=record.target_locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        context_id__in=segments.values("context_id"),
        has_error=False,
    )
    of_now = set(segments)
    confirmed = [row for row in rows if (row.context_id, row.translation_of_id) in of_now]
    for row in confirmed:
        row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        # With this list of fields the row is not judged anew; what listens to it learns of the change.
        row.save(update_fields=["translation_type", "updated_at"])
    return len(confirmed)


def _empty_segments(record: Translation) -> Iterator[StringSegment]:
    segments = (
        StringSegment.objects.filter(source_id=record.source_id)
        .annotate_translation(record.target_locale_id, include_errors=True)
        .select_related("string", "context")
        .order_by("order", "pk")
    )
    return (segment for segment in segments if not segment.translation and segment.string.data.strip())


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for text in texts:
        if chunk and (len(chunk) >= _TEXTS or sum(map(len, chunk)) + len(text) > _CHARACTERS):
            yield chunk
            chunk = []
        chunk.append(text)
    if chunk:
        yield chunk


def _translate(record: Translation, translator: Any, texts: list[str]) -> dict[str, Made]:
    values = [StringValue(text) for text in texts]
    try:
        answered = translator.translate(record.source.locale, record.target_locale, values)
        found = {value.data: answered[value].data for value in values if answered.get(value) is not None}
    except requests.Timeout as error:
        logger.warning("Machine translation timed out: %s", type(error).__name__)
        raise MachineError(_("The service did not answer in time.")) from error
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else 0
        logger.warning("Machine translation was refused with status %s", status)
        raise MachineError(_("The service refused with status %(status)s.") % {"status": status}) from error
    except requests.ConnectionError as error:
        logger.warning("Machine translation cannot be reached: %s", type(error).__name__)
        raise MachineError(_("The service cannot be reached.")) from error
    except _FAILURES as error:
        # The message of such an error may hold the address, and with some services the key.
        logger.warning("Machine translation gave an answer that cannot be read: %s", type(error).__name__)
        raise MachineError(_("The service gave an answer that cannot be read.")) from error
    tool = str(translator.display_name)[:_TOOL_LENGTH]
    return {source: Made(text, tool) for source, text in found.items() if isinstance(text, str) and text.strip()}


def _store(
    record: Translation,
    user: Any,
    made: Mapping[str, Made],
    waiting: Mapping[str, list[StringSegment]],
    report: MachineReport,
) -> None:
    with transaction.atomic():
        for source, translation in made.items():
            for segment in waiting.get(source, []):
                problem = _problem(record, segment, translation.text)
                if problem:
                    report.left_out.append((source, problem))
                else:
                    report.stored += _store_one(record, user, segment, translation)


def _store_one(record: Translation, user: Any, segment: StringSegment, made: Made) -> bool:
    values = {
        "data": made.text,
        "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
        "tool_name": made.tool,
        "last_translated_by": user,
        "has_error": False,
        "field_error": "",
    }
    row, created = StringTranslation.objects.get_or_create(
        translation_of_id=segment.string_id,
        locale_id=record.target_locale_id,
        context_id=segment.context_id,
        defaults=values,
    )
    if created or row.data:
        return created
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True


def _problem(record: Translation, segment: StringSegment, text: str) -> str | None:
    """Why ``text`` cannot stand as the translation of ``segment``."""
    source = segment.string.data
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(source, text)
    except (ValueError, RecursionError):
        return _("Its tags are broken.")
    if _tags(source) != _tags(text):
        return _("Its links or its formatting are not those of the source.")
    return text_problem(source=record.source, path=segment.context.path, text=text)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs).get("id") or ""))


def _tags(html: str) -> list[tuple[str, str]]:
    """The tags of a text with the numbers of links, in no order: languages put words in their own."""
    parser = _Tags()
    parser.feed(html)
    parser.close()
    return sorted(parser.found)
