"""Let users edit the sheet of their own mission."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.selectors.locales import locale_source
from missions.models import MissionPage
from missions.selectors.post_groups import post_group_of, post_may_publish, post_users_offered
from missions.services.post_access import post_access_end, post_access_give


class Command(BaseCommand):
    """Thin: reads the options and calls the service."""

    help = (
        "Let users edit one mission's sheet, in every language, and nothing else: as the post's group, which is made "
        "where there is none. Users that are not named keep what they have. See docs/missions.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mission", required=True, metavar="KEY", help="the stable key of the mission")
        parser.add_argument("--user", action="append", default=[], metavar="NAME", help="may edit it; repeatable")
        parser.add_argument("--remove", action="append", default=[], metavar="NAME", help="may no longer; repeatable")
        parser.add_argument("--publish", action="store_true", help="what the post writes goes live without moderation")
        parser.add_argument("--no-publish", action="store_true", help="it waits for moderation, as it does by default")

    def handle(self, *args: Any, **options: Any) -> None:
        mission = MissionPage.objects.filter(record_key=options["mission"], locale_code=locale_source()).first()
        if mission is None:
            raise CommandError(f"No mission has the key {options['mission']!r}.")
        if options["publish"] and options["no_publish"]:
            raise CommandError("Either --publish or --no-publish.")
        named = [*options["user"], *options["remove"]]
        users = {user.get_username(): user for user in post_users_offered()}
        unknown = sorted(name for name in named if name not in users)
        if unknown:
            raise CommandError(f"No active user without all rights is called {', '.join(unknown)}.")
        post = post_group_of(page=mission)
        names = {user.get_username() for user in post.group.user_set.all()} if post else set()
        names = (names | set(options["user"])) - set(options["remove"])
        if not names:
            post_access_end(mission_key=mission.translation_key)
            self.stdout.write(f"{mission.record_key}: nobody has access as this post.")
            return
        may_publish = options["publish"] or (post_may_publish(post=post) and not options["no_publish"])
        members = [users[name] for name in sorted(names) if name in users]
        post = post_access_give(mission=mission, users=members, may_publish=may_publish)
        self.stdout.write(
            f"{post.group.name}: {', '.join(user.get_username() for user in members)} may edit {mission.record_key}"
            f"{' and publish it' if may_publish else ''}."
        )
