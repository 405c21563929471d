"""load_demo fills a site so that every block, kind, fallback and right-to-left text can be seen."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, TaskState
from wagtail.search.backends import get_search_backend

from home.blocks import BODY_BLOCKS
from home.models import CustomDocument, CustomImage, HomePage, NavigationMenu, SiteSettings, StandardPage
from missions.models import MissionPage, OrganisationPage, PersonPage
from regions.demo.drawing import canvas
from regions.models import (
    ContinentPage,
    ContinentPinnedNews,
    CountryPage,
    NewsCountryLink,
    NewsKind,
    NewsPage,
)
from regions.services.demo import load, pages
from regions.services.demo.users import PASSWORD
from relations.models import AgreementPage, EventPage
from travel.models import TravelAdviceChange, TravelAdvicePage

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
# Missions, organisations, people, events, agreements and travel advice, and the pages that hold them.
RECORDS = 304
NOTHING_TO_DO = """\
users: as they were
pictures and documents: as they were
plain pages and news: as they were
travel advice: as they were
events and agreements: as they were
missions, organisations and people: as they were
texts: as they were
site settings: as they were
menus: as they were
redirects: as they were
items awaiting review: as they were
terms of the glossary: as they were
texts of travel advice: as they were
texts of events and agreements: as they were
texts of missions, organisations and people: as they were
"""


@pytest.fixture(autouse=True)
def _quick_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures drawn at their own size and not at twice that: the same files, made four times faster."""
    monkeypatch.setattr(canvas, "SCALE", 1)


def run() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def snapshot() -> dict[str, list[Any]]:
    models = (
        Page,
        HomePage,
        StandardPage,
        ContinentPage,
        CountryPage,
        NewsPage,
        NewsCountryLink,
        ContinentPinnedNews,
        MissionPage,
        OrganisationPage,
        PersonPage,
        EventPage,
        AgreementPage,
        TravelAdvicePage,
        TravelAdviceChange,
        CustomImage,
        CustomDocument,
        SiteSettings,
        NavigationMenu,
        Redirect,
        Revision,
        PageLogEntry,
        get_user_model(),
    )
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def test_demo(client: Client) -> None:
    report = run()
    assert "setup_site first" in report
    assert "texts: 193 written and published" in report
    assert "logins (password 'diwan-demo' unless changed): admin, editor, moderator, translator-ar" in report

    live = NewsPage.objects.live()
    assert {code: live.filter(locale_code=code).count() for code in ("fr", "ar", "es")} == {
        "fr": 30,
        "ar": 17,
        "es": 18,
    }
    kinds = set(NewsKind.objects.values_list("slug", flat=True))
    assert set(live.filter(locale_code="fr").values_list("kind__slug", flat=True)) == kinds
    assert live.filter(featured=True).count() >= 6
    links = NewsCountryLink.objects
    assert links.count() == links.filter(date=F("page__date"), locale_code=F("page__locale_code")).count() > 0
    americas = ContinentPage.objects.get(locale_code="fr", code="019")
    assert {block["type"] for block in americas.body.raw_data} == set(BODY_BLOCKS) - {"timeline"}
    assert [row.news.locale_code for row in americas.pinned_news.all()] == ["fr", "fr"]
    assert americas.get_url() == "/fr/amerique/"

    written = Page.objects.exclude(latest_revision=None).exclude(live=False).specific()
    assert len(written) == 193 + RECORDS
    for page in written:
        if not page.body and page.locale_code != "fr":
            continue  # names and figures only, made by the same lines as the French ones
        page.full_clean()
        page.body.stream_block.clean(page.body)
        # The revision says what the row says: an editor who opens the page sees what readers see.
        revised = page.get_latest_revision_as_object()
        assert [block.value for block in revised.body] == [block.value for block in page.body]
        assert (revised.title, revised.image_id, revised.introduction) == (page.title, page.image_id, page.introduction)
        if isinstance(page, NewsPage):
            assert [link.country_id for link in revised.country_links.all()] == [
                link.country_id for link in page.country_links.all()
            ]
            assert {link.country.locale_code for link in page.country_links.all()} <= {page.locale_code}
        if page.image_id:
            assert page.image_alt
    assert Page.find_problems() == ([], [], [], [], [])

    mexico = CountryPage.objects.get(locale_code="ar", code="MX")
    assert (mexico.formal_name, mexico.capital) == ("الولايات المتحدة المكسيكية", "مدينة مكسيكو")
    facts = {block.value["label"]: block.value["value"] for block in mexico.key_facts}
    assert facts == {
        "اللغات": "الإسبانية",
        "العملة": "بيزو مكسيكي (MXN)",
        "عدد السكان": "130.9 مليون نسمة",
        "المساحة": "1,964,375 كم²",
    }
    # Chile is written in French and Spanish only: the Arabic page has its facts, and no text.
    chile = CountryPage.objects.get(locale_code="ar", code="CL")
    assert (chile.introduction, len(chile.body), chile.capital) == ("", 0, "سانتياغو")
    assert CountryPage.objects.get(locale_code="es", code="DE").latest_revision is None

    assert CustomImage.objects.count() == 16
    for image in CustomImage.objects.all():
        assert image.has_focal_point()
        assert image.credit == "Diwan"
        assert image.file.read(3) == b"\xff\xd8\xff"
    assert sorted(document.file.read(5) for document in CustomDocument.objects.all())[:2] == [b"%PDF-", b"%PDF-"]

    before = set(ReferenceIndex.objects.values_list("object_id", "to_object_id", "content_path"))
    for page in written:
        if page.body:
            ReferenceIndex.create_or_update_for_object(page)
    assert set(ReferenceIndex.objects.values_list("object_id", "to_object_id", "content_path")) == before
    found = get_search_backend().search("Koutoubia", NewsPage.objects.all())
    assert [page.slug for page in found] == ["coquimbo-centre-culturel"]

    draft = NewsPage.objects.get(live=False)
    assert draft.slug == "commissions-mixtes-calendrier"
    assert TaskState.objects.get(status="in_progress").revision.object_id == str(draft.pk)

    for user in get_user_model().objects.all():
        assert authenticate(username=user.username, password=PASSWORD) == user
    languages = get_user_model().objects.values_list("username", "wagtail_userprofile__preferred_language")
    assert dict(languages) == {
        "admin": "fr",
        "editor": "fr",
        "moderator": "fr",
        "translator-ar": "ar",
        "translator-es": "es",
        "reviewer-ar": "ar",
        "reviewer-es": "es",
        "editor-ar": "ar",
        "editor-es": "es",
    }

    for path, words in (
        ("/fr/amerique/", ["Le Maroc et le continent américain", "Mercosur"]),
        ("/ar/amerique/bresil/", ['dir="rtl"', "البرازيل"]),
        ("/es/actualites/mondial-2030/", ["La Copa Mundial de 2030"]),
        ("/fr/ministere/missions/", ["Missions"]),
    ):
        response = client.get(path)
        assert response.status_code == 200, path
        for word in words:
            assert word in response.content.decode(), path
    assert client.get("/amerique").headers["Location"].endswith("/fr/amerique/")
    assert client.get("/fr/actualites/commissions-mixtes-calendrier/").status_code == 404

    after_first_run = snapshot()
    with CaptureQueriesContext(connection) as queries:
        second = run()
    assert second.startswith(NOTHING_TO_DO)
    assert len(queries) < 230, len(queries)
    assert snapshot() == after_first_run


@pytest.mark.once
def test_an_interrupted_run_is_completed_by_the_next(site_tree, monkeypatch: pytest.MonkeyPatch) -> None:
    publish, calls = pages.page_bulk_publish, []

    def second_call_fails(**kwargs: Any) -> None:
        calls.append(kwargs)
        if len(calls) == 2:
            raise KeyboardInterrupt
        publish(**kwargs)

    monkeypatch.setattr(pages, "page_bulk_publish", second_call_fails)
    call_command("setup_site", verbosity=0)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert HomePage.objects.get(locale_code="fr").heading == "Le Maroc et le monde"
    assert HomePage.objects.get(locale_code="ar").heading == ""
    monkeypatch.setattr(pages, "page_bulk_publish", publish)
    # What an editor has written meanwhile stays.
    canada = CountryPage.objects.get(locale_code="ar", code="CA")
    canada.introduction = "نص كتبه محرر"
    canada.save_revision().publish()
    images = CustomImage.objects.count()
    assert "texts: 117 written and published" in run()
    assert HomePage.objects.get(locale_code="ar").heading == "المغرب والعالم"
    canada.refresh_from_db()
    assert (canada.introduction, canada.capital) == ("نص كتبه محرر", "")
    assert CustomImage.objects.count() == images == 16
    assert run().startswith(NOTHING_TO_DO)


@pytest.mark.once
def test_demo_is_refused_where_the_settings_do_not_allow_it(settings) -> None:
    settings.DIWAN_ALLOW_DEMO = False
    with pytest.raises(CommandError, match="DIWAN_ALLOW_DEMO"):
        run()
    assert not get_user_model().objects.exists()
    assert load.DemoNotAllowedError.__doc__


@pytest.mark.once
def test_demo_is_refused_under_production_settings(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "cms.example.org",
        "WAGTAILADMIN_BASE_URL": "https://cms.example.org",
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
        "CACHE_URL": "locmemcache://",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "load_demo"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "load_demo makes users with a known password" in done.stderr
