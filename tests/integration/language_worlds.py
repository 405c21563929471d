"""What there is in each language, for tests of who reaches what of it."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from wagtail.models import Collection, Page, PageViewRestriction, Revision, TaskState, WorkflowState
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from home.models import HomePage, NavigationMenu, SiteSettings
from regions.models import CountryPage, NewsKind, NewsPage, SubRegion
from tests.factories import DocumentFactory, ImageFactory, SiteTree
from tests.factories.kept_rows import kept
from tests.integration.reviewing import person
from tests.integration.translating import client_for, desk_open, speak_english
from translations.models import DeskJob, GlossaryTerm, MemoryUnit, TranslationAssignment
from translations.services.reviews import review_submit

VIDEO = '[{"type": "video", "value": {"video": "https://example.org/v", "title": "V"}}]'
# In texts of drafts; asked for in searches; in the titles of drafts.
CANARY, TITLE, SHOWN = "kanarienvogel", "zitronenfalter", "zitronenfalter blau"


@dataclass
class World:
    """What there is in one language: a translation under review, and a live page."""

    code: str
    record: Translation
    page: NewsPage
    live: CountryPage
    home: HomePage
    values: dict[str, Any]


@kept
def worlds_make(site_tree: SiteTree) -> dict[str, World]:
    admin = get_user_model().objects.create_superuser("admin")
    speak_english(admin)
    secret = site_tree.news(SHOWN, live=False, introduction=f"{CANARY} fr")
    secret.save_revision()
    image, document = ImageFactory(), DocumentFactory()
    made = {}
    for code in ("ar", "es"):
        translator = person("translator", code, name=f"author-{code}")
        desk = desk_open(client_for(admin), site_tree.news(f"Accord {code}", introduction="Résumé", body=VIDEO), code)
        for segment in desk.strings():
            desk.put(segment["editUrl"], SHOWN if segment["contentPath"] == "title" else CANARY)
        review_submit(record=desk.record, user=translator)
        TranslationAssignment.objects.create(
            translation=desk.record, assignee=translator, due_on=datetime.date(2030, 1, 1), note=CANARY
        )
        page, state = desk.target, WorkflowState.objects.latest("pk")
        pair = {"source_locale": site_tree.locale["fr"], "target_locale": site_tree.locale[code]}
        unit = MemoryUnit.objects.create(**pair, source_text="Canari", target_text=CANARY, length=6)
        GlossaryTerm.objects.create(**pair, source_term="canari", target_term="canary")
        report = [{"level": "success", "title": SHOWN, "message": CANARY, "url": ""}]
        job = DeskJob.objects.create(
            kind=DeskJob.Kind.EXPORT,
            state=DeskJob.State.DONE,
            owner=translator,
            locale=site_tree.locale[code],
            report=report,
            result=CANARY.encode(),
            result_name="canary.po",
        )
        source = desk.record.source
        values = {
            "page_id": page.pk,
            "destination_id": site_tree.home[code].pk,
            "translation_id": desk.record.pk,
            "translation_source_id": source.pk,
            "string_segment_id": source.stringsegment_set.first().pk,
            "overridable_segment_id": source.overridablesegment_set.first().pk,
            "revision_id": page.latest_revision_id,
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "task_state_id": state.current_task_state_id,
            "task_id": state.current_task_state.task_id,
            "workflow_state_id": state.pk,
            "workflow_pk": state.workflow_id,
            "image_id": image.pk,
            "document_id": document.pk,
            "doc_id": document.pk,
            "collection_id": Collection.get_first_root_node().pk,
            "object_id": page.pk,
            "code": code,
            "form": "xliff21",
            "job_id": job.pk,
            "unit_id": unit.pk,
            "mode": "x",
            "filter_spec": "fill-10x10",
        }
        made[code] = World(code, desk.record, page, site_tree.country[code, "MX"], site_tree.home[code], values)
    made["fr"] = World("fr", None, secret, site_tree.country["fr", "MX"], site_tree.home["fr"], {})
    return made


def rows_of(codes: set[str]) -> dict[str, Any]:
    """All that is kept of the languages: pages, revisions, texts, reviews, assignments, snippets."""
    pages = Page.objects.filter(locale__language_code__in=codes, depth__gt=1)
    ids = [str(pk) for pk in pages.values_list("pk", flat=True)]
    querysets = [
        pages,
        *(model.objects.filter(locale__language_code__in=codes) for model in (NewsPage, CountryPage, HomePage)),
        *(model.objects.filter(locale__language_code__in=codes) for model in (NewsKind, SubRegion)),
        *(model.objects.filter(locale__language_code__in=codes) for model in (SiteSettings, NavigationMenu)),
        Revision.objects.filter(object_id__in=ids),
        WorkflowState.objects.filter(object_id__in=ids),
        TaskState.objects.filter(workflow_state__object_id__in=ids),
        PageViewRestriction.objects.filter(page__in=pages),
        StringTranslation.objects.filter(locale__language_code__in=codes),
        SegmentOverride.objects.filter(locale__language_code__in=codes),
        Translation.objects.filter(target_locale__language_code__in=codes),
        TranslationAssignment.objects.filter(translation__target_locale__language_code__in=codes),
        DeskJob.objects.filter(locale__language_code__in=codes),
        *(model.objects.filter(target_locale__language_code__in=codes) for model in (MemoryUnit, GlossaryTerm)),
    ]
    return {
        f"{number} {query.model.__name__}": list(query.order_by("pk").values())
        for number, query in enumerate(querysets)
    }


@contextmanager
def undone() -> Iterator[list[str]]:
    """Take back what is written; the list is filled with the statements that wrote."""
    written: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "session" not in sql.split("(")[0].split("SET")[0]:
            written.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            yield written
        transaction.set_rollback(True)
