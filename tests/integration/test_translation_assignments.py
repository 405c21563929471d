"""Who translates what, until when, and who hears of it in which language."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.log_actions import registry
from wagtail.users.models import UserProfile

from regions.services.access import MODERATORS, translators_group_name
from tests.integration.reviewing import person, step
from tests.integration.translating import Desk, client_for, desk_open, is_refused
from translations.models import TranslationAssignment
from translations.services import assignments
from translations.services.assignments import translation_assign

pytestmark = [pytest.mark.once, pytest.mark.django_db]

TODAY = timezone.localdate
FSI, PDI = "\u2068", "\u2069"


@pytest.fixture
def desk(site_tree, admin) -> Desk:
    """An Arabic translation that nobody works on."""
    return desk_open(client_for(admin), site_tree.news("Accord d’Alger"), "ar")


@pytest.fixture
def editor(site_tree):
    return person("editor")


def assign(user, desk, **data):
    url = reverse("translation_review:assign", args=[desk.record.pk])
    given = {name: value.pk if hasattr(value, "pk") else value for name, value in data.items()}
    return client_for(user).post(url, {"priority": 1, "note": "", **given}, follow=True)


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Run what is given and return the e-mails that it brought about, in the order of their addresses."""

    def run(action, *args, **kwargs) -> list[EmailMessage | EmailMultiAlternatives]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action(*args, **kwargs)
        return sorted(mail.outbox, key=lambda message: message.to)

    return run


def html_of(message) -> str:
    [(content, kind)] = message.alternatives
    assert kind == "text/html"
    return content


def test_an_editor_assigns_and_the_translator_is_told_in_her_language(desk, editor, sent) -> None:
    translator = person("translator", language="ar")
    due = TODAY() + datetime.timedelta(days=5)
    note = "Titre officiel <b>!"
    [message] = sent(assign, editor, desk, assignee=translator, due_on=due.isoformat(), priority=3, note=note)
    kept = TranslationAssignment.objects.get()
    assert (kept.assignee, kept.due_on, kept.priority, kept.note, kept.assigned_by) == (
        translator,
        due,
        3,
        note,
        editor,
    )
    assert message.to == ["translator-ar@example.org"]
    assert message.subject == f"للترجمة: {FSI}Accord d’Alger{PDI}"
    assert f"http://127.0.0.1:8000{desk.edit_url}" in message.body
    assert f"{FSI}{note}{PDI}" in message.body
    html = html_of(message)
    assert '<html lang="ar" dir="rtl">' in html
    assert "Titre officiel &lt;b&gt;!" in html
    assert "translator: <bdi>translator-ar</bdi>" in client_for(editor).get(desk.edit_url).content.decode()
    entry = registry.get_logs_for_instance(desk.target).filter(action="translations.assign").get()
    translation.activate("en")
    assert entry.message == f"Translation assigned to translator-ar, due {due.isoformat()}"
    assert sent(assign, editor, desk, assignee=translator, due_on=due.isoformat(), priority=3, note=note) == []


@pytest.mark.parametrize(
    ("language", "subject", "direction"),
    [
        ("fr", f"À traduire : {FSI}Accord d’Alger{PDI}", "ltr"),
        ("es", f"Para traducir: {FSI}Accord d’Alger{PDI}", "ltr"),
        ("en", f"To translate: {FSI}Accord d’Alger{PDI}", "ltr"),
    ],
)
def test_languages(desk, editor, sent, language, subject, direction) -> None:
    [message] = sent(assign, editor, desk, assignee=person("translator", language=language))
    assert message.subject == subject
    assert f'<html lang="{language}" dir="{direction}">' in html_of(message)


def test_the_form_offers_the_people_of_the_language(desk, editor, admin) -> None:
    translator, reviewer = person("translator"), person("reviewer")
    person("translator", "es")
    inactive = person("translator", name="gone")
    inactive.is_active = False
    inactive.save()
    form = client_for(editor).get(reverse("translation_review:assign", args=[desk.record.pk])).context["form"]
    assert set(form.fields["assignee"].queryset) == {admin, editor, reviewer, translator}
    assert set(form.fields["reviewer"].queryset) == {admin, editor, reviewer}


def test_refusals(desk, editor) -> None:
    translator, stranger = person("translator"), person("translator", "es")
    yesterday = (TODAY() - datetime.timedelta(days=1)).isoformat()

    def refused(**data) -> bool:
        response = assign(editor, desk, **data)
        return response.status_code == 200 and bool(response.context["form"].errors)

    assert refused(assignee=stranger)
    assert refused(assignee=editor, reviewer=editor)
    assert refused(reviewer=translator)
    assert refused(assignee=translator, due_on=yesterday)
    assert refused(assignee=translator, due_on="demain")
    assert refused(assignee=translator, priority=9)
    assert refused(assignee=translator, note="x" * 2001)
    assert not TranslationAssignment.objects.exists()
    for user in (translator, person("reviewer"), stranger, person("editor", "es")):
        assert is_refused(assign(user, desk, assignee=translator))
    assert not TranslationAssignment.objects.exists()


def test_many_at_once_bring_one_mail_and_those_refused_hold_back_none(site_tree, admin, editor, sent) -> None:
    client, translator = client_for(admin), person("translator")
    arabic = [desk_open(client, site_tree.news(f"Visite {n}"), "ar").record for n in range(3)]
    spanish = desk_open(client, site_tree.news("Otra"), "es").record
    reports = []

    def run() -> None:
        translation.activate("en")
        reports.append(
            translation_assign(records=[*arabic, spanish], user=editor, changes={"assignee": translator, "priority": 2})
        )

    [message] = sent(run)
    assert message.subject == "3 texts to translate"
    assert [f"Visite {n}" in message.body for n in range(3)] == [True] * 3
    [report] = reports
    assert [assignment.translation for assignment in report.changed] == arabic
    assert report.refused == [(spanish, "You may not assign translations here.")]
    report = translation_assign(records=arabic, user=editor, changes={"priority": 2})
    assert (report.changed, report.unchanged) == ([], arabic)


def test_what_is_assigned_before_another_fails_is_told(site_tree, admin, editor, sent, monkeypatch) -> None:
    client, translator = client_for(admin), person("translator")
    records = [desk_open(client, site_tree.news(f"Visite {n}"), "ar").record for n in range(3)]
    refusal = assignments._refusal

    def fails_at_the_third(record, *args):
        if record == records[2]:
            raise RuntimeError("database gone")
        return refusal(record, *args)

    monkeypatch.setattr(assignments, "_refusal", fails_at_the_third)

    def run() -> None:
        translation.activate("en")
        with pytest.raises(RuntimeError):
            translation_assign(records=records, user=editor, changes={"assignee": translator})

    [message] = sent(run)
    assert message.subject == "2 texts to translate"
    assert TranslationAssignment.objects.count() == 2


def test_a_review_is_followed_by_mails_in_each_ones_language(desk, sent, admin) -> None:
    translator, reviewer = person("translator", language="es"), person("reviewer", language="ar")
    second = person("reviewer", name="second", language="fr")
    desk = Desk(client=client_for(translator), record=desk.record)
    desk.translate({"Accord d’Alger": "اتفاق الجزائر"})
    first, other = sent(step, translator, desk, "submit")
    assert (first.to, first.subject) == ([reviewer.email], f"للمراجعة: {FSI}اتفاق الجزائر{PDI}")
    assert (other.to, other.subject) == ([second.email], f"À relire : {FSI}اتفاق الجزائر{PDI}")
    assert 'dir="rtl"' in html_of(first)
    assert 'lang="fr" dir="ltr"' in html_of(other)
    [back] = sent(step, reviewer, desk, "reject", comment="Le terme <exact>")
    assert (back.to, back.subject) == ([translator.email], f"Cambios solicitados: {FSI}اتفاق الجزائر{PDI}")
    assert f"{FSI}Le terme <exact>{PDI}" in back.body
    assert "Le terme &lt;exact&gt;" in html_of(back)
    sent(step, translator, desk, "submit")
    [done] = sent(step, reviewer, desk, "approve")
    assert (done.to, done.subject) == ([translator.email], f"Aprobada: {FSI}اتفاق الجزائر{PDI}")


def test_a_named_reviewer_alone_is_told_and_preferences_are_kept(desk, sent) -> None:
    translator, named = person("translator"), person("reviewer", name="named")
    person("reviewer")
    TranslationAssignment.objects.create(translation=desk.record, reviewer=named)
    desk = Desk(client=client_for(translator), record=desk.record)
    desk.translate({"Accord d’Alger": "اتفاق الجزائر"})
    UserProfile.objects.filter(user=translator).update(rejected_notifications=False)
    assert [message.to for message in sent(step, translator, desk, "submit")] == [[named.email]]
    assert sent(step, named, desk, "reject", comment="Non") == []
    UserProfile.objects.filter(user=named).update(submitted_notifications=False)
    assert sent(step, translator, desk, "submit") == []


def test_a_title_writes_no_header(desk, sent) -> None:
    translator, reviewer = person("translator"), person("reviewer")
    desk = Desk(client=client_for(translator), record=desk.record)
    desk.translate({"Accord d’Alger": "اتفاق\r\nBcc: stranger@example.org"})
    [message] = sent(step, translator, desk, "submit")
    assert message.subject == f"For review: {FSI}اتفاق Bcc: stranger@example.org{PDI}"
    assert message.recipients() == [reviewer.email]


def test_a_mail_server_that_fails_undoes_nothing(desk, sent, settings) -> None:
    translator = person("translator")
    person("reviewer")
    desk = Desk(client=client_for(translator), record=desk.record)
    desk.translate({"Accord d’Alger": "اتفاق الجزائر"})
    settings.EMAIL_BACKEND = "tests.integration.reviewing.BrokenMail"
    assert sent(step, translator, desk, "submit") == []
    assert desk.target.workflow_in_progress


def test_reminders_are_sent_once_for_each_date(desk, editor, sent, settings) -> None:
    translator = person("translator", language="fr")
    soon = TODAY() + datetime.timedelta(days=settings.DIWAN_REMINDER_DAYS)
    assign(editor, desk, assignee=translator, due_on=soon.isoformat())
    [message] = sent(call_command, "remind_translators")
    assert (message.to, message.subject) == ([translator.email], f"Bientôt à rendre : {FSI}Accord d’Alger{PDI}")
    assert sent(call_command, "remind_translators") == []
    TranslationAssignment.objects.update(due_on=TODAY() - datetime.timedelta(days=1))
    [message] = sent(call_command, "remind_translators")
    assert message.subject == f"En retard : {FSI}Accord d’Alger{PDI}"
    assert sent(call_command, "remind_translators") == []
    assign(editor, desk, assignee=translator, due_on=(soon + datetime.timedelta(days=1)).isoformat())
    assert sent(call_command, "remind_translators") == []
    TranslationAssignment.objects.update(due_on=TODAY())
    assert len(sent(call_command, "remind_translators")) == 1


def test_the_one_with_the_next_step_is_reminded_and_nobody_after_publication(desk, editor, sent, capsys) -> None:
    translator, reviewer = person("translator"), person("reviewer")
    TranslationAssignment.objects.create(
        translation=desk.record, assignee=translator, reviewer=reviewer, assigned_by=editor, due_on=TODAY()
    )
    desk = Desk(client=client_for(translator), record=desk.record)
    desk.translate({"Accord d’Alger": "اتفاق الجزائر"})
    step(translator, desk, "submit")
    assert [message.to for message in sent(call_command, "remind_translators")] == [[reviewer.email]]
    assert capsys.readouterr().out == "translations: 1, e-mails: 1\n"
    step(reviewer, desk, "approve")
    assert TranslationAssignment.objects.get().completed_at is not None
    TranslationAssignment.objects.update(due_on=TODAY() - datetime.timedelta(days=1))
    assert sent(call_command, "remind_translators") == []


def test_whoever_assigned_it_is_reminded_when_the_translator_has_left(desk, editor, sent) -> None:
    translator = person("translator")
    TranslationAssignment.objects.create(
        translation=desk.record, assignee=translator, assigned_by=editor, due_on=TODAY()
    )
    translator.is_active = False
    translator.save()
    assert [message.to for message in sent(call_command, "remind_translators")] == [[editor.email]]


def test_nobody_is_reminded_of_what_is_approved_and_waits_for_its_source(site_tree, admin, editor, sent) -> None:
    source = site_tree.news("Accord d’Alger", live=False, first_published_at=None)
    source.save_revision()
    desk, translator = desk_open(client_for(admin), source, "ar"), person("translator")
    desk.translate({"Accord d’Alger": "اتفاق الجزائر"})
    translation_assign(records=[desk.record], user=editor, changes={"assignee": translator, "due_on": TODAY()})
    step(translator, desk, "submit")
    step(person("reviewer"), desk, "approve")
    assert (desk.target.live, desk.target.workflow_in_progress) == (False, False)
    assert sent(call_command, "remind_translators") == []


def test_whoever_has_left_the_language_hears_no_more_of_it(desk, editor, sent) -> None:
    """An e-mail holds the title of a page that its reader may not see."""
    translator, reviewer = person("translator"), person("reviewer")
    assign(editor, desk, assignee=translator, due_on=TODAY().isoformat())
    desk.translate({"Accord d’Alger": "اتفاق الجزائر"})
    step(translator, desk, "submit")
    translator.groups.set([Group.objects.get(name=translators_group_name("es"))])
    assert sent(step, reviewer, desk, "reject", comment="Non") == []
    # Whoever assigned it hears that nobody works on it.
    assert [message.to for message in sent(call_command, "remind_translators")] == [[editor.email]]


def test_one_mail_reminds_of_many(site_tree, admin, editor, sent) -> None:
    translator = person("translator")
    records = [desk_open(client_for(admin), site_tree.news(f"Visite {n}"), "ar").record for n in range(3)]
    translation_assign(records=records, user=editor, changes={"assignee": translator, "due_on": TODAY()})
    [message] = sent(call_command, "remind_translators")
    assert message.subject == "3 translations are due soon"


def test_moderators_of_news_are_told_as_ever_and_in_their_own_language(site_tree, sent) -> None:
    moderator = get_user_model().objects.create_user("moderator", "moderator@example.org")
    moderator.groups.add(Group.objects.get(name=MODERATORS))
    UserProfile.objects.update_or_create(user=moderator, defaults={"preferred_language": "es"})
    author = get_user_model().objects.create_user("author", "author@example.org")
    page = site_tree.news("Visite", live=False)
    page.save_revision()
    [message] = sent(page.get_workflow().start, page, author)
    assert message.to == ["moderator@example.org"]
    assert "Visite" in message.subject
    with translation.override("es"):
        greeting = gettext("Hello %(username)s,") % {"username": "moderator"}
    assert greeting in message.body
    assert not message.alternatives
