"""Remind translators and reviewers of what is due."""

from typing import Any

from django.core.management.base import BaseCommand

from translations.services.assignments import reminder_send_all


class Command(BaseCommand):
    """Thin: calls the service and prints what it did."""

    help = (
        "Write to whoever has the next step of a translation that is due soon or overdue, once for each date. "
        "run_scheduler calls it every day; calling it again does nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        report = reminder_send_all()
        if options["verbosity"]:
            self.stdout.write(f"translations: {report.translations}, e-mails: {report.mails}")
