"""Pages of the demonstration.

The rows of all pages are made first, in bulk, so that any page may link to any other; then the pages that nobody has
written in yet get their content and are published, each with its revision, as an editor's would be.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale as BabelLocale
from babel.numbers import format_decimal
from django.db import transaction
from wagtail.models import Locale, Page

from home.models import BasePage, HomePage, StandardPage
from home.services.bulk import page_bulk_create
from home.services.bulk_publish import PageContent, page_bulk_publish
from regions.demo import reader
from regions.demo.bodies import BodyBuilder, stable_uuid
from regions.models import (
    ContinentPage,
    ContinentPinnedNews,
    CountryPage,
    NewsContinentLink,
    NewsCountryLink,
    NewsIndexPage,
    NewsKind,
    NewsPage,
)
from regions.services.demo.media import video_store

Users = Mapping[str, Any]


@dataclass(frozen=True)
class DemoMenuEntry:
    """An entry of the header menu, with the pages below it; entries stand by ``place``, before the continents."""

    place: int
    page: Page
    below: Sequence[Page] = ()


class DemoTrees:
    """The pages of one language that content is written in or linked to.

    Apps above fill ``records`` (their pages by key, by the word that links use), ``media_ids``, ``news_rows``
    (unsaved child rows of news items, by the item's key and the relation) and ``menu``.
    """

    def __init__(self, *, language_code: str, media_ids: Mapping[str, int], users: Users) -> None:
        self.code = language_code
        self.locale = Locale.objects.get(language_code=language_code)
        self.home = HomePage.objects.get(locale=self.locale)
        self.index = NewsIndexPage.objects.get(locale=self.locale)
        self.continents = {page.code: page for page in ContinentPage.objects.filter(locale=self.locale)}
        self.countries = {page.code: page for page in CountryPage.objects.filter(locale=self.locale)}
        self.kinds = {kind.slug: kind for kind in NewsKind.objects.filter(locale=self.locale)}
        self.standard = pages_by_key(StandardPage, "page", self.locale, reader.page_texts(language_code)["standard"])
        self.news = pages_by_key(NewsPage, "news", self.locale, reader.news_texts(language_code))
        self.media_ids = dict(media_ids)
        self.records: dict[str, dict[str, Any]] = {}
        self.news_rows: dict[str, dict[str, list[Any]]] = {}
        self.menu: list[DemoMenuEntry] = []
        self.author = users["editor"] if language_code == "fr" else users[f"translator-{language_code}"]
        self.publisher = users["moderator"] if language_code == "fr" else self.author

    def targets(self) -> dict[str, int]:
        """Primary keys by the names that links use."""
        ids = {"page:home": self.home.pk, "page:news": self.index.pk}
        ids.update({f"continent:{code}": page.pk for code, page in self.continents.items()})
        ids.update({f"country:{code}": page.pk for code, page in self.countries.items()})
        ids.update({f"page:{key}": page.pk for key, page in self.standard.items()})
        ids.update({f"news:{key}": page.pk for key, page in self.news.items()})
        ids.update({f"{word}:{key}": page.pk for word, of in self.records.items() for key, page in of.items()})
        return ids


def pages_by_key(model: type[Any], prefix: str, locale: Locale, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The pages of a locale that the demonstration has made, by their key in the content files."""
    by_translation_key = {stable_uuid(prefix, key): key for key in keys}
    pages = model.objects.filter(locale=locale, translation_key__in=by_translation_key)
    return {by_translation_key[page.translation_key]: page for page in pages}


@transaction.atomic
def page_load_rows(*, trees: Mapping[str, DemoTrees]) -> int:
    """Make the rows of plain pages and news that are missing, still without text. Return how many."""
    created = 0
    for code, tree in trees.items():
        # A plain page may stand below another one of the same file, which therefore comes first.
        for key, text in reader.page_texts(code)["standard"].items():
            if key not in tree.standard:
                parent = tree.standard[text["below"]] if "below" in text else tree.home
                page = StandardPage(locale=tree.locale, title=text["title"], slug=key)
                page.translation_key = stable_uuid("page", key)
                page_bulk_create(children=[(parent, page)])
                tree.standard[key] = page
                created += 1
        children: list[tuple[Page, BasePage]] = []
        for key, text in reader.news_texts(code).items():
            if key in tree.news:
                continue
            facts = reader.news_facts()[key]
            news = NewsPage(
                locale=tree.locale, title=text["title"], slug=key, kind=tree.kinds[facts["kind"]], date=facts["date"]
            )
            news.translation_key = stable_uuid("news", key)
            tree.news[key] = news
            children.append((tree.index, news))
        page_bulk_create(children=children)
        created += len(children)
    return created


def page_load_texts(*, trees: Mapping[str, DemoTrees], say: Callable[[str], None]) -> int:
    """Write and publish the pages that nobody has written in yet, language by language. Return how many."""
    written = 0
    fallback = trees["fr"].targets()
    for code, tree in trees.items():
        builder = BodyBuilder(page_ids={**fallback, **tree.targets()}, media_ids=tree.media_ids)
        with transaction.atomic():
            contents = [
                _write(page, key=key, text=text, tree=tree, builder=builder)
                for page, key, text in _pages(tree)
                if page_is_blank(page)
            ]
            page_bulk_publish(contents=contents, user=tree.publisher)
            count = len(contents)
        if count:
            say(f"  {code}: {count} pages written")
        written += count
    return written


def _pages(tree: DemoTrees) -> Iterator[tuple[BasePage, str, Mapping[str, Any]]]:
    """Every page of a language with its key and its text."""
    texts = reader.page_texts(tree.code)
    for key, page in tree.standard.items():
        yield page, key, texts["standard"][key]
    for key, news in tree.news.items():
        yield news, key, reader.news_texts(tree.code)[key]
    country_texts = reader.country_texts(tree.code)
    for code in sorted({*reader.country_facts(), *country_texts} - {"labels"}):
        if code in tree.countries:
            yield tree.countries[code], code, country_texts.get(code, {})
    for code, text in texts["continents"].items():
        yield tree.continents[code], code, text
    yield tree.index, "news", texts["index"]
    yield tree.home, "home", texts["home"]


def page_is_blank(page: BasePage) -> bool:
    """Whether nobody has written in the page yet."""
    return page.latest_revision_id is None and not page.introduction and not page.body


def _write(page: BasePage, *, key: str, text: Mapping[str, Any], tree: DemoTrees, builder: BodyBuilder) -> PageContent:
    """The page with its content in memory."""
    children: dict[str, list[Any]] = {}
    for block in text.get("blocks", []):
        if block["block"] == "video":
            video_store(url=block["url"], title=block["title"])
    page.introduction = text.get("introduction", "")
    page.body = builder.build(
        key=f"{tree.code}/{page._meta.model_name}/{key}", text=text.get("text", ""), blocks=text.get("blocks", [])
    )
    picture = reader.news_facts()[key].get("image", "") if isinstance(page, NewsPage) else text.get("image", "")
    if picture:
        page.image_id = builder.media_ids[f"image:{picture}"]
        page.image_alt = text["image_alt"]
        page.image_credit = text.get("image_credit", "")
    for name in ("title", "heading", "menu_label", "seo_title", "search_description"):
        if name in text:
            setattr(page, name, text[name])
    if isinstance(page, NewsPage):
        facts = reader.news_facts()[key]
        page.featured = facts.get("featured", False)
        children["country_links"] = [
            NewsCountryLink(country=tree.countries[code]) for code in facts.get("countries", [])
        ]
        children["continent_links"] = [
            NewsContinentLink(continent=tree.continents[code]) for code in facts.get("continents", [])
        ]
        children.update(tree.news_rows.get(key, {}))
    elif isinstance(page, CountryPage):
        _write_country(page, tree=tree, builder=builder)
    elif isinstance(page, ContinentPage):
        children["pinned_news"] = [ContinentPinnedNews(news=tree.news[pinned]) for pinned in text.get("pinned", [])]
    return PageContent(page, children)


def _write_country(page: CountryPage, *, tree: DemoTrees, builder: BodyBuilder) -> None:
    facts = reader.country_facts().get(page.code)
    if facts is None:
        return
    page.formal_name = facts["formal"][tree.code]
    page.capital = facts["capital"][tree.code]
    page.relations_since = facts.get("relations_since")
    labels = reader.country_texts(tree.code)["labels"]
    names = BabelLocale.parse(tree.code)
    languages = labels["separator"].join(names.languages[code] for code in facts["languages"])
    pairs = [
        (labels["languages"], languages[:1].upper() + languages[1:]),
        (labels["currency"], f"{names.currencies[facts['currency']]} ({facts['currency']})"),
        (labels["population"], f"{format_decimal(facts['population'], locale=tree.code)} {labels['millions']}"),
        (labels["area"], f"{format_decimal(facts['area'], locale=tree.code)} {labels['square_kilometres']}"),
    ]
    page.key_facts = builder.facts(key=f"{tree.code}/{page.code}", pairs=pairs)
