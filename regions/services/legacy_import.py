"""Imports a page of the old portal, saved as text, into the site."""

import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from wagtail.models import Locale, Page

from home.language.folding import fold
from home.services.statistics import statistics_refresh
from regions.geography import CONTINENT_CODES, sub_region_entries
from regions.legacy.classifier import OTHER, classifier_for
from regions.legacy.data_files import supported_languages
from regions.legacy.gazetteer import continent_names
from regions.legacy.language import other_language, script_expected, script_of
from regions.legacy.names import links_to, names_in_text, organisation_target
from regions.legacy.page import LegacyPage
from regions.legacy.parser import page_parse
from regions.legacy.reading import Limits, SourceText, UnreadableFileError, file_read
from regions.legacy.report import ImportReport, OrganisationReport
from regions.models import NewsIndexPage
from regions.selectors.legacy_import import continent_get, locale_get, news_index_get
from regions.services.legacy_continent import ContinentPlan, continent_import_apply, continent_import_plan
from regions.services.legacy_events import (
    event_import_create_all,
    event_import_link_all,
    event_import_plan_all,
)
from regions.services.legacy_news import NewsPlan, news_import_apply_all, news_import_plan_all
from regions.services.legacy_pages import LegacyImportError
from regions.services.legacy_registry import organisations_of_import

__all__ = ["LegacyImportError", "legacy_page_import"]


def legacy_page_import(
    *,
    path: Path,
    locale_code: str,
    continent_code: str,
    publish: bool = False,
    date: datetime.date | None = None,
    dry_run: bool = False,
    encoding: str | None = None,
    recreate_deleted: bool = False,
    allow_shorter: bool = False,
    create_events: bool = False,
) -> ImportReport:
    """Create or update the page of a continent (UN M49 code) and its news from a saved page of the old portal.

    New and changed pages are drafts, or live with ``publish``; ``date`` is for items that have none. A second import
    of the same file changes nothing; pages that editors changed are kept. A file with fewer paragraphs than the page
    that an import wrote, or without its list of news, is refused unless ``allow_shorter``. Text and news are linked to
    the organisations and events that they name; ``create_events`` makes drafts of events that have no record. With
    ``dry_run`` nothing is written. All of it is written, or none of it: LegacyImportError is raised before the first
    write or rolls everything back.
    """
    locale, news_index = _target(locale_code=locale_code, continent_code=continent_code)
    language = _language(locale_code)
    limits = Limits(
        bytes=settings.DIWAN_IMPORT_MAX_BYTES,
        lines=settings.DIWAN_IMPORT_MAX_LINES,
        line_length=settings.DIWAN_IMPORT_MAX_LINE_LENGTH,
    )
    try:
        text = file_read(path=path, limits=limits, encoding=encoding)
    except UnreadableFileError as error:
        raise LegacyImportError(str(error)) from error
    source, warnings = _parsed(text, locale=locale, language=language, continent_code=continent_code)

    named = names_in_text(source.paragraphs, language=language, home=settings.DIWAN_HOME_COUNTRY)
    keeper = organisations_of_import()
    found = keeper.find(codes=named.organisations, locale=locale) if keeper and named.organisations else {}
    organisation_ids = {organisation_target(code): page.pk for code, page in found.items()}

    def run(*, write: bool) -> ImportReport:
        news = news_import_plan_all(
            locale=locale,
            language=language,
            home_country=settings.DIWAN_HOME_COUNTRY,
            items=source.news,
            continent=continent_get(locale=locale, code=continent_code),
            date=date,
            publish=publish,
            recreate_deleted=recreate_deleted,
        )
        events = event_import_plan_all(
            locale=locale,
            language=language,
            named=named,
            news=news,
            create=create_events,
            publish=publish,
            recreate_deleted=recreate_deleted,
        )
        targets = {**organisation_ids, **{event.target: 0 for event in events if event.has_page}}
        plan = continent_import_plan(
            locale=locale,
            code=continent_code,
            source=source,
            publish=publish,
            links=links_to(named.links, targets=targets),
        )
        if not allow_shorter:
            _refuse_shorter(plan)
        if publish:
            _refuse_undated(news)
        if write:
            page_ids = {**organisation_ids, **event_import_create_all(plans=events)}
            continent_import_apply(plan=plan, publish=publish, page_ids=page_ids)
            if plan.page is None:
                raise LegacyImportError(f"The page of continent {continent_code} could not be made.")
            index = NewsIndexPage.objects.get(pk=news_index.pk)
            news_import_apply_all(plans=news, news_index=index, continent=plan.page, publish=publish)
            event_import_link_all(plans=events, locale=locale, publish=publish)
        return ImportReport(
            file=path.name,
            encoding=text.encoding,
            encoding_assumption=text.assumption,
            locale=locale_code,
            continent_code=continent_code,
            dry_run=dry_run,
            publish=publish,
            date=date,
            lines=source.lines,
            continent=plan.report(),
            news=tuple(item.report() for item in news),
            warnings=(*warnings, plan.warning) if plan.warning else warnings,
            organisations=tuple(
                OrganisationReport(code, organisation_ids.get(organisation_target(code)))
                for code in named.organisations
            ),
            events=tuple(event.report() for event in events),
        )

    if dry_run:
        return run(write=False)
    try:
        with transaction.atomic():
            # Two imports into one locale wait for each other here; the second one finds the first one's records.
            Page.objects.select_for_update().get(pk=news_index.pk)
            report = run(write=True)
            statistics_refresh()
            return report
    except IntegrityError as error:
        raise LegacyImportError(
            "Another import or an editor wrote the same pages at the same time. Nothing was written; run it again."
        ) from error
    except OperationalError as error:
        raise LegacyImportError(f"The database is busy ({error}). Nothing was written; run it again.") from error
    except ValidationError as error:
        raise LegacyImportError(f"A page is not valid: {'; '.join(error.messages)} Nothing was written.") from error


def _target(*, locale_code: str, continent_code: str) -> tuple[Locale, NewsIndexPage]:
    """The locale and the index that its news goes below. Raises LegacyImportError."""
    known = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    if locale_code not in known:
        raise LegacyImportError(f"Unknown locale {locale_code!r}. Known: {', '.join(known)}.")
    if continent_code not in CONTINENT_CODES:
        part_of = {entry.code: entry.continent_code for entry in sub_region_entries()}
        hint = (
            f" It is a part of {part_of[continent_code]}: import the page there." if continent_code in part_of else ""
        )
        raise LegacyImportError(
            f"Unknown continent {continent_code!r}.{hint} Known UN M49 codes: {', '.join(CONTINENT_CODES)}."
        )
    locale = locale_get(code=locale_code)
    news_index = news_index_get(locale=locale) if locale else None
    if locale is None or news_index is None:
        raise LegacyImportError(
            f"Locale {locale_code!r} has no page tree yet. Run manage.py setup_site first; it changes nothing else."
        )
    return locale, news_index


def _language(locale_code: str) -> str:
    language = locale_code.partition("-")[0].lower()
    if language not in supported_languages():
        raise LegacyImportError(
            f"Old pages in {language!r} cannot be read yet: regions/legacy/data has no wording and places for it. "
            f"Supported: {', '.join(sorted(supported_languages()))}."
        )
    return language


def _parsed(
    text: SourceText, *, locale: Locale, language: str, continent_code: str
) -> tuple[LegacyPage, tuple[str, ...]]:
    """The parts of the saved page, and the warnings so far. Raises LegacyImportError for a page that is not one."""
    script, expected = script_of(text.text), script_expected(language)
    if script != expected:
        raise LegacyImportError(
            f"The page is not in {language!r}: most of its letters are {script or 'of an unknown script'}, not "
            f"{expected}. Give the page's own --locale, or --encoding if the letters were misread."
        )
    names = continent_names(language)
    page = continent_get(locale=locale, code=continent_code)
    if page is not None:
        # Editors may call the continent otherwise than CLDR does.
        own = {fold(name) for name in (page.title, page.menu_label) if name}
        names = {**names, continent_code: names[continent_code] | own}
    classifier = classifier_for(language=language)
    source = page_parse(
        text.text,
        language=language,
        continent=continent_code,
        continents=names,
        is_news=lambda line: classifier.kind_of(line).slug != OTHER,
    )
    if not source.is_recognised:
        raise LegacyImportError(
            "The file is not a page of the old portal, or most of it is lost: no text and no list of news below a "
            "heading was found in it."
        )
    if len(source.other_continents) == 1:
        raise LegacyImportError(
            f"The page is about continent {source.other_continents[0]}, not {continent_code}: its menu label says so. "
            "Give the page's own --continent."
        )
    warnings = [*text.warnings, *source.warnings]
    if other := other_language(text.text, language=language):
        warnings.append(f"The page looks like {other!r}, not {language!r}. Publish it only if --locale is right.")
    return source, tuple(warnings)


def _refuse_undated(news: list[NewsPlan]) -> None:
    undated = [plan.item.lines[0] for plan in news if plan.is_written and plan.date is None]
    if undated:
        lines = ", ".join(map(str, undated[:5])) + (", …" if len(undated) > 5 else "")
        raise LegacyImportError(
            f"{len(undated)} news items have no date (lines {lines}) and news cannot be published without one. Give "
            "--date YYYY-MM-DD for all of them, or import without --publish. Nothing was written."
        )


def _refuse_shorter(plan: ContinentPlan) -> None:
    """Refuse a copy that says less than the one imported before: it was most likely cut off."""
    losses = []
    if plan.lost_paragraphs:
        stored = len(plan.source.paragraphs) + plan.lost_paragraphs
        losses.append(f"{len(plan.source.paragraphs)} paragraphs where the page has {stored}")
    if plan.lost_news:
        losses.append(f"no list of news where the copy imported before had {plan.lost_news} items")
    if losses:
        raise LegacyImportError(
            f"The file is shorter than what was imported before: it has {' and '.join(losses)}. It may be cut off. "
            "Give --allow-shorter if it is whole. Nothing was written."
        )
