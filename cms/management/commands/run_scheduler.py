"""Publishes and unpublishes what editors have scheduled, every minute; reminds people and tidies once a day."""

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Calls Wagtail's publish_scheduled again and again; an error is logged and the next call made all the same.

    The first look of each day, and that after a start, calls remind_translators and remind_travel_advice too, which
    send nothing twice, and prune_records.
    """

    help = (
        "Publish and unpublish what is scheduled, every minute, remind translators and editors of travel advice of "
        "what is due and remove old records, every day, until SIGTERM or Ctrl-C."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Look once, and fail when that fails.")
        parser.add_argument("--seconds", type=float, default=60.0, help="Between two looks (default %(default)s).")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            call_command("publish_scheduled", stdout=self.stdout)
            self._daily()
            return
        stopped = threading.Event()

        def stop(number: int, frame: FrameType | None) -> None:
            stopped.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        done_on = None
        while not stopped.is_set():
            # A database that went away and came back: the next look opens a connection of its own.
            close_old_connections()
            try:
                call_command("publish_scheduled", stdout=self.stdout)
                if done_on != timezone.localdate():
                    self._daily()
                    done_on = timezone.localdate()
            except Exception:
                logger.exception("Scheduled publication failed; it is tried again in %g seconds", options["seconds"])
            stopped.wait(options["seconds"])

    def _daily(self) -> None:
        call_command("remind_translators", verbosity=0)
        call_command("remind_travel_advice", verbosity=0)
        call_command("prune_records", verbosity=0)
