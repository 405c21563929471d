"""A scheduled publication that has become invalid is given up, told of, and in nobody's way."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from regions.models import NewsPage
from relations.models import AgreementLink, AgreementPage, AgreementParty
from tests.factories.records import record_make
from tests.integration.translating import client_for

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def scheduled(page: Any, *, at: datetime.datetime, user: Any, links: list[Any] | None = None) -> None:
    version = page.get_latest_revision_as_object()
    version.go_live_at = at
    if links is not None:
        version.links = links
    version.save_revision(user=user).publish(user=user)


def test_a_schedule_that_has_become_invalid_is_given_up_and_the_next_goes_live(
    site_tree, admin, monkeypatch, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    start = timezone.now()
    party = {"country": site_tree.country["fr", "MX"]}
    first, second = (
        record_make(
            AgreementPage,
            home=site_tree.home["fr"],
            title=title,
            field="trade",
            rows={"parties": [AgreementParty(**party)]},
        )
        for title in ("Accord A", "Accord B")
    )
    news = site_tree.news("Après", live=False)
    hours = [start + datetime.timedelta(hours=number) for number in range(1, 4)]
    scheduled(first, at=hours[0], user=admin, links=[AgreementLink(kind="amends", agreement=second)])
    scheduled(second, at=hours[1], user=admin, links=[AgreementLink(kind="amends", agreement=first)])
    scheduled(news, at=hours[2], user=admin)
    monkeypatch.setattr(timezone, "now", lambda: start + datetime.timedelta(hours=4))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")

    assert list(AgreementLink.objects.values_list("page_id", "agreement_id")) == [(first.pk, second.pk)]
    assert NewsPage.objects.get(pk=news.pk).live
    second = AgreementPage.objects.get(pk=second.pk)
    assert (second.live, second.has_unpublished_changes) == (True, True)
    assert not second.links.exists()
    assert second.get_latest_revision_as_object().links.get().agreement_id == first.pk
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()

    entry = PageLogEntry.objects.get(action="home.schedule.give_up")
    assert (entry.page_id, entry.revision_id) == (second.pk, second.latest_revision_id)
    (reason,) = entry.data["reasons"]
    assert "Cet instrument fait de même envers celui-ci" in reason  # in the language of the site
    history = client_for(admin).get(reverse("wagtailadmin_pages:history", args=[second.pk]))
    assert reason in BeautifulSoup(history.content, "html.parser").get_text()
    assert len(mailoutbox) == 1
    mails = [mail for mail in mailoutbox if "Accord B" in mail.subject]
    assert [mail.to for mail in mails] == [[admin.email]]
    assert reason in mails[0].body

    # The next run finds nothing to do.
    call_command("publish_scheduled")
    assert PageLogEntry.objects.filter(action="home.schedule.give_up").count() == 1


def test_what_is_live_stays_when_its_next_version_is_given_up(site_tree, admin, monkeypatch) -> None:
    start = timezone.now()
    page = record_make(
        AgreementPage,
        home=site_tree.home["fr"],
        title="Accord",
        field="trade",
        rows={"parties": [AgreementParty(country=site_tree.country["fr", "MX"])]},
    )
    scheduled(page, at=start + datetime.timedelta(hours=1), user=admin)
    revision = AgreementPage.objects.get(pk=page.pk).latest_revision
    revision.content["field"] = "nonsense"
    revision.save(update_fields=["content"])
    monkeypatch.setattr(timezone, "now", lambda: start + datetime.timedelta(hours=2))
    call_command("publish_scheduled")
    page = AgreementPage.objects.get(pk=page.pk)
    assert (page.live, page.field, page.live_revision_id == revision.pk) == (True, "trade", False)
    assert PageLogEntry.objects.filter(action="home.schedule.give_up", page=page.pk).count() == 1
