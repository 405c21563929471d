"""Who can translate, review and assign: what the services check, and what forms offer."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Locale, Page, WorkflowPage, WorkflowTask
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.models import Translation

from home.selectors.permissions import locale_is_permitted
from translations.models import TranslationReviewTask

ASSIGN_PERMISSION = "translations.change_translationassignment"
_WRITING = ("add_page", "change_page", "publish_page")


def _may_enter(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


def can_translate(*, user: Any, target: Any) -> bool:
    """May ``user`` write the translation whose page or snippet is ``target``? Locks are left out: they pass."""
    if not _may_enter(user):
        return False
    if isinstance(target, Page):
        return bool(target.permissions_for_user(user).can_edit())
    return bool(user.has_perm(get_permission_name("change", type(target)))) and locale_is_permitted(user, target.locale)


def review_groups(*, page: Page) -> QuerySet[Group]:
    """The groups whose members may approve a translation of ``page``."""
    workflow = page.get_workflow()
    tasks = workflow.tasks.values("pk") if workflow else ()
    return Group.objects.filter(pk__in=TranslationReviewTask.objects.filter(pk__in=tasks, active=True).values("groups"))


def can_review(*, user: Any, target: Any) -> bool:
    """May ``user`` approve translations of ``target``? Snippets have no review."""
    if not isinstance(target, Page) or not _may_enter(user):
        return False
    return bool(user.is_superuser) or review_groups(page=target).filter(user=user).exists()


def can_assign(*, user: Any, target: Any) -> bool:
    """May ``user`` say who translates ``target``, and until when?"""
    return bool(user.has_perm(ASSIGN_PERMISSION)) and can_translate(user=user, target=target)


def may_hear(*, user: Any, target: Any) -> bool:
    """Does ``user`` still work on what e-mails about a translation tell, its title at least?"""
    return can_translate(user=user, target=target) or can_review(user=user, target=target)


def translator_list(*, locale: Locale) -> QuerySet[Any]:
    """The users who work in ``locale``, by name. Whether one may write a certain page is another question."""
    rights = GroupPagePermission.objects.filter(
        Q(page__locale=locale, page__depth__gt=1) | Q(page__depth=1),
        permission__codename__in=_WRITING,
        permission__content_type__app_label="wagtailcore",
    )
    users = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(Q(is_superuser=True) | Q(groups__in=rights.values("group"))).distinct().order_by(*_NAME)


def reviewer_list(*, page: Page) -> QuerySet[Any]:
    """The users who may approve translations of ``page``, by name."""
    users = get_user_model()._default_manager.filter(is_active=True)
    groups = review_groups(page=page).values("pk")
    return users.filter(Q(is_superuser=True) | Q(groups__in=groups)).distinct().order_by(*_NAME)


def reviewer_list_of(*, locale: Locale) -> QuerySet[Any]:
    """The users who may approve translations somewhere in ``locale``, by name."""
    workflows = WorkflowPage.objects.filter(page__locale=locale).values("workflow")
    tasks = WorkflowTask.objects.filter(workflow__in=workflows, workflow__active=True).values("task")
    groups = TranslationReviewTask.objects.filter(pk__in=tasks, active=True).values("groups")
    users = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(Q(is_superuser=True) | Q(groups__in=groups)).distinct().order_by(*_NAME)


def record_target(*, record: Translation) -> Any:
    """The page or snippet that ``record`` translates into; None when it was deleted."""
    try:
        return record.get_target_instance()
    except record.source.specific_content_type.model_class().DoesNotExist:
        return None


_NAME = ("last_name", "first_name", "pk")
