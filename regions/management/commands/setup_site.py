"""Make what a site needs before anybody writes in it."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from regions.services.site_setup import site_setup_all


def silence(_line: str) -> None:
    """What --verbosity 0 makes of the report."""


class Command(BaseCommand):
    """Thin: reads the options and calls the service."""

    help = (
        "Make what is missing of locales, the site, home pages, news indexes, continents, countries, sub-regions, "
        "kinds of news, menus, groups and workflow. Safe to run again at any time: nothing that is there is changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hostname", help="Host name of the default site (at first: localhost).")
        parser.add_argument("--port", type=int, help="Port of the default site (at first: 80).")
        parser.add_argument("--site-name", help="Name of the default site (at first: WAGTAIL_SITE_NAME).")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] for name in ("hostname", "port", "site_name") if options[name] is not None}
        if not 0 < given.get("port", 80) < 65536:
            raise CommandError("--port: a number from 1 to 65535.")
        try:
            site_setup_all(options=given, say=self.stdout.write if options["verbosity"] else silence)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
