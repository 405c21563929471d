"""Which languages a user works in."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q
from wagtail.models import GroupPagePermission, Locale

from home.selectors.visibility import container_models

# A right to write somewhere in a tree makes its language one that the user works in; a right to lock does not.
_WRITING = ("add_page", "change_page", "publish_page")


def locale_list_permitted(user: AbstractBaseUser | AnonymousUser) -> list[Locale]:
    """The locales in whose page tree ``user`` may write anything, in the order of their ids.

    Wagtail gives rights on pages per branch, but on snippets per model only. So one rule serves for both: whoever
    may add, change or publish a page anywhere in a language's tree works in that language. A superuser, and a group
    with such a right on the root of all trees, works in every language; an inactive user in none. A right on one page
    that holds no others, as a mission's post has on its sheet, is for that page and says nothing of the language.
    """
    if not user.is_active:
        return []
    locales = Locale.objects.order_by("pk")
    if getattr(user, "is_superuser", False):
        return list(locales)
    permissions = GroupPagePermission.objects.filter(
        group__user=user.pk, permission__codename__in=_WRITING, permission__content_type__app_label="wagtailcore"
    )
    if permissions.filter(page__depth=1).exists():
        return list(locales)
    on_branches = permissions.filter(page__content_type__model__in=container_models())
    return list(locales.filter(Q(pk__in=on_branches.values("page__locale_id"))))


def locale_is_permitted(user: AbstractBaseUser | AnonymousUser, locale: Locale) -> bool:
    """Does ``user`` work in ``locale``? See :func:`locale_list_permitted`."""
    return any(permitted.pk == locale.pk for permitted in locale_list_permitted(user))
