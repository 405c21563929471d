"""What the pages of the translators' desk cost in SQL statements: the same for one row as for many."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import Translation

from home.services.bulk import page_bulk_create
from regions.models import NewsPage
from tests.factories import SiteTree
from tests.integration.translating import client_for, desk_open, speak_english
from translations.models import DeskJob, TranslationAssignment
from translations.services.states import states_count_all

pytestmark = pytest.mark.django_db

# Asks for a part of the desk, and the most statements that it takes.
QUERIES: dict[str, tuple[dict[str, Any], int]] = {
    "all": ({}, 24),
    "by status": ({"status": ["in_progress", "new", "unsubmitted"]}, 27),
    "by continent": ({"continent": "019"}, 26),
    "by date": ({"published_from": "1990-01-01"}, 24),
    "mine": ({"assignee": "me"}, 26),
    "nobody's": ({"assignee": "nobody"}, 26),
    "urgent": ({"priority": 3}, 26),
    "overdue": ({"overdue": "yes"}, 26),
    "searched": ({"q": "accord"}, 25),
    "sorted": ({"ordering": "-desk_words_left"}, 25),
}


def counted(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


def fill(tree: SiteTree, client: Client, user: Any, numbers: range) -> None:
    """News about Mexico, half translated, urgent and late; and as many that nobody has submitted."""
    for number in numbers:
        news = tree.news(f"Accord {number}", introduction="Chapeau", countries=["MX"], last_published_at=timezone.now())
        desk = desk_open(client, news, "ar")
        desk.put(desk.strings()[0]["editUrl"], "اتفاق")
        TranslationAssignment.objects.create(
            translation=desk.record, assignee=user, priority=3, due_on="2020-01-01", reviewer=user
        )
    index, kind = tree.index["fr"], tree.kind["fr", "visit"]
    page_bulk_create(
        children=[
            (
                index,
                NewsPage(
                    title=f"Accord attendu {number}",
                    slug=f"attendu-{number}",
                    locale=tree.locale["fr"],
                    kind=kind,
                    date="2020-01-01",
                ),
            )
            for number in numbers
        ]
    )
    states_count_all()


def test_pages_of_the_desk(site_tree: SiteTree) -> None:
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "password")
    speak_english(user)
    client = client_for(user)
    urls = {name: reverse("translation_desk:desk", args=["ar"], query=query) for name, (query, _) in QUERIES.items()}
    fill(site_tree, client, user, range(1))
    for url in urls.values():
        client.get(url)
    few = {name: counted(client, url) for name, url in urls.items()}
    fill(site_tree, client, user, range(1, 7))
    many = {name: counted(client, url) for name, url in urls.items()}
    assert many == few
    assert {name: number for name, number in few.items() if number > QUERIES[name][1]} == {}


def test_jobs_and_differences(site_tree: SiteTree) -> None:
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "password")
    speak_english(user)
    client = client_for(user)

    def differences(texts: int) -> int:
        body = [
            {"type": "rich_text", "value": f"<p>Texte {number}</p>", "id": f"00000000-0000-4000-8000-{number:012d}"}
            for number in range(texts)
        ]
        news = site_tree.news(f"Accord {texts}", introduction="Chapeau")
        desk_open(client, news, "ar")
        page = NewsPage.objects.get(pk=news.pk)
        page.introduction = "Un autre chapeau"
        page.body = NewsPage._meta.get_field("body").to_python(body)
        page.save_revision().publish()
        record = Translation.objects.get(source__object_id=news.translation_key)
        return counted(client, reverse("translation_desk:difference", args=[record.pk]))

    def jobs(number: int) -> tuple[int, int]:
        report = [{"level": "success", "title": "Accord", "message": "", "url": ""}] * number
        made = DeskJob.objects.bulk_create(
            DeskJob(kind="submit", state="done", owner=user, locale=site_tree.locale["ar"], report=report)
            for _ in range(number)
        )
        page = reverse("translation_desk:job", args=[made[0].pk])
        return counted(client, reverse("translation_desk:jobs")), counted(client, page)

    differences(1)
    assert differences(2) == differences(40) <= 16
    jobs(1)
    of_list, of_one = jobs(1)
    assert jobs(30) == (of_list, of_one)
    assert of_list <= 10
    assert of_one <= 8
