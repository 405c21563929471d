"""Content written into many pages at once, each with the revision, the history and the signals of a publication."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.signals import page_published, published

from home.models import BasePage
from home.services.bulk import indexes_add

# What a publication changes in the parent table; everything in the page type's own table may change.
_PAGE_FIELDS = (
    "title",
    "draft_title",
    "seo_title",
    "search_description",
    "live",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision_created_at",
    "latest_revision",
    "live_revision",
)


@dataclass
class PageContent:
    """A saved page with new values in memory, and its child rows by the name of their relation."""

    page: BasePage
    children: Mapping[str, Sequence[models.Model]] = field(default_factory=dict)


@transaction.atomic
def page_bulk_publish(
    *,
    contents: Sequence[PageContent],
    user: Any,
    keep_children: bool = False,
    follow: Callable[[int], None] | None = None,
) -> None:
    """Publish the new values of pages; ``user`` stands in the history.

    The pages have no child rows yet, unless ``keep_children`` says that those there are stay: then ``children`` holds
    each relation that changes as a whole, stored rows among the new ones, and what it lacks is deleted.

    Versions that were to go live later no longer do: whoever calls has asked, or refused such pages.

    ``follow`` is told how many pages more are written and in the indexes.

    The values are stored as they are: whoever calls has validated them. Slugs and places stay as they were.
    """
    by_model: dict[type[BasePage], list[PageContent]] = defaultdict(list)
    for content in contents:
        by_model[type(content.page)].append(content)
    for model, of_model in by_model.items():
        (_children_replace if keep_children else _children_insert)(model, of_model)
        pages = [content.page for content in of_model]
        revisions = _revisions_insert(pages, user)
        own = [item.name for item in model._meta.local_concrete_fields if not item.primary_key]
        model._default_manager.bulk_update(pages, [*_PAGE_FIELDS, *own], batch_size=50)
        base_content_type = ContentType.objects.get_for_model(Page)
        ReferenceIndex.objects.filter(
            base_content_type=base_content_type, object_id__in=[str(page.pk) for page in pages]
        ).delete()
        indexes_add(instances=pages, follow=follow)
        for page, revision in zip(pages, revisions, strict=True):
            page_published.send(sender=model, instance=page, revision=revision)
            published.send(sender=model, instance=page, revision=revision)


def _children_insert(model: type[BasePage], contents: Sequence[PageContent]) -> None:
    """Save the child rows, and put each page's rows where modelcluster finds them without asking the database."""
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        rows: list[Any] = []
        for content in contents:
            for position, row in enumerate(content.children.get(name, ())):
                setattr(row, relation.field.name, content.page)
                if hasattr(row, "sort_order"):
                    row.sort_order = position
                rows.append(row)
        if rows:
            relation.related_model._default_manager.bulk_create(rows)
        for content in contents:
            setattr(content.page, name, list(content.children.get(name, ())))


def _children_replace(model: type[BasePage], contents: Sequence[PageContent]) -> None:
    """Bring the child rows to what is given, and read those of other relations, which the revision repeats."""
    ids = [content.page.pk for content in contents]
    for relation in get_all_child_relations(model):
        name, parent = relation.get_accessor_name(), relation.field.attname
        manager = relation.related_model._default_manager
        columns = [column for column in relation.related_model._meta.concrete_fields if not column.primary_key]
        before = {row.pk: row for row in manager.filter(**{f"{parent}__in": ids})}
        of_page: dict[Any, list[Any]] = defaultdict(list)
        for row in sorted(before.values(), key=lambda row: (getattr(row, "sort_order", None) or 0, row.pk)):
            of_page[getattr(row, parent)].append(row)
        gone: list[Any] = []
        changed: list[Any] = []
        new: list[Any] = []
        for content in contents:
            if name not in content.children:
                continue
            given = list(content.children[name])
            kept = {row.pk for row in given}
            gone.extend(row.pk for row in of_page[content.page.pk] if row.pk not in kept)
            of_page[content.page.pk] = given
            for position, row in enumerate(given):
                setattr(row, relation.field.name, content.page)
                if hasattr(row, "sort_order"):
                    row.sort_order = position
                if hasattr(row, "locale_id"):
                    row.locale_id = content.page.locale_id
                if row.pk is None:
                    new.append(row)
                elif any(getattr(row, each.attname) != getattr(before[row.pk], each.attname) for each in columns):
                    changed.append(row)
        if gone:
            manager.filter(pk__in=gone).delete()
        if changed:
            manager.bulk_update(changed, [column.name for column in columns], batch_size=200)
        if new:
            manager.bulk_create(new)
        for content in contents:
            setattr(content.page, name, of_page[content.page.pk])


def _revisions_insert(pages: Sequence[BasePage], user: Any) -> list[Revision]:
    now = timezone.now()
    for page in pages:
        page.draft_title = page.title
        page.live, page.has_unpublished_changes = True, False
        page.last_published_at = page.latest_revision_created_at = now
    content_type = ContentType.objects.get_for_model(type(pages[0]))
    base_content_type = ContentType.objects.get_for_model(Page)
    # As Wagtail does it: what was to go live later would undo this.
    Revision.objects.filter(
        base_content_type=base_content_type,
        object_id__in=[str(page.pk) for page in pages],
        approved_go_live_at__isnull=False,
    ).update(approved_go_live_at=None)
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=content_type,
                base_content_type=base_content_type,
                object_id=str(page.pk),
                created_at=now,
                user=user,
                object_str=str(page),
                content=page.serializable_data(),
            )
            for page in pages
        ]
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
    PageLogEntry.objects.bulk_create(
        [
            PageLogEntry(
                content_type=content_type,
                label=page.title,
                action="wagtail.publish",
                timestamp=now,
                user=user,
                revision=revision,
                page_id=page.pk,
                content_changed=True,
            )
            for page, revision in zip(pages, revisions, strict=True)
        ]
    )
    return revisions
