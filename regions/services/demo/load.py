"""The whole demonstration, step by step."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from wagtail.models import Site

from home.services.statistics import statistics_refresh
from regions.demo import reader
from regions.models import ContinentPage
from regions.services.demo.extras import draft_load, menu_load_all, redirect_load_all, settings_load_all
from regions.services.demo.media import media_load_all
from regions.services.demo.pages import DemoTrees, page_load_rows, page_load_texts
from regions.services.demo.users import DEMO_USERS, PASSWORD, user_load_all
from regions.services.site_setup import site_setup_all
from regions.signals import demo_loaded, demo_rows_made


class DemoNotAllowedError(Exception):
    """The settings do not allow invented users and content."""


def demo_load(*, say: Callable[[str], None]) -> None:
    """Make what is missing of the demonstration; ``say`` is told what is done, a line for each step.

    Each step is one transaction and finds what it made before, so an interrupted run is completed by the next one and
    a finished one changes nothing. Pages that somebody has written in are left alone. Raise DemoNotAllowedError
    unless the setting ``DIWAN_ALLOW_DEMO`` is true.
    """
    if not settings.DIWAN_ALLOW_DEMO:
        raise DemoNotAllowedError(
            "load_demo makes users with a known password: it runs only where DIWAN_ALLOW_DEMO is true."
        )
    if not ContinentPage.objects.filter(locale_code=settings.DIWAN_SOURCE_LOCALE).exists():
        say("the site is not set up yet: setup_site first …")
        site_setup_all(say=lambda line: say(f"  {line}"))
    site = Site.objects.get(is_default_site=True)
    users, created = user_load_all()
    _report(say, "users", created)
    media_ids, created = media_load_all(owner=users["editor"], say=say)
    _report(say, "pictures and documents", created)
    trees = {code: DemoTrees(language_code=code, media_ids=media_ids, users=users) for code in reader.LANGUAGES}
    _report(say, "plain pages and news", page_load_rows(trees=trees))
    demo_rows_made.send(sender=demo_load, trees=trees, report=partial(_report, say))
    _report(say, "texts", page_load_texts(trees=trees, say=say), verb="written and published")
    _report(say, "site settings", settings_load_all(site=site, trees=trees), verb="filled")
    _report(say, "menus", menu_load_all(site=site, trees=trees), verb="completed")
    _report(say, "redirects", redirect_load_all(site=site, trees=trees))
    _report(say, "items awaiting review", int(draft_load(tree=trees["fr"])))
    demo_loaded.send(sender=demo_load, trees=trees, report=partial(_report, say))
    statistics_refresh()
    say(f"logins (password {PASSWORD!r} unless changed): {', '.join(user.username for user in DEMO_USERS)}")


def _report(say: Callable[[str], None], what: str, count: int, *, verb: str = "made") -> None:
    say(f"{what}: {count} {verb}" if count else f"{what}: as they were")
