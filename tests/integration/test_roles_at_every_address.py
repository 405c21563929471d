"""Whoever works in one language changes nothing in another, and reads none of its drafts, at any address of the admin.

Each role asks for every address that the admin has, with arguments that name pages, revisions, translations, reviews
and snippets of the other languages, by each method that a view could know, with a form that asks for whatever a view
could do. Nobody keeps a list of addresses: one that a release or an app adds is asked for too.
"""

import copy
import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from wagtail.models import Collection, Page, PageViewRestriction, Revision, TaskState, WorkflowState
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from home.models import HomePage, NavigationMenu, SiteSettings
from regions.models import CountryPage, NewsKind, NewsPage, SubRegion
from regions.services.access import EDITORS
from tests.factories import DocumentFactory, ImageFactory, SiteTree
from tests.factories.kept_rows import KeptRows
from tests.integration.every_address import Address, address_list
from tests.integration.reviewing import person
from tests.integration.translating import client_for, desk_open, speak_english
from translations.models import DeskJob, GlossaryTerm, MemoryUnit, TranslationAssignment
from translations.services.reviews import review_submit
from translations.views.desk_actions import ACTIONS

pytestmark = pytest.mark.django_db

VIDEO = '[{"type": "video", "value": {"video": "https://example.org/v", "title": "V"}}]'
# In texts of drafts; asked for in searches; in the titles of drafts.
CANARY, TITLE, SHOWN = "kanarienvogel", "zitronenfalter", "zitronenfalter blau"
BULK = ("delete", "move", "publish", "unpublish")
API = ("convert_alias", "copy", "copy_for_translation", "create_alias", "delete", "move", "publish", "unpublish")
PAGES = {"page_id", "parent_page_id", "page_pk", "page_to_move_id"}


@dataclass
class World:
    """What there is in one language: a translation under review, and a live page."""

    code: str
    record: Translation
    page: NewsPage
    live: CountryPage
    home: HomePage
    values: dict[str, Any]


def _worlds_make(site_tree: SiteTree) -> dict[str, World]:
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


_kept = KeptRows(_worlds_make)


@pytest.fixture
def worlds(site_tree: SiteTree) -> dict[str, World]:
    """The languages that are translated into, and a French draft that nobody else has seen."""
    made: dict[str, World] = _kept.restore(site_tree)
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


@dataclass
class Walker:
    """One user, who asks for every address with arguments of a world that is not hers."""

    user: Any
    own: set[str]
    world: World
    own_world: World

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.user)
        self.others = {"fr", "ar", "es"} - self.own
        self.before = rows_of(self.others)
        self.source_ids = list(
            Page.objects.filter(locale__language_code="fr", depth__gt=1).values_list("pk", flat=True)
        )
        self.asked = 0
        self.changed: list[tuple[str, str]] = []
        self.leaked: set[str] = set()
        self.titles: set[str] = set()

    def form(self, name: str = "", action: str = "") -> dict[str, Any]:
        """Whatever a form of the admin could ask for, and an action of every kind."""
        other, locales = self.world, [self.world.home.locale_id, self.own_world.home.locale_id]
        return {
            **dict.fromkeys(("title", "new_title", "name", "label", "comment", "note", "reason"), "Changed"),
            **dict.fromkeys(("slug", "new_slug"), "changed"),
            **dict.fromkeys(("new_parent_page", "parent_page", "chooser"), other.home.pk),
            **dict.fromkeys(("publish_copies", "copy_subpages", "alias", "include_descendants", "confirm"), "on"),
            **dict.fromkeys(("publish_translations", "include_subtree", "move_applies_to_children"), "on"),
            **dict.fromkeys(("action-publish", "action-submit", "action-workflow-action"), "approve"),
            **dict.fromkeys(("localize-restart-translation", "localize-convert-to-alias"), "1"),
            "action": action if name == "translation_desk:action" else "publish",
            "pages": self.source_ids,
            "confirmed": "on",
            "format": "po",
            "source": "fr",
            "target": other.code,
            "value": "https://example.org/changed",
            "locales": locales,
            "assignee": self.user.pk,
            "priority": 3,
            "restriction_type": "login",
            "position": 0,
            "id": other.page.pk,
            "type": "page",
            "file": SimpleUploadedFile("page.po", b'msgid ""\nmsgstr ""\n'),
        }

    def values(self, address: Address, page_id: int) -> dict[str, Any]:
        values = dict.fromkeys(address.arguments, 1) | self.world.values | dict.fromkeys(PAGES, page_id)
        return (
            values | self._names(address) | {"pk": self._pk(address, page_id), "destination_id": self.own_world.home.pk}
        )

    def _names(self, address: Address) -> dict[str, str]:
        pairs = {
            "wagtail_bulk_action": ("wagtailcore", "page"),
            "wagtailadmin_editing_sessions:ping": ("wagtailcore", "page"),
            "wagtailadmin_workflows:add_task": ("translations", "translationreviewtask"),
            "wagtailadmin_pages:choose_parent": ("regions", "newspage"),
        }
        app, model = pairs.get(address.name, ("regions", "newskind"))
        names = {"app_label": app, "model_name": model, "app_name": app}
        return names | {
            "content_type_app_name": "regions",
            "content_type_model_name": "newspage",
            "uidb64": "x",
            "token": "x",
        }

    def _pk(self, address: Address, page_id: int) -> Any:
        if address.model is GlossaryTerm:
            return GlossaryTerm.objects.get(target_locale=self.world.home.locale).pk
        if address.model and any(field.name == "locale" for field in address.model._meta.fields):
            return address.model.objects.filter(locale=self.world.home.locale).first().pk
        if ":tasks" in address.route or "task" in address.name:
            return self.world.values.get("task_id", 1)
        if address.name.startswith("wagtailadmin_workflows"):
            return self.world.values.get("workflow_pk", 1)
        if address.name.startswith("wagtaillocales"):
            return self.world.home.locale_id
        if "snippet" in address.name:
            return NewsKind.objects.filter(locale=self.world.home.locale).first().pk
        if address.name.startswith(("wagtailadmin_api", "wagtailadmin_pages")):
            return page_id
        first = address.model.objects.order_by("pk").first() if address.model else None
        return first.pk if first else 1

    def walk(self, addresses: list[Address], *, listings: bool) -> None:
        """Ask for all of them; for those that name nothing, which show what there is, only where ``listings``."""
        for address in addresses:
            if not (address.arguments or listings):
                continue
            values = self.values(address, self.world.page.pk)
            for name in self._actions(address):
                url = address.url(values | {"action": name, "action_name": name})
                self.ask(address.name, f"{url}?id={self.world.page.pk}&q={TITLE}", action=name)
            if PAGES & set(address.arguments):
                url = address.url(self.values(address, self.world.live.pk) | {"action_name": "approve"})
                self.ask(address.name, url, methods=("POST",))
        # Her own page, to a place where she has no rights.
        for address in addresses:
            if address.name.rpartition(":")[2] in ("copy", "move", "move_confirm") and PAGES & set(address.arguments):
                values = self.values(address, self.own_world.live.pk) | {"destination_id": self.world.home.pk}
                self.ask(address.name, address.url(values), methods=("POST",))

    @staticmethod
    def _actions(address: Address) -> tuple[str, ...]:
        if address.name == "wagtail_bulk_action":
            return BULK
        if address.name == "wagtailadmin_api:pages:action":
            return API
        if address.name == "translation_desk:action":
            return tuple(ACTIONS)
        return ("approve", "reject") if "action_name" in address.arguments else ("x",)

    def ask(self, name: str, url: str, methods: tuple[str, ...] = ("GET", "POST"), action: str = "") -> None:
        form, body = self.form(name, action), encode_multipart(BOUNDARY, {"value": "https://example.org/changed"})
        if "/localize/translate/" in url and "/edit/" in url:
            methods = (*methods, "PUT", "DELETE")
        for method in methods:
            if method == "POST":
                self._try(name, url, method, lambda: self.client.post(url, form))
            elif method == "PUT":
                self._try(name, url, method, lambda: self.client.put(url, body, content_type=MULTIPART_CONTENT))
            else:
                self._try(name, url, method, lambda method=method: self.client.generic(method, url))

    def _try(self, name: str, url: str, method: str, send: Any) -> None:
        self.asked += 1
        cookies = copy.copy(self.client.cookies)
        with undone() as written:
            response = send()
            if written and rows_of(self.others) != self.before:
                self.changed.append((name, f"{method} {url}"))
        self.client.cookies = cookies
        if response.status_code == 200:
            text = b"".join(response) if response.streaming else response.content
            if CANARY.encode() in text:
                self.leaked.add(name)
            if SHOWN.encode() in text:
                self.titles.add(name)


# Who, and whether she looks at the listings too: they depend on her language, and not on what the address names.
ROLES = {
    "translator-ar": ("translator", "ar", "es", True),
    "translator-es": ("translator", "es", "ar", False),
    "reviewer-ar": ("reviewer", "ar", "es", False),
    "editor-ar": ("editor", "ar", "es", False),
    "editor-fr": (EDITORS, "fr", "ar", False),
    "nobody": ("", "", "ar", False),
}
# Wagtail's listings, reports and choosers show the titles of all pages to whoever may enter the admin.
TITLES_SHOWN = {
    "news:index",
    "news:index_results",
    "wagtail_bulk_action",
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_pages:move_confirm",
    "wagtailadmin_pages:search",
    "wagtailadmin_pages:search_results",
    "wagtailadmin_pages:type_use",
    "wagtailadmin_pages:type_use_results",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_results",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:workflow_tasks_results",
}


@pytest.mark.parametrize("role", ROLES)
def test_no_address_leads_into_another_language(worlds, role, caplog) -> None:
    kind, own, other, listings = ROLES[role]
    if kind in ("translator", "reviewer", "editor"):
        user = person(kind, own)
    else:
        user = get_user_model().objects.create_user(role, f"{role}@example.org")
        user.groups.set(Group.objects.filter(name=kind))
        speak_english(user)
    caplog.set_level("CRITICAL", logger="django.request")
    walker = Walker(user, {own} - {""}, worlds[other], worlds[own or "fr"])
    addresses = {re.sub(r"<[^>]*>", "<>", address.route): address for address in reversed(address_list())}
    walker.walk(list(addresses.values()), listings=listings)
    assert walker.changed == []
    assert walker.leaked == set()
    assert walker.titles - TITLES_SHOWN == set()
    assert walker.asked > 300


# What an editor changes, and what shows texts of drafts, in the language that she works in.
CHANGING = {
    "diwan_localize:override_edit",
    "diwan_localize:stop",
    "diwan_localize:string_edit",
    "translation_desk:action",
    "translation_memory:delete",
    "translation_review:approve",
    "translation_review:assign",
    "translation_review:reject",
    "translation_review:withdraw",
    "wagtail_bulk_action",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:lock",
    "wagtailadmin_pages:set_privacy",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:workflow_action",
    "wagtailsnippets_translations_glossaryterm:delete",
}
TELLING = {
    "diwan_localize:po_download",
    "diwan_localize:preview",
    "translations_exchange:download",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:revisions_compare",
    "wagtailadmin_pages:revisions_view",
    "wagtailadmin_pages:view_draft",
}


def test_the_same_requests_change_much_where_the_user_works(worlds, caplog) -> None:
    """Else the test above would prove nothing."""
    caplog.set_level("CRITICAL", logger="django.request")
    walker = Walker(person("editor", "es"), {"fr", "ar"}, worlds["es"], worlds["es"])
    walker.walk([address for address in address_list() if address.name in CHANGING | TELLING], listings=False)
    assert {name for name, _request in walker.changed} >= CHANGING
    assert walker.leaked >= TELLING
