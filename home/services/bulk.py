"""Rows made in bulk: trees of pages and translatable rows, with the indexes that single saves would have kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections, models, router, transaction
from django.db.models import F
from django.db.models.sql import InsertQuery
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index
from wagtail.search.backends import get_search_backends

from home.models import BasePage
from home.services.search_index import search_entries_write
from home.signals import bulk_created

_INDEX_BATCH = 400
# PostgreSQL takes any number of rows in one statement, and bounds how long one may take.
_ROWS_BATCH = 5_000


@transaction.atomic
def page_bulk_create(
    *,
    children: Sequence[tuple[Page, BasePage]],
    rows: Sequence[Mapping[str, Sequence[Any]]] = (),
    follow: Callable[[int], None] | None = None,
) -> list[BasePage]:
    """Make live pages below existing ones in a number of statements that hardly grows with their number.

    ``children`` holds pairs (parent, unsaved specific page); a page's locale, title and slug must be set, and its slug
    free below its parent. Pages get their place after the parent's last child, in the order given. They get no
    revision: Wagtail makes the first one from the row when an editor opens the page. ``rows`` holds for each page, in
    the same order, its child rows by the name of their relation, unsaved. Parents in the given list are brought up to
    date in memory. ``follow`` is told how many pages more are made and in the indexes. Return the pages, saved.
    """
    if not children:
        return []
    by_parent: dict[int, list[BasePage]] = defaultdict(list)
    parents: dict[int, Page] = {}
    for parent, page in children:
        parents.setdefault(parent.pk, parent)
        by_parent[parent.pk].append(page)
    # Two runs at once must not give out the same path: the second one waits here for the first.
    stored = {
        page.pk: page for page in Page.objects.select_for_update().filter(pk__in=parents).only("path", "numchild")
    }
    last_steps = _last_steps(list(stored.values()))
    now = timezone.now()
    for parent_id, pages in by_parent.items():
        parent = parents[parent_id]
        for step, page in enumerate(pages, start=last_steps[stored[parent_id].path] + 1):
            page.path = Page._get_path(stored[parent_id].path, parent.depth + 1, step)
            page.depth = parent.depth + 1
            page.numchild = 0
            page.url_path = f"{parent.url_path}{page.slug}/"
            page.draft_title = page.title
            page.locale_code = page.locale.language_code
            page.content_type = ContentType.objects.get_for_model(type(page))
            page.live = True
            page.first_published_at = page.last_published_at = now
    pages = [page for _parent, page in children]
    _rows_insert(pages)
    if rows:
        _children_insert(pages, rows)
    for parent_id, new in by_parent.items():
        stored[parent_id].numchild = F("numchild") + len(new)
        parents[parent_id].numchild += len(new)
    Page.objects.bulk_update(stored.values(), ["numchild"])
    _announce(pages, follow)
    return pages


def translatable_bulk_create(*, rows: Sequence[models.Model]) -> list[models.Model]:
    """Save unsaved rows of one plain model in bulk, with the search and reference indexes. Return them."""
    if not rows:
        return []
    with transaction.atomic():
        saved = type(rows[0])._default_manager.bulk_create(rows)
        _announce(saved)
    return saved


def _last_steps(parents: Iterable[Page]) -> dict[str, int]:
    """For each parent's path, the number of the place that its last child has; 0 without children."""
    paths = {parent.path for parent in parents}
    places = Page.objects.filter(path__in=paths).order_by()
    last_child = (
        Page.objects.filter(path__startswith=models.OuterRef("path"), depth=models.OuterRef("depth") + 1)
        .order_by("-path")
        .values("path")[:1]
    )
    found = places.annotate(last_child=models.Subquery(last_child)).values_list("path", "last_child")
    return {path: Page._str2int(last[-Page.steplen :]) if last else 0 for path, last in found}


def _rows_insert(pages: Sequence[BasePage]) -> None:
    """Insert the rows of the parent table, then those of each page type.

    Django's ``bulk_create`` refuses models with a parent table, so the second insert is spelled out here.
    """
    attribute_names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = [Page(**{name: getattr(page, name) for name in attribute_names}) for page in pages]
    Page.objects.bulk_create(rows)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
        page._state.adding = False
        page._state.db = row._state.db
    by_model: dict[type[BasePage], list[models.Model]] = defaultdict(list)
    for page in pages:
        by_model[type(page)].append(page)
    for model, of_model in by_model.items():
        connection = connections[router.db_for_write(model)]
        fields = model._meta.local_concrete_fields
        size = connection.ops.bulk_batch_size(fields, of_model) or len(of_model)
        for start in range(0, len(of_model), size):
            query = InsertQuery(model)
            query.insert_values(fields, of_model[start : start + size])
            query.get_compiler(connection=connection).execute_sql()


def _children_insert(pages: Sequence[BasePage], rows: Sequence[Mapping[str, Sequence[Any]]]) -> None:
    """Insert the child rows of new pages, a statement or a few for each relation, and hang them on the pages."""
    by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for page, of_page in zip(pages, rows, strict=True):
        for name, children in of_page.items():
            for position, child in enumerate(children):
                child.page, child.sort_order = page, position
                if hasattr(child, "locale_id"):
                    child.locale = page.locale
                by_model[type(child)].append(child)
            setattr(page, name, list(children))
    for model, children in by_model.items():
        model._default_manager.bulk_create(children, batch_size=_ROWS_BATCH)


def _announce(instances: Sequence[models.Model], follow: Callable[[int], None] | None = None) -> None:
    """Put new objects into the search and reference indexes, and tell the listeners of ``bulk_created``."""

    def model_of(instance: models.Model) -> str:
        return instance._meta.label

    for _label, group in groupby(sorted(instances, key=model_of), key=model_of):
        of_model = list(group)
        indexes_add(instances=of_model, follow=follow)
        bulk_created.send(sender=type(of_model[0]), instances=of_model)


def indexes_add(*, instances: Sequence[models.Model], follow: Callable[[int], None] | None = None) -> None:
    """Put objects of one model into the search and reference indexes; ``follow`` is told how many more are in them."""
    for start in range(0, len(instances), _INDEX_BATCH):
        some = instances[start : start + _INDEX_BATCH]
        _search_index_add(some)
        reference_index_add(instances=some)
        if follow is not None:
            follow(len(some))


def _search_index_add(instances: Sequence[models.Model]) -> None:
    """Put objects of one model into every search index that is kept up to date on save, that of the public included."""
    model = type(instances[0])
    search_entries_write(pages=(instance for instance in instances if isinstance(instance, BasePage)))
    if not index.class_is_indexed(model):
        return
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(model, instances)


def reference_index_add(*, instances: Sequence[models.Model]) -> None:
    """Record what objects of one model refer to; nothing may be recorded for them yet.

    Only child rows that are in memory are looked at, so there must be no others.
    """
    model = type(instances[0])
    if not ReferenceIndex.is_indexed(model):
        return
    child_relations = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    base_content_type = ReferenceIndex._get_base_content_type(model)
    entries: list[ReferenceIndex] = []
    for instance in instances:
        for name in child_relations:
            # Known to be empty: without this each object would be asked for each of its relations.
            if name not in instance.__dict__.get("_cluster_related_objects", {}):
                setattr(instance, name, [])
        found: Any = set(ReferenceIndex._extract_references_from_object(instance))
        entries.extend(
            ReferenceIndex(
                content_type=content_type,
                base_content_type=base_content_type,
                object_id=instance.pk,
                to_content_type_id=to_content_type_id,
                to_object_id=to_object_id,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for to_content_type_id, to_object_id, model_path, content_path in found
        )
    ReferenceIndex.objects.bulk_create(entries, batch_size=_ROWS_BATCH)
