"""Reminders about travel advice: to whom it concerns, once for each date, in the reader's language."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from regions.services.access import EDITORS, MODERATORS
from tests.factories.advice import advice_change, advice_make, advice_translate
from travel.models import TravelAdvicePage, TravelAdviceReminder

pytestmark = [pytest.mark.once, pytest.mark.django_db]

FSI, PDI = "\u2068", "\u2069"


def day(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


def moment(number: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=number)


def editor(name: str, *, group: str = EDITORS, language: str = "en"):
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
    user.groups.add(Group.objects.get(name=group))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user


@pytest.fixture
def sent(django_capture_on_commit_callbacks, mailoutbox):
    """What the command sends."""

    def call(command: str = "remind_travel_advice", **options) -> list:
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            call_command(command, **options)
        return sorted(mailoutbox, key=lambda message: message.to)

    return call


def dates_set(sheet, **dates) -> None:
    TravelAdvicePage.objects.filter(pk=sheet.pk).update(**dates)


def test_a_review_is_asked_for_once_before_and_once_after_its_date(site_tree, sent, settings, capsys) -> None:
    owner = editor("owner")
    sheet = advice_make(site_tree, owner=owner)
    dates_set(sheet, review_due_on=day(settings.DIWAN_REMINDER_DAYS + 1))
    assert sent() == []
    dates_set(sheet, review_due_on=day(settings.DIWAN_REMINDER_DAYS))
    [message] = sent()
    assert (message.to, message.subject) == ([owner.email], f"Review due soon: {FSI}Mexique{PDI}")
    assert f"/admin/pages/{sheet.pk}/edit/" in message.body
    assert sent() == []
    dates_set(sheet, review_due_on=day(-1))
    [message] = sent()
    assert message.subject == f"Review overdue: {FSI}Mexique{PDI}"
    assert sent() == []
    dates_set(sheet, review_due_on=day(1))
    assert len(sent()) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "dates: 1, e-mails: 1"


def test_whoever_wrote_last_hears_too_and_each_in_her_language(site_tree, sent) -> None:
    owner, writer = editor("owner", language="ar"), editor("writer", group=MODERATORS, language="fr")
    sheet = advice_make(site_tree, owner=owner)
    advice_change(sheet, note="Le niveau monte.", level=3, user=writer, expire_at=moment(1))
    arabic, french = sent()
    assert [arabic.to, french.to] == [[owner.email], [writer.email]]
    for message, code, direction in ((arabic, "ar", "rtl"), (french, "fr", "ltr")):
        with translation.override(code):
            reason = str(TravelAdviceReminder.Reason.EXPIRY.label)
        html = message.alternatives[0][0]
        assert f'<html lang="{code}" dir="{direction}">' in html
        assert reason in html
        assert "<bdi>Mexique</bdi>" in html
    assert sent() == []


def test_one_mail_tells_of_many_sheets(site_tree, sent) -> None:
    owner = editor("owner")
    for code in ("MX", "BR", "SN"):
        dates_set(advice_make(site_tree, code, owner=owner), review_due_on=day(0))
    [message] = sent()
    assert message.subject == "3 sheets of travel advice need you"
    assert [name in message.body for name in ("Mexique", "Brésil", "Sénégal")] == [True] * 3


def test_a_date_that_languages_share_makes_one_mail(site_tree, sent) -> None:
    owner = editor("owner")
    sheet = advice_make(site_tree, owner=owner)
    arabic = advice_translate(sheet, "ar", title="المكسيك")
    for page in (sheet, arabic):
        dates_set(page, expire_at=moment(1), review_due_on=day(1))
    [message] = sent()
    assert message.body.count("/admin/pages/") == 2
    assert f"/admin/pages/{arabic.pk}/" not in message.body
    assert TravelAdviceReminder.objects.count() == 2


def test_drafts_and_what_has_ended_are_nobody_s_concern(site_tree, sent) -> None:
    owner = editor("owner")
    draft = advice_make(site_tree, "BR", owner=owner, live=False)
    dates_set(draft, review_due_on=day(0))
    dates_set(advice_make(site_tree, "SN", owner=owner), expire_at=moment(-1))
    assert sent() == []


def test_when_they_have_left_those_who_publish_there_hear(site_tree, sent) -> None:
    owner, chief = editor("owner"), editor("chief", group=MODERATORS)
    sheet = advice_make(site_tree, owner=owner)
    dates_set(sheet, review_due_on=day(0))
    owner.groups.clear()
    chief.is_active = False
    chief.save()
    assert sent() == []
    assert not TravelAdviceReminder.objects.exists()
    chief.is_active = True
    chief.save()
    assert [message.to for message in sent()] == [[chief.email]]


def test_the_scheduler_reminds(site_tree, sent) -> None:
    sheet = advice_make(site_tree, owner=editor("owner"))
    dates_set(sheet, review_due_on=day(0))
    assert len(sent("run_scheduler", once=True)) == 1
    assert sent("run_scheduler", once=True) == []
