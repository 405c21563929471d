"""Who may translate what, and where. The one place that every view and service of this package asks."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.models import Translation

from home.localize.places import Place, locale_list_untranslated, place_get, source_get
from home.selectors.permissions import locale_is_permitted, locale_list_permitted

User = AbstractBaseUser | AnonymousUser


def _has_perm(user: Any, action: str, model: type[models.Model]) -> bool:
    return bool(user.has_perm(get_permission_name(action, model)))


def source_is_readable(*, user: User, instance: TranslatableMixin) -> bool:
    """May ``user`` read what would be translated? Whatever the public reads, and what the user may edit."""
    if not isinstance(instance, Page):
        return True
    if instance.permissions_for_user(user).can_edit():
        return True
    return bool(instance.live) and not instance.get_view_restrictions().exists()


def target_can_edit(*, user: User, target: TranslatableMixin) -> bool:
    """May ``user`` change ``target``, a page or snippet that stands in its locale? A lock held by others forbids it."""
    if isinstance(target, Page):
        rights = target.permissions_for_user(user)
        return bool(rights.can_edit() and not rights.page_locked())
    return _has_perm(user, "change", type(target)) and locale_is_permitted(user, target.locale)


def target_is_held(*, user: User, target: TranslatableMixin) -> bool:
    """Must ``target`` not change under others' hands? A page locked for ``user``, or under review by anybody."""
    if not isinstance(target, Page):
        return False
    return bool(target.specific_deferred.workflow_in_progress or target.permissions_for_user(user).page_locked())


def target_can_publish(*, user: User, target: TranslatableMixin) -> bool:
    """May ``user`` put a new version of ``target`` before readers? What has no drafts is live with every change."""
    if not target_can_edit(user=user, target=target):
        return False
    if isinstance(target, Page):
        return bool(target.permissions_for_user(user).can_publish())
    return not isinstance(target, DraftStateMixin) or _has_perm(user, "publish", type(target))


def submit_is_permitted(*, user: User, instance: TranslatableMixin, locale: Locale, place: Place | None = None) -> bool:
    """May ``user`` start a translation of ``instance`` into ``locale``?

    For a page: the right to edit the page that stands there, or to add a page below the nearest ancestor that does.
    For a snippet: the model's right to change (or add), in a language that the user works in. Only the version that
    is the source of the others can be submitted. ``place`` is what ``place_get`` says, for a caller that knows it.
    """
    if source_get(instance=instance).pk != instance.pk or not source_is_readable(user=user, instance=instance):
        return False
    if isinstance(instance, Page):
        place = place or place_get(page=instance, locale=locale)
        if place.target:
            return target_can_edit(user=user, target=place.target)
        if place.parent is None:
            return False
        # A superuser's rights are not listed one by one.
        rights: set[str] = getattr(place.parent.permissions_for_user(user), "permissions", set())
        return bool(user.is_active and (getattr(user, "is_superuser", False) or "add" in rights))
    model = type(instance)
    target = model._default_manager.filter(translation_key=instance.translation_key, locale=locale).first()
    if target:
        return target_can_edit(user=user, target=target)
    return _has_perm(user, "add", model) and locale_is_permitted(user, locale)


def locale_list_offered(*, user: User, instance: TranslatableMixin) -> list[Locale]:
    """The locales into which ``user`` may start a translation of ``instance`` now."""
    permitted = {locale.pk for locale in locale_list_permitted(user)}
    return [
        locale
        for locale in locale_list_untranslated(instance=instance)
        if locale.pk in permitted and submit_is_permitted(user=user, instance=instance, locale=locale)
    ]


def update_is_permitted(*, user: User, source_instance: TranslatableMixin, translations: list[Translation]) -> bool:
    """May ``user`` bring a source's latest text to its translations?

    The source is shared by its translations. So: whoever may edit the source, which made the correction, or whoever
    may read it and edit every page that it reaches. A page that others hold (:func:`target_is_held`) is left out of the
    update.
    """
    if isinstance(source_instance, Page):
        if source_instance.permissions_for_user(user).can_edit():
            return True
    elif _has_perm(user, "change", type(source_instance)) and locale_is_permitted(user, source_instance.locale):
        return True
    # What was taken off, or made private, has a draft or a text that is not for everybody.
    if not translations or not source_is_readable(user=user, instance=source_instance):
        return False
    return all(target_can_edit(user=user, target=translation.get_target_instance()) for translation in translations)
