"""Records of the demonstration: missions, agreements and the like, for the apps that own them.

As with the other pages, the rows of all records are made first, in bulk, so that everything may link to everything;
then those that nobody has written in get their texts and child rows and are published.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, TranslatableMixin

from home.models import CustomDocument, IndexPage, RecordPage
from home.services.bulk import page_bulk_create
from home.services.bulk_publish import PageContent, page_bulk_publish
from regions.demo.bodies import BodyBuilder, stable_uuid
from regions.demo.records import Table, index_text, record_facts, record_texts, sample_note
from regions.models import ContinentPage, CountryPage, NewsPage
from regions.services.demo.pages import DemoTrees, page_is_blank, pages_by_key


def _nothing(builder: BodyBuilder, key: str, text: Mapping[str, Any]) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class RecordDemo:
    """The records of one type. ``word`` names them in links (``mission:mexico``) and, with an s, in content files.

    ``spell_out`` turns what is short in a file into columns and child rows; ``further_texts`` gives columns that are
    built of a text.
    """

    model: type[RecordPage]
    index: type[IndexPage]
    word: str
    folder: Path
    name: str
    spell_out: Callable[[Table], Table] = dict
    further_texts: Callable[[BodyBuilder, str, Mapping[str, Any]], dict[str, Any]] = _nothing

    def facts(self) -> dict[str, Table]:
        return {key: self.spell_out(table) for key, table in record_facts(self.folder, self.name).items()}

    def texts(self, language_code: str) -> dict[str, Table]:
        return record_texts(self.folder, self.name, language_code)

    @property
    def relations(self) -> dict[str, type[models.Model]]:
        """The models of child rows by the name of their relation."""
        return {
            relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(self.model)
        }


@transaction.atomic
def record_load_rows(*, demos: Sequence[RecordDemo], trees: Mapping[str, DemoTrees]) -> int:
    """Make the rows of the records that are missing, still without text. Return how many.

    A record whose key, address or country somebody else has given to another one is left out.
    """
    created = 0
    for code, tree in trees.items():
        for demo in demos:
            texts = demo.texts(code)
            found = tree.records[demo.word] = pages_by_key(demo.model, demo.word, tree.locale, texts)
            if not texts:
                continue
            index = demo.index.objects.get(locale=tree.locale)
            tree.records["index"] = {**tree.records.get("index", {}), demo.word: index}
            missing = [key for key in texts if key not in found]
            taken = _taken(demo, tree, index) if missing else set()
            facts = demo.facts()
            children: list[tuple[Page, RecordPage]] = []
            for key in missing:
                page = demo.model(locale=tree.locale, title=texts[key]["title"], slug=key)
                page.translation_key = stable_uuid(demo.word, key)
                page.record_key = facts[key].get("record_key", key)
                _columns_fill(page, facts[key], trees=trees)
                if taken.isdisjoint(_claims(demo, page)):
                    found[key] = page
                    children.append((index, page))
            page_bulk_create(children=children)
            created += len(children)
    return created


@transaction.atomic
def record_load_texts(*, demos: Sequence[RecordDemo], trees: Mapping[str, DemoTrees]) -> list[RecordPage]:
    """Write and publish the records, and the pages that hold them, that nobody has written in. Return the records."""
    fallback = trees[settings.DIWAN_SOURCE_LOCALE].targets()
    written: list[RecordPage] = []
    for code, tree in trees.items():
        builder = BodyBuilder(page_ids={**fallback, **tree.targets()}, media_ids=tree.media_ids)
        contents: list[PageContent] = []
        for demo in demos:
            facts, texts = demo.facts(), demo.texts(code)
            note = sample_note(demo.folder, demo.name, code)
            for key, page in tree.records[demo.word].items():
                if page_is_blank(page):
                    contents.append(_content(demo, page, key, facts[key], texts[key], note, builder, trees=trees))
                    written.append(page)
            index, text = tree.records.get("index", {}).get(demo.word), index_text(demo.folder, demo.name, code)
            if index is not None and text and page_is_blank(index):
                index.title, index.introduction = text["title"], text["introduction"]
                contents.append(PageContent(index))
        page_bulk_publish(contents=contents, user=tree.publisher)
    return written


def _content(
    demo: RecordDemo,
    page: RecordPage,
    key: str,
    facts: Table,
    text: Table,
    note: Table,
    builder: BodyBuilder,
    *,
    trees: Mapping[str, DemoTrees],
) -> PageContent:
    code = page.locale.language_code
    blocks = [*text.get("blocks", [])]
    if note and not facts.get("is_public", False):
        blocks.append({"block": "callout", **note})
    page.introduction = text.get("introduction", "")
    page.body = builder.build(key=f"{code}/{demo.word}/{key}", text=text.get("text", ""), blocks=blocks)
    for name in demo.model.translated_fields:
        if isinstance(text.get(name), str):
            setattr(page, name, text[name])
    for name, value in demo.further_texts(builder, key, text).items():
        setattr(page, name, value)
    _columns_fill(page, facts, trees=trees)
    if "image" in facts:
        page.image_id, page.image_alt = builder.media_ids[f"image:{facts['image']}"], text["image_alt"]
    children: dict[str, list[models.Model]] = {}
    for name, model in demo.relations.items():
        if name in demo.model.fact_relations and not page.is_source:
            continue
        rows = []
        # Texts of child rows stand in the order of the facts.
        row_texts = text.get(name, [])
        for place, table in enumerate(facts.get(name, [])):
            row = model()
            _columns_fill(row, {**table, **(row_texts[place] if place < len(row_texts) else {})}, trees=trees)
            if isinstance(row, TranslatableMixin):
                row.locale = page.locale
                row.translation_key = stable_uuid(demo.word, key, name, str(place))
            rows.append(row)
        children[name] = rows
    return PageContent(page, children)


def _columns_fill(row: models.Model, table: Mapping[str, Any], *, trees: Mapping[str, DemoTrees]) -> None:
    """Set the columns that ``table`` names; a column that names another page or a document gets it by its key."""
    for name, value in table.items():
        try:
            column = row._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if name == "image" or column.one_to_many:
            continue
        if isinstance(column, models.ForeignKey):
            value = _reference(column.related_model, value, trees=trees)
        setattr(row, name, value)


def _reference(model: Any, key: str, *, trees: Mapping[str, DemoTrees]) -> Any:
    """The page of the source language, or the document, that a content file names; KeyError where there is none."""
    tree = trees[settings.DIWAN_SOURCE_LOCALE]
    if model is CountryPage:
        return tree.countries[key]
    if model is ContinentPage:
        return tree.continents[key]
    if model is CustomDocument:
        return CustomDocument(pk=tree.media_ids[f"document:{key}"])
    if model is NewsPage:
        return next(each.news[key] for each in trees.values() if key in each.news)
    [page] = [of[key] for of in tree.records.values() if key in of and isinstance(of[key], model)]
    return page


def _claims(demo: RecordDemo, page: RecordPage) -> set[tuple[str, Any]]:
    """What no other record of the language may have."""
    names = {
        name
        for constraint in demo.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        for name in constraint.fields
        if name != "locale_code"
    }.union(demo.model.unique_facts)
    columns = {demo.model._meta.get_field(name).attname for name in names} | {"slug"}
    return {(column, getattr(page, column)) for column in columns}


def _taken(demo: RecordDemo, tree: DemoTrees, index: IndexPage) -> set[tuple[str, Any]]:
    taken: set[tuple[str, Any]] = set()
    for page in demo.model.objects.filter(locale=tree.locale).defer("body"):
        taken |= _claims(demo, page)
    return taken | {("slug", slug) for slug in Page.objects.child_of(index).values_list("slug", flat=True)}
