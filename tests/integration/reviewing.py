"""People of each role, and the steps of a review as their browsers take them."""

import re
from html import unescape
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from wagtail.users.models import UserProfile

from regions.services.access import locale_editors_group_name, reviewers_group_name, translators_group_name
from tests.integration.translating import Desk, client_for

GROUPS = {
    "translator": translators_group_name,
    "reviewer": reviewers_group_name,
    "editor": locale_editors_group_name,
}


def person(role: str, code: str = "ar", *, name: str = "", language: str = "en") -> Any:
    """A user in setup_site's group of one role in one language; ``language`` is that of her admin."""
    username = name or f"{role}-{code}"
    user = get_user_model().objects.create_user(username, f"{username}@example.org", "password", first_name=username)
    user.groups.add(Group.objects.get(name=GROUPS[role](code)))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user


def step(user: Any, desk: Desk, name: str, **data: str) -> Any:
    """Press a button of the bar above the translation editor."""
    url = reverse(f"translation_review:{name}", args=[desk.record.pk])
    return client_for(user).post(url, data, follow=True)


def texts_of(response: Any) -> list[str]:
    """The admin's messages on the page that a followed redirect ends on, as a reader sees them."""
    texts = (str(message).replace("<ul>", " ").replace("</li><li>", " ") for message in response.context["messages"])
    return [" ".join(unescape(re.sub("<[^>]*>", "", text)).split()) for text in texts]


class BrokenMail(BaseEmailBackend):
    """A mail server that cannot be reached, nor found."""

    def open(self) -> bool:
        raise OSError("Name or service not known")

    def send_messages(self, email_messages: Any) -> int:
        raise OSError("Name or service not known")
