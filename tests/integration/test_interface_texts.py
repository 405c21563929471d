"""Every text that a translator meets is in her language: what Wagtail's catalogues lack, Diwan's supply."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringSegment, StringTranslation

from cms.catalogues import catalogue_path
from home.models import CustomImage
from regions.models import NewsKind
from tests.factories import SiteTree
from tests.integration.reviewing import person, step
from tests.integration.translating import Desk, client_for, desk_open
from translations.models import DeskJob, GlossaryTerm

pytestmark = [pytest.mark.once, pytest.mark.django_db]

LANGUAGES = ("fr", "ar", "es")
# French is looked at by those who write it.
WALKED = ("ar", "es")


class Unknown(gettext.NullTranslations):
    """Stands between a language and the one that Django falls back on, and notes what was not found in the first."""

    def __init__(self, beyond: Any) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self._fallback = beyond

    def gettext(self, message: str) -> str:
        self.texts.add(message.replace("\x04", " | "))
        return super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.texts.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)


@pytest.fixture
def unknown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Unknown]:
    """By language, the texts that were asked for since and are not in its catalogues."""
    noted = {}
    for language in WALKED:
        catalogue = trans_real.translation(language)
        noted[language] = Unknown(catalogue._fallback)
        monkeypatch.setattr(catalogue, "_fallback", noted[language])
    return noted


# Attributes that are read out or shown.
_SHOWN = ("aria-label", "title", "placeholder", "alt", "data-label", "label")


def shown_texts(response: Any) -> set[str]:
    """What a page shows or reads out, one text for each piece of it."""
    if "html" not in response["Content-Type"]:
        return set()
    root = lxml.html.document_fromstring(response.content)
    for element in root.xpath("//script | //style"):
        element.drop_tree()
    found = {" ".join(text.split()) for text in root.itertext()}
    found |= {element.get(name).strip() for name in _SHOWN for element in root.iterfind(f".//*[@{name}]")}
    return found | {(element.get("value") or "").strip() for element in root.iterfind(".//input[@type='submit']")}


def foreign_texts(language: str) -> set[str]:
    """What the interface says in English or French and says otherwise in ``language``."""

    def said(code: str) -> Iterator[tuple[str, str]]:
        catalogue: Any = trans_real.translation(code)
        for part in catalogue._catalog._catalogs:
            for key, text in part.items():
                source = key[0] if isinstance(key, tuple) else key
                yield source.rpartition("\x04")[2], text

    own = {text for _source, text in said(language)}
    other = {text for pair in said("fr") for text in pair}
    return {text for text in other - own if re.search(r"[^\W\d_]{3}", text)}


def addresses(desk: Desk, tree: SiteTree, page: Any) -> Iterator[str]:
    """The screens of the translators' desk and of Wagtail on a translator's ways, each as it is first opened."""
    record, target = desk.record, desk.target
    picture = CustomImage.objects.create(title="Salle", file=get_test_image_file())
    document = get_document_model().objects.create(title="Accord", file=SimpleUploadedFile("accord.pdf", b"%PDF-"))
    kind = NewsKind.objects.filter(locale=target.locale).first()
    term = GlossaryTerm.objects.create(
        source_locale=record.source.locale, target_locale=record.target_locale, source_term="accord", target_term="x"
    )
    job = DeskJob.objects.create(kind=DeskJob.Kind.EXPORT, owner=None)
    yield reverse("wagtailadmin_home")
    yield reverse("wagtailadmin_account")
    yield reverse("wagtailadmin_explore_root")
    yield reverse("wagtailadmin_explore", args=[target.get_parent().pk])
    yield reverse("wagtailadmin_pages:search") + "?q=a"
    for name in ("edit", "history", "usage", "copy", "move", "delete", "unpublish", "workflow_history"):
        yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    first, last = page.revisions.order_by("pk").first(), page.revisions.order_by("pk").last()
    yield reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last.pk])
    yield reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    yield reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    yield reverse("wagtailadmin_pages:add", args=["regions", "newspage", target.get_parent().pk])
    yield reverse("wagtailadmin_pages:add_subpage", args=[target.get_parent().pk])
    yield desk.edit_url
    yield reverse("wagtail_localize:submit_page_translation", args=[record.source.get_source_instance().pk])
    yield reverse("wagtail_localize:update_translations", args=[record.source_id])
    yield reverse("wagtail_localize:convert_to_alias", args=[target.pk])
    yield reverse("wagtail_localize:translations_report")
    yield reverse("diwan_localize:untranslated")
    yield reverse("translation_desk:coverage")
    yield reverse("translation_desk:jobs")
    yield reverse("translation_desk:job", args=[job.pk])
    yield reverse("translation_desk:difference", args=[record.pk])
    yield reverse("translation_desk:desk", args=[record.target_locale.language_code])
    yield reverse("translation_hints", args=[record.pk])
    yield reverse("translation_review:assign", args=[record.pk])
    yield reverse("translation_memory:index")
    yield reverse("translation_glossary:files")
    yield reverse("translations_exchange:index")
    yield reverse("translations_exchange:page", args=[target.pk])
    yield reverse("news:index")
    for name in ("countries", "missions", "organisations", "people", "events", "agreements"):
        yield reverse(f"{name}:index")
    for name in ("incomplete_missions", "appointments_without_end", "offices_without_end"):
        yield reverse(f"missions_reports:{name}")
    yield reverse("relations_reports:agreements_not_ratified")
    for model, instance in (("translations_glossaryterm", term), ("regions_newskind", kind)):
        yield reverse(f"wagtailsnippets_{model}:list")
        yield reverse(f"wagtailsnippets_{model}:add")
        for name in ("edit", "delete", "usage", "history"):
            yield reverse(f"wagtailsnippets_{model}:{name}", args=[instance.pk])
    for name in ("images", "docs"):
        yield reverse(f"wagtail{name}:index")
        yield reverse(f"wagtail{name}:add_multiple")
        yield reverse(f"wagtail{name}_chooser:choose")
        instance = picture if name == "images" else document
        yield reverse(f"wagtail{name}:edit", args=[instance.pk])
        yield reverse(f"wagtail{name}:delete", args=[instance.pk])
    yield reverse("wagtailadmin_choose_page") + "?page_type=wagtailcore.page"
    yield reverse("wagtailadmin_choose_page_external_link")
    yield reverse("wagtailadmin_choose_page_email_link")
    for name in ("locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages", "page_types_usage"):
        yield reverse(f"wagtailadmin_reports:{name}")


# Content and names, which are the same in every interface; and a button that Wagtail hides, in English for everybody.
_SAME = {"Accueil", "Actualités", "Afrique", "Autre", "English", "None", "Search"}
# Titles, kinds of news, terms and time zones that records are called by too.
_SAME |= {
    "Accord",
    "Annuaire des missions",
    "Conseils aux voyageurs",
    "Consultations politiques",
    "Organisations",
    "Personnalités",
    "Universal",
}
_SAME |= {"Visite", "accord", "agreement"}
ANONYMOUS = ("login", "password_reset", "password_reset_done", "password_reset_complete")


def test_texts_on_a_translators_ways_are_in_her_language(site_tree: SiteTree, admin, unknown) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    segment = StringSegment.objects.filter(source=desk.record.source).first()
    translator = person("translator")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=desk.record.target_locale,
        data="الاتفاق",
        translation_type="manual",
        last_translated_by=translator,
    )
    page = site_tree.news("Visite")
    for _time in range(2):
        page.save_revision(user=admin)
    Comment.objects.create(page=page.page_ptr, user=admin, text="?", contentpath="title")
    urls = list(addresses(desk, site_tree, page))
    anonymous = Client()
    unlogged = [reverse(f"wagtailadmin_{name}") for name in ANONYMOUS]
    foreign, statuses = set(), set()
    for language in WALKED:
        UserProfile.objects.filter(user__in=[admin, translator]).update(preferred_language=language)
        others = foreign_texts(language) - _SAME
        responses = [desk.client.get(url, follow=True) for url in urls]
        responses += [anonymous.get(url, headers={"accept-language": language}, follow=True) for url in unlogged]
        responses.append(step(translator, desk, "submit"))
        responses.append(step(admin, desk, "reject", comment="?"))
        for response in responses:
            statuses.add((response.status_code, response.request["PATH_INFO"] if response.status_code != 200 else ""))
            foreign |= {(language, text, response.request["PATH_INFO"]) for text in shown_texts(response) & others}
    assert statuses == {(200, "")}
    assert sorted(foreign) == []
    assert {language: sorted(noted.texts) for language, noted in unknown.items()} == {
        language: [] for language in WALKED
    }


# --- What scripts and rarer screens show ---------------------------------------------------------------------------
WAGTAIL = [
    *("wagtail", "wagtail.admin", "wagtail.snippets", "wagtail.images", "wagtail.documents", "wagtail.users"),
    *("wagtail.locales", "wagtail.contrib.table_block", "wagtail.contrib.redirects", "wagtail_localize"),
]


def texts_of_package(name: str, domain: str) -> Iterator[str]:
    """The texts that a package has, as the keys of catalogues."""
    [config] = [config for config in apps.get_app_configs() if config.name == name]
    path = Path(config.path, "locale", "en", "LC_MESSAGES", f"{domain}.po")
    if not path.exists():
        return
    with path.open("rb") as file:
        for message in read_po(file):
            if message.id:
                text = message.id[0] if isinstance(message.id, tuple) else message.id
                yield f"{message.context}\x04{text}" if message.context else text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_wagtail_is_without_its_translation(language) -> None:
    catalogues: Any = trans_real.translation(language)
    known = {key[0] if isinstance(key, tuple) else key for part in catalogues._catalog._catalogs for key in part}
    assert [text for name in WAGTAIL for text in texts_of_package(name, "django") if text not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("package", ["wagtail.admin", "wagtail_localize"])
def test_no_text_of_a_script_is_without_its_translation(language, package) -> None:
    [config] = [config for config in apps.get_app_configs() if config.name == package]
    catalogue: Any = trans_real.DjangoTranslation(
        language, domain="djangojs", localedirs=[str(Path(config.path, "locale"))]
    )
    known = {key[0] if isinstance(key, tuple) else key for part in catalogue._catalog._catalogs for key in part}
    assert [text for text in texts_of_package(package, "djangojs") if text not in known] == []


# What names a page, a person or a text of any language within a sentence.
NAMES = ("title", "page_title", "document_title", "image_title", "object", "task", "workflow", "user", "text", "person")
_BARE_NAME = re.compile(rf"(?<!\u2068)%\(({'|'.join(NAMES)})\)s")


def test_arabic_sentences_keep_names_apart_from_their_direction() -> None:
    """In templates <bdi> or the filter ``isolate`` may do it; in code the sentence must."""
    with catalogue_path("ar").open("rb") as file:
        bare = [
            (message.id, text)
            for message in read_po(file, locale="ar")
            if message.id and all(place.endswith(".py") for place, _line in message.locations)
            for text in (message.string if isinstance(message.string, tuple) else (message.string,))
            if _BARE_NAME.search(re.sub("<[^<>]*>", "", str(text)))
        ]
    assert bare == []
