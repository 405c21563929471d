"""Whoever works in one language changes nothing in another, and reads none of its drafts, at any address of the admin.

Each role asks for every address that the admin has, with arguments that name pages, revisions, translations, reviews
and snippets of the other languages, by each method that a view could know, with a form that asks for whatever a view
could do. Nobody keeps a list of addresses: one that a release or an app adds is asked for too.
"""

import copy
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from wagtail.models import Page

from missions.models import MissionPage
from missions.services.post_access import post_access_give
from regions.models import NewsKind
from regions.services.access import EDITORS
from tests.factories import SiteTree
from tests.factories.records import record_make
from tests.integration.every_address import Address, address_list
from tests.integration.language_worlds import CANARY, SHOWN, TITLE, World, rows_of, undone, worlds_make
from tests.integration.reviewing import person
from tests.integration.translating import speak_english
from translations.models import GlossaryTerm
from translations.views.desk_actions import ACTIONS

pytestmark = [pytest.mark.once, pytest.mark.django_db]

BULK = ("delete", "move", "publish", "unpublish")
API = ("convert_alias", "copy", "copy_for_translation", "create_alias", "delete", "move", "publish", "unpublish")
PAGES = {"page_id", "parent_page_id", "page_pk", "page_to_move_id"}


@pytest.fixture
def worlds(site_tree: SiteTree) -> dict[str, World]:
    """The languages that are translated into, and a French draft that nobody else has seen."""
    return worlds_make(site_tree)


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
            found = address.model.objects.filter(locale=self.world.home.locale).first()
            return found.pk if found else page_id
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
    # A mission's post works in no language: the walk names pages of others, all of which must stay as they are.
    "post": ("post", "", "ar", True),
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
    if kind == "post":
        mission = record_make(
            MissionPage,
            home=worlds["fr"].home,
            title="Ambassade à Mexico",
            kind="embassy",
            host_country=worlds["fr"].live,
        )
        post_access_give(mission=mission, users=[user], may_publish=True)
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
