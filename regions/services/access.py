"""Who may do what: groups, their permissions, and the moderation of news.

Editors write in the source locale and hand news over for moderation; moderators publish in every locale. Each other
locale has three groups that reach its own tree only: translators, who write; reviewers, whose approval publishes; and
editors, who may publish without review and say who translates what. The review itself is made by ``translations``,
which hears of ``site_set_up``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from home.models import HomePage
from home.selectors.locales import locale_name
from home.services.groups import (
    Right,
    grants_note,
    grants_read,
    group_clear,
    group_give,
    permissions_by_label,
)
from regions.services.texts import setup_texts, setup_texts_all

EDITORS = "Editors"
MODERATORS = "Moderators"

_ADMIN = ("wagtailadmin.access_admin",)
_KINDS = ("regions.view_newskind", "regions.add_newskind", "regions.change_newskind")
# Whoever adds a file may change and delete it. The right to change those of others is, to Wagtail, the right to delete
# them too.
_MEDIA_OWN = (
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.choose_document",
)
_MEDIA_ALL = (
    "wagtailimages.change_image",
    "wagtailimages.delete_image",
    "wagtaildocs.change_document",
    "wagtaildocs.delete_document",
)
_TRANSLATE = ("wagtail_localize.submit_translation",)
# Who translates what; in translations' own words, because this app knows nothing of that one.
ASSIGNING = tuple(f"{kind}_translationassignment" for kind in ("view", "add", "change", "delete"))
_ASSIGN = tuple(f"translations.{codename}" for codename in ASSIGNING)
# Translators read the glossary; who may change it, and the memory, does so for the languages that they work in.
_TERMS_READ = ("translations.view_glossaryterm",)
_TERMS = (
    *_TERMS_READ,
    "translations.add_glossaryterm",
    "translations.change_glossaryterm",
    "translations.delete_glossaryterm",
    "translations.add_memoryunit",
    "translations.delete_memoryunit",
)
# Tables of records; in the words of an app above, too.
_BULK = ("bulk.import_records",)
# What roles were given after the first sites were set up, and before it was recorded what a group was given.
_SINCE_THE_FIRST_SITES = frozenset((*_ASSIGN, *_TERMS, *_BULK))


@dataclass(frozen=True)
class GroupRole:
    """What a group may do: in the page trees it is given, with media, and elsewhere in the admin."""

    page_permissions: tuple[str, ...]
    collection_permissions: tuple[str, ...]
    permissions: tuple[str, ...]

    def labels(self) -> tuple[str, ...]:
        """All of them, as ``app_label.codename``."""
        return (*self.page_permissions, *self.collection_permissions, *self.permissions)


def _on_pages(*kinds: str) -> tuple[str, ...]:
    return tuple(f"wagtailcore.{kind}_page" for kind in kinds)


EDITOR_ROLE = GroupRole(
    page_permissions=_on_pages("add", "change", "lock"),
    collection_permissions=_MEDIA_OWN,
    permissions=(*_ADMIN, *_KINDS),
)
MODERATOR_ROLE = GroupRole(
    page_permissions=_on_pages("add", "bulk_delete", "change", "lock", "publish", "unlock"),
    collection_permissions=(*_MEDIA_OWN, *_MEDIA_ALL),
    permissions=(
        *_ADMIN,
        *_KINDS,
        *_TRANSLATE,
        *_ASSIGN,
        *_TERMS,
        *_BULK,
        "regions.delete_newskind",
        "regions.view_subregion",
        "regions.change_subregion",
        "home.view_sitesettings",
        "home.change_sitesettings",
        "home.view_navigationmenu",
        "home.change_navigationmenu",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
)
# Without the right to publish: an approved review publishes, whoever approves it.
TRANSLATOR_ROLE = GroupRole(
    page_permissions=_on_pages("add", "change"),
    collection_permissions=_MEDIA_OWN,
    permissions=(*_ADMIN, *_TRANSLATE, *_TERMS_READ),
)
REVIEWER_ROLE = TRANSLATOR_ROLE
LOCALE_EDITOR_ROLE = GroupRole(
    page_permissions=_on_pages("add", "change", "lock", "publish", "unlock"),
    collection_permissions=_MEDIA_OWN,
    permissions=(*_ADMIN, *_KINDS, *_TRANSLATE, *_ASSIGN, *_TERMS),
)


def translators_group_name(language_code: str) -> str:
    """The name of a locale's group of translators, with the language's own name: ``Translators (español)``."""
    return f"Translators ({locale_name(language_code)})"


def reviewers_group_name(language_code: str) -> str:
    """The name of a locale's group of reviewers: ``Reviewers (español)``."""
    return f"Reviewers ({locale_name(language_code)})"


def locale_editors_group_name(language_code: str) -> str:
    """The name of the group of editors of a locale that is translated into: ``Editors (español)``."""
    return f"Editors ({locale_name(language_code)})"


_LOCALE_ROLES: tuple[tuple[Callable[[str], str], GroupRole], ...] = (
    (translators_group_name, TRANSLATOR_ROLE),
    (reviewers_group_name, REVIEWER_ROLE),
    (locale_editors_group_name, LOCALE_EDITOR_ROLE),
)


@dataclass(frozen=True)
class GroupChange:
    """A group that was made, or given rights that it did not have: their labels, as ``app_label.codename``."""

    group: Group
    is_new: bool
    labels: tuple[str, ...]


def group_setup_all(*, homes: Sequence[HomePage], new_homes: Sequence[HomePage]) -> list[GroupChange]:
    """Make the groups that are missing and give each the rights that it was never given. Return those that changed.

    Each right is given once, and it is recorded that it was: what a later release adds to a role is given to the groups
    that there are, and what an administrator takes away is not given back. A group of the time before that record is
    taken to have been given what roles had then. Editors and Moderators come with Wagtail, with rights on the root page
    and so on every language: when the first homes are made they begin anew.
    """
    source = [home for home in homes if home.locale.language_code == settings.DIWAN_SOURCE_LOCALE]
    plan: list[tuple[str, GroupRole, list[HomePage]]] = [
        (EDITORS, EDITOR_ROLE, source),
        (MODERATORS, MODERATOR_ROLE, list(homes)),
    ]
    plan += [
        (name_of(home.locale.language_code), role, [home])
        for home in homes
        if home not in source
        for name_of, role in _LOCALE_ROLES
    ]
    first_run = len(new_homes) == len(homes)
    existing = {group.name: group for group in Group.objects.filter(name__in=[name for name, _role, _pages in plan])}
    permissions = permissions_by_label(label for _name, role, _pages in plan for label in role.labels())
    recorded = grants_read(groups=existing.values())
    changed = []
    for name, role, pages in plan:
        group = existing.get(name)
        is_new = group is None
        wanted: set[Right] = {(label, None) for label in (*role.collection_permissions, *role.permissions)}
        wanted |= {(label, page.pk) for page in pages for label in role.page_permissions}
        if group is None:
            group = Group.objects.create(name=name)
            given: set[Right] = set()
        elif first_run:
            group_clear(group=group)
            given = set()
        else:
            given = recorded[group.pk] or _given_before(group, wanted, new_homes)
        if wanted <= given:
            continue
        labels = group_give(
            group=group, rights=wanted - given, on_collections=role.collection_permissions, permissions=permissions
        )
        if labels:
            changed.append(GroupChange(group, is_new or first_run, tuple(labels)))
    return changed


def _given_before(group: Group, wanted: set[Right], new_homes: Sequence[HomePage]) -> set[Right]:
    """What a group was given before that was recorded; it is recorded now."""
    new_ids = {home.pk for home in new_homes}
    given = {
        (label, page_id) for label, page_id in wanted if label not in _SINCE_THE_FIRST_SITES and page_id not in new_ids
    }
    grants_note(group=group, rights=given)
    return given


def workflow_setup(*, new_indexes: Sequence[Page]) -> bool:
    """Make the moderation of news, and let it govern the source locale's new news index. Return whether it changed.

    Workflow and task are named in the language of the source locale. An index that already follows some workflow keeps
    it, and one that an administrator has freed stays free. News of the other locales is reviewed as a translation.
    """
    texts = setup_texts(settings.DIWAN_SOURCE_LOCALE)
    # Whatever language the source locale had when the site was set up, the moderation is made once.
    known = setup_texts_all()
    workflow = Workflow.objects.filter(name__in={each.workflow for each in known}).order_by("pk").first()
    if workflow is None:
        task = GroupApprovalTask.objects.filter(name__in={each.approval for each in known}).order_by("pk").first()
        if task is None:
            task = GroupApprovalTask.objects.create(name=texts.approval)
            task.groups.set(Group.objects.filter(name=MODERATORS))
        workflow = Workflow.objects.create(name=texts.workflow)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        changed = True
    else:
        changed = False
    new_indexes = [page for page in new_indexes if page.locale.language_code == settings.DIWAN_SOURCE_LOCALE]
    taken = set(WorkflowPage.objects.filter(page__in=new_indexes).values_list("page_id", flat=True))
    assigned = [WorkflowPage(workflow=workflow, page_id=page.pk) for page in new_indexes if page.pk not in taken]
    WorkflowPage.objects.bulk_create(assigned)
    return changed or bool(assigned)
