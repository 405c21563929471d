"""What happens when a site is set up, and when it is filled with the demonstration. Thin: the work is in services."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models.signals import post_delete, post_save

from home.models import HomePage
from home.selectors.locales import locale_source
from missions.models import MissionIndexPage, MissionPage, OrganisationIndexPage, PersonIndexPage
from missions.services import demo
from missions.services.post_access import post_access_end, post_access_follow, post_access_follow_all
from regions.services.demo.pages import DemoTrees
from regions.services.trees import index_pages_setup
from regions.signals import demo_loaded, demo_rows_made, site_set_up


def index_pages_make(sender: Any, homes: list[HomePage], say: Callable[[str], None], **kwargs: Any) -> None:
    """Give each language the pages that hold those of this app."""
    index_pages_setup(models=[MissionIndexPage, OrganisationIndexPage, PersonIndexPage], homes=homes, say=say)


def post_rights_complete(sender: Any, say: Callable[[str], None], **kwargs: Any) -> None:
    """Give each post the right on pages of its mission that were made without a word."""
    number = post_access_follow_all()
    say(f"rights of posts: {f'{number} given' if number else 'as they were'}")


def post_follow(sender: Any, instance: MissionPage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A mission that is translated belongs to its post in that language too."""
    if created and not raw:
        post_access_follow(page=instance)


def post_end(sender: Any, instance: MissionPage, **kwargs: Any) -> None:
    """The group of a post goes with the mission."""
    if instance.locale_code == locale_source():
        post_access_end(mission_key=instance.translation_key)


def demo_rows_make(
    sender: Any, trees: Mapping[str, DemoTrees], report: Callable[[str, int], None], **kwargs: Any
) -> None:
    """The demonstration begins: make the rows of this app's records."""
    report("missions, organisations and people", demo.demo_rows_load(trees=trees))


def demo_texts_write(sender: Any, trees: Mapping[str, DemoTrees], report: Callable[..., None], **kwargs: Any) -> None:
    """Everything of the demonstration has its place: write this app's records."""
    report(
        "texts of missions, organisations and people", demo.demo_texts_load(trees=trees), verb="written and published"
    )


def register() -> None:
    """Connect the handlers; called once, when the apps are ready."""
    site_set_up.connect(index_pages_make, dispatch_uid="missions.index_pages")
    site_set_up.connect(post_rights_complete, dispatch_uid="missions.post_rights")
    post_save.connect(post_follow, sender=MissionPage, dispatch_uid="missions.post_follow")
    post_delete.connect(post_end, sender=MissionPage, dispatch_uid="missions.post_end")
    demo_rows_made.connect(demo_rows_make, dispatch_uid="missions.demo_rows")
    demo_loaded.connect(demo_texts_write, dispatch_uid="missions.demo_texts")
