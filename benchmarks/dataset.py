"""A site of the size of a ministry's: every country, and as many news items in each locale as asked for."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from home.services.content_version import content_version_move
from home.services.search_index import search_entries_write
from regions.models import ContinentPage, CountryPage, NewsCountryLink, NewsIndexPage, NewsKind, NewsPage
from regions.services.site_setup import site_setup_all

SEED = 20260101
FIRST_DAY = date(2010, 1, 1)
_DAYS = 6000
WORDS = {
    "fr": "accord visite entretien ministre coopération sommet énergie culture délégation commission partenariat "
    "développement sécurité commerce université pêche climat dialogue investissement tourisme",
    "es": "acuerdo visita reunión ministro cooperación cumbre energía cultura delegación comisión asociación "
    "desarrollo seguridad comercio universidad pesca clima diálogo inversión turismo",
    "ar": "اتفاق زيارة لقاء وزير تعاون قمة طاقة ثقافة وفد لجنة شراكة تنمية أمن تجارة جامعة صيد مناخ حوار استثمار سياحة",
}


def dataset_make(news: int) -> None:
    """Migrate the database and fill it, with ``news`` items in each locale, if it is not filled yet."""
    call_command("migrate", verbosity=0)
    if NewsPage.objects.filter(locale_code="fr").count() == news:
        return
    if NewsPage.objects.exists():
        raise SystemExit("The database holds another number of news: drop it, then run again.")
    # The host that the benchmark asks; port 80 keeps it out of addresses.
    site_setup_all(options={"hostname": "127.0.0.1", "port": 80})
    chance = random.Random(SEED)
    _places_describe(chance)
    for index in NewsIndexPage.objects.select_related("locale").order_by("locale_id"):
        _news_make(index, news, chance)
    for query in ("VACUUM ANALYZE", "CHECKPOINT"):
        with connection.cursor() as cursor:
            cursor.execute(query)


def _places_describe(chance: random.Random) -> None:
    words = WORDS["fr"].split()
    for model in (CountryPage, ContinentPage):
        body = [
            {"type": "rich_text", "id": str(number), "value": f"<p>{' '.join(chance.choices(words, k=60))}.</p>"}
            for number in range(5)
        ]
        introduction = " ".join(chance.choices(words, k=30))
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {model._meta.db_table} SET introduction = %s, body = %s WHERE locale_code = 'fr'",
                [introduction, json.dumps(body)],
            )
    CountryPage.objects.filter(locale_code="fr").update(capital="Capitale")


def _news_make(index: NewsIndexPage, news: int, chance: random.Random) -> None:
    locale = index.locale_code
    words = WORDS[locale].split()
    kinds = list(NewsKind.objects.filter(locale=index.locale).values_list("pk", flat=True))
    countries = list(
        CountryPage.objects.filter(locale=index.locale).order_by("code").values_list("pk", "translation_key")
    )
    content_type = ContentType.objects.get_for_model(NewsPage)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('wagtailcore_page_id_seq', (SELECT MAX(id) FROM wagtailcore_page))")
        first = cursor.fetchone()[0] + 1
        cursor.execute("SELECT setval('wagtailcore_page_id_seq', %s)", [first + news])
    blank = NewsPage(
        locale=index.locale, locale_code=locale, content_type=content_type, live=True, depth=index.depth + 1
    )
    blank.owner_id = None
    pages: list[list[Any]] = []
    rows: list[list[Any]] = []
    links: list[tuple[Any, ...]] = []
    for number in range(news):
        title = " ".join(chance.choices(words, k=6)).capitalize()
        blank.pk = blank.id = blank.page_ptr_id = first + number
        blank.title = blank.draft_title = f"{title} {number}"
        blank.slug = f"n{number}"
        blank.path = Page._get_path(index.path, index.depth + 1, number + 1)
        blank.url_path = f"{index.url_path}{blank.slug}/"
        blank.translation_key = UUID(int=chance.getrandbits(128), version=4)
        blank.first_published_at = blank.last_published_at = blank.latest_revision_created_at = None
        blank.date = FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
        blank.kind_id = chance.choice(kinds)
        blank.introduction = " ".join(chance.choices(words, k=25))
        pages.append(_values(Page, blank))
        rows.append(_values(NewsPage, blank))
        links.extend(
            (place, blank.pk, country, key, blank.date, locale)
            for place, (country, key) in enumerate(chance.sample(countries, chance.choice([1, 1, 2])))
        )
    _copy(Page, pages)
    _copy(NewsPage, rows)
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY {NewsCountryLink._meta.db_table} "
            "(sort_order, page_id, country_id, place_key, date, locale_code) FROM STDIN"
        ) as copy,
    ):
        for link in links:
            copy.write_row(link)
    Page.objects.filter(pk=index.pk).update(numchild=news)
    search_entries_write(pages=_made(index))
    content_version_move()


def _made(index: NewsIndexPage) -> Iterator[NewsPage]:
    yield from NewsPage.objects.filter(locale=index.locale).select_related("kind").iterator(chunk_size=1000)


def _values(model: Any, page: NewsPage) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(page, field.attname), connection) for field in model._meta.local_concrete_fields
    ]


def _copy(model: Any, rows: list[list[Any]]) -> None:
    columns = ", ".join(f'"{field.column}"' for field in model._meta.local_concrete_fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([getattr(value, "obj", value) for value in row])
