"""E-mails: each in its reader's language, and none ever in the way of what it tells of."""

import logging
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.users.models import UserProfile

from home.tasks import mail_task

logger = logging.getLogger(__name__)

Templates = Mapping[str, str]


def mails_send(
    *, templates: Templates, recipients: Iterable[Any], context: Mapping[str, Any], html: bool = True
) -> None:
    """Write to each active recipient who has an address, once the transaction is committed.

    ``templates``: names of those for ``subject``, ``text`` and ``html``; they are given ``context`` and ``user``. The
    worker sends. A template or a mail server that fails is logged, and nothing else comes of it.
    """
    readers = sorted({user for user in recipients if user and user.is_active and user.email}, key=lambda user: user.pk)
    if readers:
        transaction.on_commit(partial(_write_all, templates, readers, dict(context), html), robust=True)


def _write_all(templates: Templates, readers: list[Any], context: dict[str, Any], html: bool) -> None:
    for reader in readers:
        try:
            _write(templates, reader, context, html)
        except Exception:
            logger.exception("E-mail %s to user %s was not written", templates["text"], reader.pk)


def _write(templates: Templates, reader: Any, context: dict[str, Any], html: bool) -> None:
    language = UserProfile.get_for_user(reader).get_preferred_language()
    given = {"settings": settings, **context, "user": reader}
    with translation.override(language):
        # A title may hold a line break that a header must not.
        subject = " ".join(render_to_string(templates["subject"], given).split())
        text = render_to_string(templates["text"], given).strip()
        page = render_to_string(templates["html"], given).strip() if html else ""
    mail_task.enqueue(reader.email, subject, text, page)
