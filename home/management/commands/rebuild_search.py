"""Write the indexes of the public search and of the admin's anew."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from home.services.search_index import search_index_rebuild


class Command(BaseCommand):
    help = (
        "Write the index of the public search anew from the published pages, and Wagtail's index of all that the admin "
        "finds (update_index). Needed after an upgrade that changes how words are analysed, or after pages were "
        "written around Diwan; otherwise both follow by themselves."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{search_index_rebuild()} pages are in the index.")
        call_command("update_index", verbosity=0)
