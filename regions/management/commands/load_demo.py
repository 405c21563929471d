"""Fill the site with the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from regions.management.commands.setup_site import silence
from regions.services.demo.load import DemoNotAllowedError, demo_load


class Command(BaseCommand):
    """Thin: calls the service."""

    help = (
        "Fill the site with demo users, pictures, pages and news in French, Arabic and Spanish. Safe to run again: "
        "only what is missing is made. Refuses to run under production settings."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo_load(say=self.stdout.write if options["verbosity"] else silence)
        except DemoNotAllowedError as error:
            raise CommandError(str(error)) from error
