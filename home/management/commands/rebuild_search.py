"""Write the index of the public search anew."""

from typing import Any

from django.core.management.base import BaseCommand

from home.services.search_index import search_index_rebuild


class Command(BaseCommand):
    help = (
        "Write the index of the public search anew from the published pages. Needed after an upgrade that changes how "
        "words are analysed, or after pages were written around Diwan; otherwise the index follows by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{search_index_rebuild()} pages are in the index.")
