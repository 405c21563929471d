"""What pages are, as far as it decides who is shown them and where; and what hangs on that."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q
from django.db.models.functions import Cast
from wagtail.models import Collection as MediaCollection
from wagtail.models import Page, ReferenceIndex

from home.models import CustomDocument, CustomImage
from home.selectors.keys import Key, key_of


@dataclass(frozen=True, slots=True)
class PageName:
    """A page by its translation key and its model's lower-case name."""

    key: Key
    model: str


@dataclass(frozen=True, slots=True)
class PageState:
    """Key, model, treebeard's path, and whatever a page's own row says of where and when it is shown."""

    key: Key
    model: str
    path: str
    live: bool
    place: str
    """Different whenever any of it is."""

    @property
    def name(self) -> PageName:
        """Key and model alone."""
        return PageName(self.key, self.model)


_PLACE = ("path", "url_path", "live", "go_live_at", "expire_at", "locale_id", "alias_of_id", "first_published_at")


def page_states(*, ids: Collection[int], lock: bool = False) -> dict[int, PageState]:
    """The states of pages by id, those that are there. One statement; ``lock`` keeps others from changing the rows."""
    pages = Page.objects.filter(pk__in=ids).order_by()
    if lock:
        pages = pages.select_for_update(of=("self",), no_key=True)
    rows = pages.values_list("pk", "translation_key", "content_type__model", *_PLACE)
    states = {}
    for page_id, key, model, path, url_path, live, *times, locale, alias, first in rows:
        # Whether it was ever published matters once it is not: its path is "gone" then.
        place = "|".join(map(str, (path, url_path, live, *times, locale, alias, live or first is not None)))
        states[page_id] = PageState(key_of(key), model, path, live, place)
    return states


def live_pages_within(*, paths: Iterable[str], limit: int) -> list[PageName]:
    """The live pages at treebeard paths and below them, at most ``limit`` and one more. One statement, or none."""
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(path__startswith=path)
    rows = Page.objects.filter(within, live=True).order_by().values_list("translation_key", "content_type__model")
    return [PageName(key_of(key), model) for key, model in rows.distinct()[: limit + 1]]


def page_paths(*, ids: Collection[int]) -> list[str]:
    """The treebeard paths of pages."""
    return list(Page.objects.filter(pk__in=ids).order_by().values_list("path", flat=True))


def page_referrers(*, keys: Collection[Key], limit: int) -> tuple[list[PageName], list[str]]:
    """What refers to pages in any of their languages, by Wagtail's reference index.

    Live pages, at most ``limit`` and one more; and the labels of other models that do.
    """
    page_type = ContentType.objects.get_for_model(Page)
    ids = Page.objects.filter(translation_key__in=keys).order_by().values_list("pk", flat=True)
    references = ReferenceIndex.objects.filter(to_content_type=page_type, to_object_id__in=[str(pk) for pk in ids])
    from_pages = references.filter(base_content_type=page_type).annotate(page_id=Cast("object_id", BigIntegerField()))
    others = references.exclude(base_content_type=page_type).order_by().values_list("base_content_type", flat=True)
    # The limit is one of live pages: drafts that refer too shall crowd out none.
    rows = Page.objects.filter(pk__in=from_pages.order_by().values("page_id"), live=True).order_by()
    pairs = rows.values_list("translation_key", "content_type__model").distinct()[: limit + 1]
    names = [PageName(key_of(key), model) for key, model in pairs]
    labels = []
    for type_id in others.distinct():
        model = ContentType.objects.get_for_id(type_id).model_class()
        labels.append("" if model is None else model._meta.label)
    return names, labels


def media_within(*, collections: Collection[int], limit: int) -> tuple[list[int], list[int]]:
    """Ids of the pictures and of the documents in collections and those below, at most ``limit`` and one more each."""
    within = Q(pk__in=[])
    for path in MediaCollection.objects.filter(pk__in=collections).values_list("path", flat=True):
        within |= Q(collection__path__startswith=path)
    images, documents = (
        list(model.objects.filter(within).order_by().values_list("pk", flat=True)[: limit + 1])
        for model in (CustomImage, CustomDocument)
    )
    return images, documents
