"""From what a transaction wrote to the tags of the answers that it may have made old.

The counterpart of ``api.cache.tags``. An answer that a change alters has one of the change's tags; where that cannot be
told, the tag is that of everything.
"""

from collections.abc import Iterable

from api.cache.tags import EVERYTHING, document_tag, image_tag, many_tag, page_tag, type_tag
from api.pages.nodes import TYPE_BY_MODEL
from home.selectors.page_states import (
    PageName,
    PageState,
    live_pages_within,
    media_within,
    page_paths,
    page_referrers,
    page_states,
)
from home.services.content_changes import MAX_ROWS, ContentChanges

# Where more would be named, everything is.
MAX_TAGS = 400

# By model, the lists that its rows are part of; a model that is not here may be part of anything.
_LISTS_OF_MODELS: dict[str, tuple[str, ...]] = {
    "home.NavigationMenu": ("Navigation",),
    "home.SiteSettings": ("SiteSettings",),
    "home.SocialLink": ("SiteSettings",),
    # News can be narrowed to kinds without their being shown.
    "regions.NewsKind": ("NewsKind", "NewsItem"),
    "regions.SubRegion": ("SubRegion",),
    "wagtailembeds.Embed": ("Embed",),
    "wagtailredirects.Redirect": ("Route",),
    # Answers know the sizes of pictures without their renditions, and nothing of imports.
    "home.CustomRendition": (),
    "regions.ImportRecord": (),
    # Who may edit is no part of an answer.
    "missions.PostGroup": (),
    "travel.TravelAdviceChange": ("TravelAdvice",),
    "travel.TravelAdviceReminder": (),
    # Written beside the page that it tells of; whoever writes it alone has everything purged.
    "translations.SourceText": (),
}
# Lists can be narrowed to places and organisations, and show who heads a mission; so they hang on these too.
_LISTS_BY_PLACE: dict[str, tuple[str, ...]] = {
    "Country": ("NewsItem", "Mission", "TravelAdvice", "Organisation", "Person", "Event", "Agreement"),
    "Continent": ("NewsItem", "Country", "Event", "Agreement"),
    "Organisation": ("Mission", "Event", "Agreement"),
    "Person": ("Mission", "Event"),
}


class _TooManyError(Exception):
    """More to name than a purge is worth."""


def change_tags(changes: ContentChanges) -> list[str]:
    """The tags to purge, sorted; those of everything alone where they would be too many. Some statements."""
    try:
        tags = set() if changes.everything else _tags(changes)
    except _TooManyError:
        tags = {EVERYTHING}
    if changes.everything or EVERYTHING in tags or len(tags) > MAX_TAGS:
        return [EVERYTHING]
    return sorted(tags)


def _tags(changes: ContentChanges) -> set[str]:
    now = page_states(ids=changes.pages) if changes.pages else {}
    names: set[PageName] = set()
    shown: set[PageName] = set()
    branches: set[str] = set(page_paths(ids=changes.branches)) if changes.branches else set()
    tags: set[str] = {type_tag("Route")} if changes.branches else set()
    for page_id, before in changes.pages.items():
        after = now.get(page_id)
        states = [state for state in (before, after) if state is not None]
        has_moved = _place(before) != _place(after)
        if has_moved:
            tags.add(type_tag("Route"))
        if not any(state.live for state in states):
            continue
        names.update(state.name for state in states)
        if has_moved and after is not None:
            shown.add(after.name)
            branches.add(after.path)
    if branches:
        within = _few(live_pages_within(paths=branches, limit=MAX_ROWS))
        names.update(within)
        shown.update(within)
    if shown:
        # Those that come to be shown: answers that left them out have no tag of theirs.
        referrers, models = page_referrers(keys=[name.key for name in shown], limit=MAX_ROWS)
        tags.update(_page_tags(_few(referrers)))
        tags.update(_model_tags(models))
    tags.update(_page_tags(names), *(_list_tags(name) for name in names))
    tags.update(_model_tags(changes.models))
    return tags | _media_tags(changes)


def _place(state: PageState | None) -> str | None:
    return None if state is None else state.place


def _few(found: list[PageName]) -> list[PageName]:
    if len(found) > MAX_ROWS:
        raise _TooManyError
    return found


def _page_tags(names: Iterable[PageName]) -> set[str]:
    tags = set()
    for name in names:
        tags.add(page_tag(name.key))
        tags.add(many_tag(TYPE_BY_MODEL.get(name.model, "")))
    return tags


def _list_tags(name: PageName) -> set[str]:
    type_name = TYPE_BY_MODEL.get(name.model)
    return set() if type_name is None else {type_tag(each) for each in (type_name, *_LISTS_BY_PLACE.get(type_name, ()))}


def _model_tags(labels: Iterable[str]) -> set[str]:
    tags: set[str] = set()
    for label in labels:
        lists = _LISTS_OF_MODELS.get(label)
        tags.update([EVERYTHING] if lists is None else map(type_tag, lists))
    return tags


def _media_tags(changes: ContentChanges) -> set[str]:
    images, documents = set(changes.images), set(changes.documents)
    if changes.collections:
        within = media_within(collections=changes.collections, limit=MAX_ROWS)
        if max(map(len, within)) > MAX_ROWS:
            raise _TooManyError
        images.update(within[0])
        documents.update(within[1])
    tags = {*map(image_tag, images), *map(document_tag, documents)}
    return tags | {many_tag(name) for name, ids in (("Image", images), ("Document", documents)) if ids}
