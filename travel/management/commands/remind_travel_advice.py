"""Remind editors of travel advice of reviews that are due and of sheets that end."""

from typing import Any

from django.core.management.base import BaseCommand

from travel.services.reminders import reminder_send_all


class Command(BaseCommand):
    """Thin: calls the service and prints what it did."""

    help = (
        "Write to whom it concerns about travel advice whose review is due or overdue and about what ends soon, once "
        "for each date. run_scheduler calls it every day; calling it again does nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        report = reminder_send_all()
        if options["verbosity"]:
            self.stdout.write(f"dates: {report.dates}, e-mails: {report.mails}")
