"""A desk full of work: news in French, each with an Arabic translation, in every state that a translation has."""

import hashlib
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone
from wagtail.models import Locale, Page, Revision, TaskState, Workflow, WorkflowState
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from benchmarks.dataset import FIRST_DAY, SEED, WORDS
from home.models import SearchEntry
from home.services.bulk import page_bulk_create
from regions.models import CountryPage, NewsCountryLink, NewsIndexPage, NewsKind, NewsPage
from regions.services.site_setup import site_setup_all
from translations.models import DeskJob, SourceText, TranslationAssignment
from translations.services.sources import text_digest
from translations.services.states import states_count_all

USER = "desk"
# The states in the order in which items take turns, each with what makes it: whether the page is live, how much is
# translated, and what is the matter.
STATES = ("outdated", "up_to_date", "new", "in_progress", "ready", "in_review", "error", "up_to_date")
_LIVE = ("outdated", "up_to_date")
_CHUNK = 1000
_JOBS = 120


def desk_make(translations: int) -> None:
    """Migrate the database and put so many translations into Arabic on the desk, if they are not there yet."""
    call_command("migrate", verbosity=0)
    if Translation.objects.count() >= translations:
        return
    if NewsPage.objects.exists():
        raise SystemExit("The database holds another number of translations: drop it, then run again.")
    site_setup_all(options={"hostname": "127.0.0.1", "port": 80})
    chance = random.Random(SEED)
    user = get_user_model().objects.create_superuser(USER, "desk@example.org", "only for benchmarks")
    people = [user, *(get_user_model().objects.create_user(f"translator{n}", f"t{n}@example.org") for n in range(5))]
    french = _news_make("fr", translations, chance)
    arabic = _news_make("ar", translations, chance, keys=[page.translation_key for page in french])
    _translations_make(french, chance, people)
    _states_set(french, arabic, user)
    _jobs_make(user)
    states_count_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


def _news_make(code: str, number: int, chance: random.Random, *, keys: Sequence[Any] = ()) -> list[Any]:
    index = NewsIndexPage.objects.select_related("locale").get(locale_code=code)
    words = WORDS[code].split()
    kinds = list(NewsKind.objects.filter(locale=index.locale))
    countries = list(
        CountryPage.objects.filter(locale=index.locale).order_by("code").values_list("pk", "translation_key")
    )
    made: list[Any] = []
    for numbers in _chunks(range(number)):
        pages = [
            NewsPage(
                title=f"{' '.join(chance.choices(words, k=6)).capitalize()} {each}",
                slug=f"n{each}",
                locale=index.locale,
                translation_key=keys[each] if keys else uuid.UUID(int=chance.getrandbits(128), version=4),
                kind=chance.choice(kinds),
                date=FIRST_DAY + timedelta(days=chance.randrange(6000)),
                introduction=" ".join(chance.choices(words, k=25)),
            )
            for each in numbers
        ]
        made += page_bulk_create(children=[(index, page) for page in pages])
    place = random.Random(SEED)
    for chunk in _chunks(made):
        NewsCountryLink.objects.bulk_create(
            NewsCountryLink(page_id=page.pk, country_id=country, sort_order=0)
            for page in chunk
            for country, _key in [place.choice(countries)]
        )
    return made


def _translations_make(pages: Sequence[Any], chance: random.Random, people: Sequence[Any]) -> None:
    """Sources, their texts, and the records of translations, as a submission writes them."""
    arabic = Locale.objects.get(language_code="ar")
    content_type = ContentType.objects.get_for_model(NewsPage)
    now = timezone.now()
    for chunk in _chunks(pages):
        TranslatableObject.objects.bulk_create(
            TranslatableObject(
                translation_key=page.translation_key, content_type=ContentType.objects.get_for_model(Page)
            )
            for page in chunk
        )
        sources = TranslationSource.objects.bulk_create(
            TranslationSource(
                object_id=page.translation_key,
                specific_content_type=content_type,
                locale=page.locale,
                object_repr=page.title,
                content_json=page.to_json(),
                created_at=now,
                last_updated_at=now,
            )
            for page in chunk
        )
        records = Translation.objects.bulk_create(
            Translation(source=source, target_locale=arabic, enabled=True, created_at=now) for source in sources
        )
        _texts_make(chunk, sources)
        TranslationAssignment.objects.bulk_create(
            TranslationAssignment(
                translation=record,
                assignee=chance.choice(people),
                due_on=timezone.localdate() + timedelta(days=chance.randrange(-30, 60)),
                priority=chance.randrange(4),
            )
            for record in records
            if chance.random() < 0.5
        )


def _texts_make(pages: Sequence[Any], sources: Sequence[TranslationSource]) -> None:
    segments = {
        source.pk: [segment for segment in extract_segments(page) if isinstance(segment, StringSegmentValue)]
        for page, source in zip(pages, sources, strict=True)
    }
    locale = pages[0].locale
    texts = {segment.string.data for found in segments.values() for segment in found}
    String.objects.bulk_create(
        [String(locale=locale, data=text, data_hash=String._get_data_hash(text)) for text in sorted(texts)],
        ignore_conflicts=True,
    )
    strings = dict(String.objects.filter(locale=locale, data__in=texts).values_list("data", "pk"))
    contexts = {
        (context.object_id, context.path): context
        for context in TranslationContext.objects.bulk_create(
            TranslationContext(
                object_id=source.object_id,
                path_id=TranslationContext._get_path_id(path),
                path=path,
                field_path=path,
            )
            for source in sources
            for path in dict.fromkeys(segment.path for segment in segments[source.pk])
        )
    }
    StringSegment.objects.bulk_create(
        StringSegment(
            source=source,
            context=contexts[source.object_id, segment.path],
            order=order,
            string_id=strings[segment.string.data],
            attrs="{}",
        )
        for source in sources
        for order, segment in enumerate(segments[source.pk])
    )


def _states_set(french: Sequence[Any], arabic: Sequence[Any], user: Any) -> None:
    """Make of each translation what its state says."""
    state_of = {page.translation_key: STATES[number % len(STATES)] for number, page in enumerate(french)}
    locale = Locale.objects.get(language_code="ar")
    for chunk in _chunks(french):
        segments = StringSegment.objects.filter(source__object__in=[page.translation_key for page in chunk])
        rows = []
        for context, string, key, path in segments.values_list(
            "context_id", "string_id", "source__object_id", "context__path"
        ):
            state = state_of[key]
            if path == "slug" or state == "new" or (state == "in_progress" and path != "title"):
                continue
            rows.append(
                StringTranslation(
                    translation_of_id=string,
                    context_id=context,
                    locale=locale,
                    data="نص",
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    has_error=state == "error" and path == "title",
                    last_translated_by=user,
                )
            )
        StringTranslation.objects.bulk_create(rows)
    drafts = [page.pk for page in arabic if state_of[page.translation_key] not in _LIVE]
    for chunk in _chunks(drafts):
        Page.objects.filter(pk__in=chunk).update(live=False, last_published_at=None, has_unpublished_changes=True)
        SearchEntry.objects.filter(pk__in=chunk).delete()
    later = timezone.now()
    live = [page.pk for page in arabic if state_of[page.translation_key] in _LIVE]
    for chunk in _chunks(live):
        Page.objects.filter(pk__in=chunk).update(last_published_at=later)
    _outdated_set([page for page in french if state_of[page.translation_key] == "outdated"])
    _in_review_set([page for page in arabic if state_of[page.translation_key] == "in_review"], user)


def _outdated_set(pages: Sequence[Any]) -> None:
    """Their titles have changed since they were translated."""
    for chunk in _chunks(pages):
        now = timezone.now()
        keys = [page.translation_key for page in chunk]
        noted = {row.translation_key: row for row in SourceText.objects.filter(translation_key__in=keys)}
        for page in chunk:
            old = text_digest(path="title", text=page.title)
            page.title = page.draft_title = f"{page.title} bis"
            page.last_published_at = now
            row = noted[page.translation_key]
            row.texts = sorted({*row.texts, text_digest(path="title", text=page.title)} - {old})
            row.changed_at = now
        rows = [Page(pk=page.pk, title=page.title, draft_title=page.title, last_published_at=now) for page in chunk]
        Page.objects.bulk_update(rows, ["title", "draft_title", "last_published_at"], batch_size=500)
        SourceText.objects.bulk_update(noted.values(), ["texts", "changed_at"], batch_size=500)


def _in_review_set(pages: Sequence[Any], user: Any) -> None:
    """They are at the first task of the review."""
    workflow = Workflow.objects.filter(active=True, workflow_tasks__isnull=False).order_by("pk").first()
    if workflow is None:
        raise SystemExit("setup_site has made no workflow.")
    task = workflow.tasks[0]
    types = {
        "content_type": ContentType.objects.get_for_model(NewsPage),
        "base_content_type": ContentType.objects.get_for_model(Page),
    }
    for chunk in _chunks(pages):
        revisions = Revision.objects.bulk_create(
            Revision(
                **types,
                object_id=str(page.pk),
                created_at=timezone.now(),
                user=user,
                object_str=page.title,
                content=page.serializable_data(),
            )
            for page in chunk
        )
        states = WorkflowState.objects.bulk_create(
            WorkflowState(**types, object_id=str(page.pk), workflow=workflow, requested_by=user) for page in chunk
        )
        tasks = TaskState.objects.bulk_create(
            TaskState(
                workflow_state=state,
                revision=revision,
                task=task,
                content_type=ContentType.objects.get_for_model(TaskState),
            )
            for state, revision in zip(states, revisions, strict=True)
        )
        for state, current in zip(states, tasks, strict=True):
            state.current_task_state = current
        WorkflowState.objects.bulk_update(states, ["current_task_state"], batch_size=500)
        rows = [Page(pk=page.pk, latest_revision=each) for page, each in zip(chunk, revisions, strict=True)]
        Page.objects.bulk_update(rows, ["latest_revision"], batch_size=500)


def _jobs_make(user: Any) -> None:
    """Jobs with reports of two hundred pages, and files."""
    locale = Locale.objects.get(language_code="ar")
    report = [
        {"level": "success", "title": f"Page {number}", "message": "Submitted.", "url": "/admin/pages/1/edit/"}
        for number in range(200)
    ]
    DeskJob.objects.bulk_create(
        DeskJob(
            kind=DeskJob.Kind.EXPORT,
            state=DeskJob.State.DONE,
            owner=user,
            locale=locale,
            parameters={"records": list(range(200)), "format": "xliff21"},
            total=200,
            done=200,
            report=report,
            result=hashlib.sha256(str(number).encode()).digest() * 4096,
            result_name=f"ar-{number}.zip",
        )
        for number in range(_JOBS)
    )


def news_of_texts(*, count: int, texts: int, title: str) -> list[Any]:
    """So many public French news items, each of a title, a summary and ``texts`` paragraphs."""
    index = NewsIndexPage.objects.select_related("locale").get(locale_code="fr")
    kind = NewsKind.objects.filter(locale=index.locale).first()
    children: list[tuple[Page, Any]] = []
    for number in range(count):
        body = [
            {
                "type": "rich_text",
                "value": f"<p>{title} {number} : texte numéro {part}, avec <b>du gras</b>.</p>",
                "id": str(uuid.UUID(int=part, version=4)),
            }
            for part in range(texts)
        ]
        page = NewsPage(
            title=f"{title} {number}",
            slug=f"{title.lower()}-{number}",
            locale=index.locale,
            kind=kind,
            date=FIRST_DAY,
            introduction=f"Chapeau {title} {number}",
        )
        field: models.Field = NewsPage._meta.get_field("body")
        page.body = field.to_python(body)
        children.append((index, page))
    return list(page_bulk_create(children=children))
