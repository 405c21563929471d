"""What the pages and the work of the translators' desk cost: CPU of the application and of the database."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.signals import page_published
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from benchmarks.counting import Statements
from benchmarks.desk.dataset import USER, news_of_texts
from benchmarks.processes import cpu_seconds
from home.localize.submission import translation_submit
from home.selectors.counts import counts_forget
from regions.models import CountryPage, NewsPage
from regions.receivers import counterparts_make
from translations.models import DeskJob, TranslationState
from translations.selectors.desk import STATUSES
from translations.services.jobs import job_run
from translations.views.desk import DeskView

PAGE_LIMIT = 300.0
_WORKER_LIMIT = 60_000.0
_STATEMENTS_OF_EDITOR = 40


@dataclass(frozen=True)
class Row:
    """One thing measured: milliseconds of CPU (the median), and SQL statements."""

    name: str
    application: float
    database: float
    statements: int
    limit: float | None = None
    statement_limit: int | None = None

    @property
    def total(self) -> float:
        """Of the application and the database."""
        return self.application + self.database

    @property
    def is_over(self) -> bool:
        """Whether it costs more than it may."""
        return (self.limit is not None and self.total > self.limit) or (
            self.statement_limit is not None and self.statements > self.statement_limit
        )


class Meter:
    """Reads the clocks of this process and of the database's process for its connection."""

    def __init__(self) -> None:
        self.backend = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = cursor.fetchone()[0]

    def once(self, work: Callable[[], Any]) -> tuple[float, float, int]:
        """Milliseconds of the application and of the database (SQLite's are in the first), and statements."""
        counted = Statements()
        database = cpu_seconds(self.backend) if self.backend else 0.0
        start = time.process_time()
        with connection.execute_wrapper(counted):
            work()
        used = time.process_time() - start
        of_database = cpu_seconds(self.backend) - database if self.backend else 0.0
        return used * 1000, of_database * 1000, counted.number

    def row(self, name: str, work: Callable[[], Any], *, rounds: int, **limits: Any) -> Row:
        """The medians of some rounds, the first two not counted."""
        for _ in range(2):
            work()
        figures = [self.once(work) for _ in range(rounds)]
        application, database, statements = zip(*figures, strict=True)
        return Row(name, statistics.median(application), statistics.median(database), max(statements), **limits)


def measured(*, rounds: int, pages_only: bool) -> list[Row]:
    """All there is to measure."""
    meter = Meter()
    user = get_user_model().objects.get(username=USER)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)

    def ask(url: str) -> Callable[[], Any]:
        def asked() -> None:
            # What was counted under this version of the content is counted anew.
            counts_forget()
            response = client.get(url)
            if response.status_code != 200:
                raise SystemExit(f"{url} answers {response.status_code}.")

        return asked

    rows = [meter.row(name, ask(url), rounds=rounds, limit=PAGE_LIMIT) for name, url in _pages(user).items()]
    if pages_only:
        return rows
    return [*rows, *_submitting(meter, user), _editing(meter, user, client, rounds), *_publishing(meter, user, rounds)]


def _pages(user: Any) -> dict[str, str]:
    """The addresses of the desk's pages, by their names."""
    desk = reverse("translation_desk:desk", args=["ar"])
    number = Translation.objects.count()
    outdated = Translation.objects.filter(state__status=TranslationState.Status.OUTDATED).first()
    if outdated is None:
        raise SystemExit("No translation is outdated.")
    job = DeskJob.objects.earliest("pk")
    queries: dict[str, dict[str, Any]] = {
        "list": {},
        "list, last page": {"p": -(-number // DeskView.paginate_by)},
        **{f"list, {str(status).replace('_', ' ')}": {"status": status} for status, _label in STATUSES},
        "list, a type": {"content_type": ContentType.objects.get_for_model(NewsPage).pk},
        "list, a continent": {"continent": "002"},
        "list, published since": {"published_from": "2020-01-01"},
        "list, mine": {"assignee": "me"},
        "list, nobody's": {"assignee": "nobody"},
        "list, urgent": {"priority": 3},
        "list, overdue": {"overdue": "yes"},
        "list, searched": {"q": "coopération énergie"},
        "list, all filters": {
            "status": ["outdated", "new"],
            "continent": "002",
            "published_from": "2020-01-01",
            "assignee": user.pk,
            "priority": 3,
            "q": "accord",
        },
        **{
            f"list, sorted by {sign}{column}": {"ordering": f"{sign}{column}"}
            for column in ("title", "last_published_at", "desk_words_left")
            for sign in ("", "-")
        },
    }
    pages = {name: f"{desk}?{urlencode(query, doseq=True)}" for name, query in queries.items()}
    pages["results alone (while typing)"] = reverse("translation_desk:desk_results", args=["ar"]) + "?q=sommet"
    pages["desk with nothing on it"] = reverse("translation_desk:desk", args=["es"])
    pages["coverage matrix"] = reverse("translation_desk:coverage")
    pages["difference"] = reverse("translation_desk:difference", args=[outdated.pk])
    pages["jobs"] = reverse("translation_desk:jobs")
    pages["a job with its report"] = reverse("translation_desk:job", args=[job.pk])
    return pages


def _submitting(meter: Meter, user: Any) -> list[Row]:
    """Two hundred pages of ten texts each to two languages, as two jobs."""
    pages = [page.pk for page in news_of_texts(count=200, texts=8, title="Soumission")]
    figures = []
    for code in ("ar", "es"):
        job = DeskJob.objects.create(
            kind=DeskJob.Kind.SUBMIT,
            owner=user,
            locale=Locale.objects.get(language_code=code),
            parameters={"pages": pages},
        )
        figures.append(meter.once(partial(job_run, job_id=job.pk)))
        job.refresh_from_db()
        if (job.state, {item["level"] for item in job.report}) != (DeskJob.State.DONE, {"success"}):
            raise SystemExit(f"The submission failed: {job.report[-1:]}")
    application, database, statements = (sum(column) for column in zip(*figures, strict=True))
    return [
        Row("200 pages of 10 texts submitted to 2 languages", application, database, int(statements), _WORKER_LIMIT)
    ]


def _editing(meter: Meter, user: Any, client: Client, rounds: int) -> Row:
    """The translation editor of a page of sixty texts, half of them translated."""
    [page] = news_of_texts(count=1, texts=58, title="Relecture")
    locale = Locale.objects.get(language_code="ar")
    translation_submit(instance=page, locale=locale, user=user)
    record = Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)
    segments = list(StringSegment.objects.filter(source=record.source).exclude(context__path="slug"))
    if len(segments) != 60:
        raise SystemExit(f"The page has {len(segments)} texts.")
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=locale,
            data="نص",
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by=user,
        )
        for segment in segments[::2]
    )
    url = record.get_target_instance_edit_url()
    return meter.row(
        "translation editor, 60 texts",
        lambda: client.get(url),
        rounds=rounds,
        limit=None,
        statement_limit=_STATEMENTS_OF_EDITOR,
    )


def _publishing(meter: Meter, user: Any, rounds: int) -> list[Row]:
    """A country that stands in three languages, and the same without what follows in the others."""

    def publish() -> None:
        country = CountryPage.objects.get(code="MX", locale_code="fr")
        country.introduction = f"Texte {time.monotonic_ns()}"
        country.save_revision(user=user).publish(user=user)

    uid = "regions.counterparts.CountryPage"
    page_published.disconnect(sender=CountryPage, dispatch_uid=uid)
    try:
        plain = meter.row("publication, without the other languages", publish, rounds=rounds)
    finally:
        page_published.connect(counterparts_make, sender=CountryPage, dispatch_uid=uid)
    mirrored = meter.row(
        "publication of a page that stands in 3 languages", publish, rounds=rounds, limit=2 * plain.total
    )
    return [plain, mirrored]
