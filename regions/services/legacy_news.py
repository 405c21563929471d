"""The news items of an old page."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wagtail.models import Locale, Page

from home.language.folding import fold
from regions.legacy.classifier import Kind, classifier_for
from regions.legacy.gazetteer import Mention, MentionKind, gazetteer_for
from regions.legacy.page import ListedNews
from regions.legacy.report import NewsReport, Outcome, codes_in_order
from regions.models import (
    ContinentPage,
    CountryPage,
    ImportRecord,
    NewsContinentLink,
    NewsCountryLink,
    NewsIndexPage,
    NewsKind,
    NewsPage,
)
from regions.selectors.legacy_import import (
    country_codes_below,
    country_list_by_code,
    import_record_list_by_key,
    news_kind_list_by_slug,
    news_list_by_id,
    news_list_by_title,
    slugs_below,
)
from regions.services.legacy_pages import (
    LegacyImportError,
    digest_of,
    import_record_save,
    page_busy_reason,
    page_edited_reason,
)
from regions.services.legacy_registry import organisations_of_import
from regions.services.trees import latin_slug, slug_free

_LONGEST_TITLE = 255
_LONGEST_SLUG = 80


@dataclass(slots=True)
class NewsPlan:
    """What is to happen to one item. ``countries`` are the pages it is linked to; ``continent`` that of the saved page,
    when none of them lies on it; ``organisations`` are the pages of those that it names, by code."""

    item: ListedNews
    kind: Kind
    kind_row: NewsKind
    mentions: tuple[Mention, ...]
    countries: list[CountryPage]
    continent: ContinentPage | None
    needs_continent: bool
    record: ImportRecord | None
    page: NewsPage | None
    date: datetime.date | None
    organisations: Mapping[str, Page] = field(default_factory=dict)
    outcome: Outcome = Outcome.CREATED
    reason: str = ""
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        date = self.item.date.isoformat() if self.item.date else None
        countries = [country.code for country in self.countries]
        # An item that is linked to no organisation keeps the digest that it always had.
        organisations = [list(self.organisations)] if self.organisations else []
        self.digest = digest_of([self.item.title, self.kind.slug, date, countries, *organisations])

    @property
    def title(self) -> str:
        """The title, shortened at a word where the field cannot hold it."""
        title = self.item.title
        if len(title) <= _LONGEST_TITLE:
            return title
        return title[: _LONGEST_TITLE - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"

    @property
    def is_written(self) -> bool:
        return self.outcome in (Outcome.CREATED, Outcome.UPDATED, Outcome.PUBLISHED)

    def report(self) -> NewsReport:
        linked = codes_in_order([country.code for country in self.countries])
        named = codes_in_order([code for m in self.mentions if m.kind is MentionKind.COUNTRY for code in m.codes])
        return NewsReport(
            self.outcome,
            self.page.pk if self.page else None,
            bool(self.page and self.page.live),
            self.reason,
            number=self.item.number,
            title=self.item.title,
            kind=self.kind.slug,
            kind_because=self.kind.because,
            date=self.date,
            date_in_file=self.item.date is not None,
            countries=linked,
            without_page=tuple(code for code in named if code not in linked),
            organisations=organisation_codes(self.mentions),
            organisations_linked=tuple(self.organisations),
            ambiguous=codes_in_order([m.text for m in self.mentions if m.kind is MentionKind.AMBIGUOUS]),
            continent=self.needs_continent,
        )


def organisation_codes(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The codes of the organisations that are named, each once."""
    return codes_in_order([code for m in mentions if m.kind is MentionKind.ORGANISATION for code in m.codes])


def news_import_plan_all(
    *,
    locale: Locale,
    language: str,
    home_country: str,
    items: Sequence[ListedNews],
    continent: ContinentPage | None,
    date: datetime.date | None,
    publish: bool,
    recreate_deleted: bool,
) -> list[NewsPlan]:
    """Decide, without writing, what becomes of each item, in order.

    ``date`` is for items that have none, neither in the file nor on their page. Raises LegacyImportError when the
    locale lacks a kind of news.
    """
    gazetteer = gazetteer_for(language=language, home=home_country)
    classifier = classifier_for(language=language)
    mentions = [gazetteer.mentions(item.title) for item in items]
    codes = {code for found in mentions for m in found if m.kind is MentionKind.COUNTRY for code in m.codes}
    countries = country_list_by_code(locale=locale, codes=codes)
    keeper = organisations_of_import()
    named_codes = {code for found in mentions for code in organisation_codes(found)}
    organisations = keeper.find(codes=named_codes, locale=locale) if keeper else {}
    own_codes = country_codes_below(continent=continent) if continent else set()
    kinds = news_kind_list_by_slug(locale=locale)
    records = import_record_list_by_key(
        locale=locale,
        kind=ImportRecord.Kind.NEWS,
        source_keys={key for item in items for key in (item.source_key, item.undated_key)},
    )
    pages = news_list_by_id(page_ids=[record.page_id for record in records.values()])
    titled = news_list_by_title(locale=locale, titles=[item.title for item in items])
    plans: list[NewsPlan] = []
    first_lines: dict[str, int] = {}
    for item, found in zip(items, mentions, strict=True):
        kind = classifier.kind_of(item.title)
        if kind.slug not in kinds:
            raise LegacyImportError(
                f"Locale {locale.language_code!r} has no kind of news {kind.slug!r}. Run manage.py setup_site first."
            )
        named = codes_in_order([code for m in found if m.kind is MentionKind.COUNTRY for code in m.codes])
        linked = [countries[code] for code in named if code in countries]
        record = _record_of(item, items=items, records=records, pages=pages)
        page = pages.get(record.page_id) if record and record.page_id else None
        plan = NewsPlan(
            item=item,
            kind=kind,
            kind_row=kinds[kind.slug],
            mentions=found,
            countries=linked,
            continent=continent,
            # A country brings the item to its continent's list; without one, the item would leave the list it was in.
            needs_continent=not any(country.code in own_codes for country in linked),
            record=record,
            page=page,
            date=item.date or (page.date if page else None) or date,
            organisations={code: organisations[code] for code in organisation_codes(found) if code in organisations},
        )
        plans.append(plan)
        if item.source_key in first_lines:
            plan.outcome, plan.reason = Outcome.DUPLICATE, f"the same as line {first_lines[item.source_key]}"
            plan.page = None
            continue
        first_lines[item.source_key] = item.lines[0]
        _decide(plan, publish=publish, recreate_deleted=recreate_deleted)
        if plan.outcome is Outcome.CREATED and record is None:
            _keep_namesake(plan, titled.get(fold(item.title), []))
        if plan.outcome is Outcome.KEPT:
            plan.date = plan.page.date if plan.page else item.date
    return plans


def _record_of(
    item: ListedNews,
    *,
    items: Sequence[ListedNews],
    records: Mapping[str, ImportRecord],
    pages: Mapping[int, NewsPage],
) -> ImportRecord | None:
    """The record of an item; an item that gained its date since the last import keeps its undated record."""
    if item.source_key in records or item.date is None:
        return records.get(item.source_key)
    record = records.get(item.undated_key)
    if record is None or sum(other.undated_key == item.undated_key for other in items) > 1:
        return None
    page = pages.get(record.page_id) if record.page_id else None
    return record if page is not None and page.date in (None, item.date) else None


def _decide(plan: NewsPlan, *, publish: bool, recreate_deleted: bool) -> None:
    """Set the outcome of an item that the file has for the first time."""
    record, page = plan.record, plan.page
    if record is None:
        return
    if page is None:
        if not recreate_deleted:
            plan.outcome = Outcome.KEPT
            plan.reason = "an editor deleted the page; --recreate-deleted makes it again"
        return
    if edited := page_edited_reason(page=page, record=record):
        plan.outcome, plan.reason = Outcome.KEPT, edited
        return
    if record.digest != plan.digest or (_differs(plan, page) and _differs(plan, page.get_latest_revision_as_object())):
        plan.outcome = Outcome.UPDATED
    elif publish and (not page.live or page.has_unpublished_changes):
        plan.outcome = Outcome.PUBLISHED
    else:
        plan.outcome = Outcome.UNCHANGED
        return
    if busy := page_busy_reason(page=page):
        plan.outcome, plan.reason = Outcome.KEPT, busy


def _differs(plan: NewsPlan, page: NewsPage) -> bool:
    """Whether ``page`` lacks what the digest does not cover: a date given for this run, the link to this continent."""
    linked = {link.continent_id for link in page.continent_links.all()}
    lacks_continent = plan.needs_continent and (plan.continent is None or plan.continent.pk not in linked)
    return page.date != plan.date or lacks_continent


def _keep_namesake(plan: NewsPlan, namesakes: Sequence[NewsPage]) -> None:
    """Leave an item out when the site has one of its title that no import made."""
    for page in namesakes:
        if plan.item.date is None or page.date is None or page.date == plan.item.date:
            plan.outcome, plan.page = Outcome.KEPT, page
            plan.reason = f"a news item of this title exists already: page {page.pk}"
            return


def news_import_apply_all(
    *, plans: Sequence[NewsPlan], news_index: NewsIndexPage, continent: ContinentPage, publish: bool
) -> None:
    """Carry out ``plans`` in order and bring their pages up to date. Call it inside a transaction."""
    slugs = slugs_below(parent=news_index)
    for plan in plans:
        if not plan.is_written:
            continue
        plan.continent = continent
        page: NewsPage | None = plan.page.get_latest_revision_as_object() if plan.page else None
        if page is None or plan.outcome is not Outcome.PUBLISHED:
            page = _write(plan, page, news_index, slugs)
        if publish:
            page.latest_revision.publish()
        plan.page = NewsPage.objects.get(pk=page.pk)


def _write(plan: NewsPlan, page: NewsPage | None, news_index: NewsIndexPage, slugs: set[str]) -> NewsPage:
    """Save ``plan`` as a new revision of ``page``, or of a new draft, and remember it."""
    is_new = page is None
    page = page or NewsPage(locale=news_index.locale, live=False)
    page.title = plan.title
    page.kind = plan.kind_row
    page.date = plan.date
    if plan.title != plan.item.title:
        page.introduction = plan.item.title
    page.country_links = [
        NewsCountryLink(country=country, sort_order=place) for place, country in enumerate(plan.countries)
    ]
    linked = {link.continent_id for link in page.continent_links.all()}
    if plan.needs_continent and plan.continent and plan.continent.pk not in linked:
        page.continent_links.add(NewsContinentLink(continent=plan.continent))
    keeper = organisations_of_import()
    if keeper is not None and plan.organisations:
        keeper.link(news=page, organisations=list(plan.organisations.values()))
    if is_new:
        page.slug = slug_free(_slug_of(plan.title), taken=slugs)
        slugs.add(page.slug)
        news_index.add_child(instance=page)
    elif page.first_published_at is None:
        # Lists in the admin read the row, not the revision: an item that was never live shows there as it is drafted.
        page.save(clean=False)
    page.full_clean(exclude=None if page.date else ["date"])
    revision = page.save_revision(log_action=True, clean=False)
    plan.record = import_record_save(
        record=plan.record,
        locale=news_index.locale,
        kind=ImportRecord.Kind.NEWS,
        source_key=plan.item.source_key,
        page=page,
        revision=revision,
        digest=plan.digest,
    )
    return page


def _slug_of(title: str) -> str:
    slug = latin_slug(title)
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug or "news"
