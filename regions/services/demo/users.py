"""People for the demonstration, one for each job."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from regions.services.access import (
    EDITORS,
    MODERATORS,
    locale_editors_group_name,
    reviewers_group_name,
    translators_group_name,
)

PASSWORD = "diwan-demo"  # noqa: S105 - printed by the command, and refused under production settings


@dataclass(frozen=True)
class DemoUser:
    """A login, its group (None for the administrator) and the language of its admin."""

    username: str
    first_name: str
    last_name: str
    group: str | None
    language: str


DEMO_USERS = (
    DemoUser("admin", "Salma", "Administratrice", None, "fr"),
    DemoUser("editor", "Nadia", "Rédactrice", EDITORS, "fr"),
    DemoUser("moderator", "Driss", "Modérateur", MODERATORS, "fr"),
    DemoUser("translator-ar", "ليلى", "المترجمة", translators_group_name("ar"), "ar"),
    DemoUser("translator-es", "Elena", "Traductora", translators_group_name("es"), "es"),
    DemoUser("reviewer-ar", "كمال", "المراجع", reviewers_group_name("ar"), "ar"),
    DemoUser("reviewer-es", "Rafael", "Revisor", reviewers_group_name("es"), "es"),
    DemoUser("editor-ar", "سلوى", "المحررة", locale_editors_group_name("ar"), "ar"),
    DemoUser("editor-es", "Lucía", "Editora", locale_editors_group_name("es"), "es"),
)


def user_load_all() -> tuple[dict[str, Any], int]:
    """Make the users that are missing. Return all of them by username, and how many were made.

    An existing user keeps its password, groups and language.
    """
    User = get_user_model()
    names = [demo.username for demo in DEMO_USERS]
    users: dict[str, Any] = {user.get_username(): user for user in User.objects.filter(username__in=names)}
    groups = {group.name: group for group in Group.objects.all()}
    created = 0
    for demo in DEMO_USERS:
        if demo.username in users:
            continue
        user = User.objects.create_user(
            demo.username,
            f"{demo.username}@example.org",
            password=PASSWORD,
            first_name=demo.first_name,
            last_name=demo.last_name,
            is_superuser=demo.group is None,
        )
        if demo.group:
            user.groups.add(groups[demo.group])
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": demo.language})
        users[demo.username] = user
        created += 1
    return users, created
