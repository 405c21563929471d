"""Who translates what, until when: one translation or many, with an e-mail to whoever gets work."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import Translation, get_edit_url

from translations.models import TranslationAssignment
from translations.selectors.people import can_assign, can_review, can_translate, may_hear, record_target
from translations.services.mails import event_templates, mails_send


class AssignmentChanges(TypedDict, total=False):
    """What to set; what is left out stays as it is. None takes a person or a date away."""

    assignee: Any
    reviewer: Any
    due_on: datetime.date | None
    priority: int
    note: str


@dataclass
class AssignmentReport:
    """``changed``: those assigned anew. ``unchanged``: those that stood so already. ``refused``: with the reason."""

    changed: list[TranslationAssignment] = field(default_factory=list)
    unchanged: list[Translation] = field(default_factory=list)
    refused: list[tuple[Translation, str]] = field(default_factory=list)


def translation_assign(
    *,
    records: Iterable[Translation],
    user: Any,
    changes: AssignmentChanges,
    follow: Callable[[Translation], None] = lambda record: None,
) -> AssignmentReport:
    """Give each translation its person, date, urgency and note, as far as ``changes`` names them.

    Each on its own: one that is refused does not keep the others back. The translator must be able to write in the
    tree of that translation, the reviewer to approve there, and they are two people. The translator gets one e-mail
    about all of them. Done again, it changes nothing and writes to nobody. ``follow`` is told each after it is done.
    """
    report = AssignmentReport()
    mails: dict[Any, list[TranslationAssignment]] = defaultdict(list)
    try:
        for record in records:
            changed = _assign_one(record, user, changes, report)
            if changed & {"assignee", "due_on", "priority", "note"}:
                assignment = report.changed[-1]
                if assignment.assignee not in (None, user):
                    mails[assignment.assignee].append(assignment)
            follow(record)
    finally:
        # What is assigned stays so when a later one fails: its translator must hear of it all the same.
        for assignee, assignments in mails.items():
            mails_send(
                templates=event_templates("assigned"),
                recipients=[assignee],
                context={"items": [_mail_item(assignment) for assignment in assignments], "actor": user},
            )
    return report


@transaction.atomic
def _assign_one(record: Translation, user: Any, changes: AssignmentChanges, report: AssignmentReport) -> set[str]:
    """Note in ``report`` what becomes of one translation; return the names of what changed."""
    # Two who assign it for the first time at once: the second finds what the first has made.
    Translation.objects.select_for_update().filter(pk=record.pk).first()
    target = record_target(record=record)
    kept = TranslationAssignment.objects.filter(translation=record).first()
    assignment = kept or TranslationAssignment(translation=record)
    refusal = _refusal(record, target, user, assignment, changes)
    if refusal:
        report.refused.append((record, refusal))
        return set()
    changed = {name for name, value in changes.items() if getattr(assignment, name) != value}
    if kept and not changed:
        report.unchanged.append(record)
        return set()
    _save(assignment, target, user, changes, changed)
    report.changed.append(assignment)
    return changed


def _refusal(
    record: Translation, target: Any, user: Any, assignment: TranslationAssignment, changes: AssignmentChanges
) -> str:
    if target is None or not record.enabled:
        return _("This translation was stopped or its page deleted.")
    if not can_assign(user=user, target=target):
        return _("You may not assign translations here.")
    assignee = changes.get("assignee", assignment.assignee)
    reviewer = changes.get("reviewer", assignment.reviewer)
    due = changes.get("due_on")
    if assignee and "assignee" in changes and not can_translate(user=assignee, target=target):
        return _("%(person)s cannot translate here.") % {"person": _name_of(assignee)}
    if reviewer and "reviewer" in changes and not can_review(user=reviewer, target=target):
        return _("%(person)s cannot review here.") % {"person": _name_of(reviewer)}
    if assignee and assignee == reviewer:
        return _("Translator and reviewer must be two people.")
    if due and due != assignment.due_on and due < timezone.localdate():
        return _("The date due has passed.")
    if changes.get("priority", TranslationAssignment.Priority.NORMAL) not in TranslationAssignment.Priority.values:
        return _("There is no such priority.")
    if len(changes.get("note", "")) > NOTE_LENGTH:
        return _("The note is too long.")
    return ""


NOTE_LENGTH = 2000


def _name_of(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())


def _save(
    assignment: TranslationAssignment, target: Any, user: Any, changes: AssignmentChanges, changed: set[str]
) -> None:
    for name, value in changes.items():
        setattr(assignment, name, value)
    if changed & {"assignee", "due_on"}:
        assignment.reminded = ""
        assignment.completed_at = None
    assignment.assigned_by = user
    assignment.save()
    log(
        instance=target,
        action="translations.assign",
        user=user,
        data={
            "assignee": _name_of(assignment.assignee) if assignment.assignee else "",
            "due_on": assignment.due_on.isoformat() if assignment.due_on else "",
        },
    )


def _mail_item(assignment: TranslationAssignment) -> dict[str, Any]:
    target = record_target(record=assignment.translation)
    return {
        "assignment": assignment,
        "title": target.get_admin_display_title() if isinstance(target, Page) else str(target),
        "locale": assignment.translation.target_locale,
        "url": settings.WAGTAILADMIN_BASE_URL + get_edit_url(target),
    }


def assignment_complete(*, page: Page) -> None:
    """Note that the translation of ``page`` was published: nobody is reminded of it any more."""
    TranslationAssignment.objects.filter(
        translation__source__object_id=page.translation_key,
        translation__target_locale_id=page.locale_id,
        completed_at=None,
    ).update(completed_at=timezone.now())


# --- Reminders ------------------------------------------------------------------------------------------------------
@dataclass
class ReminderReport:
    """How many translations people were reminded of, and how many e-mails that made."""

    translations: int = 0
    mails: int = 0


def reminder_send_all(*, today: datetime.date | None = None) -> ReminderReport:
    """Remind of what is due within DIWAN_REMINDER_DAYS days, and of what is overdue: once of each, for each date.

    Whoever has the next step is told: the translator, or while it is under review the reviewer; without one who still
    works in the language, whoever assigned it. Nobody is told of what is approved and goes live later. A person gets
    one e-mail about all of them.
    """
    today = today or timezone.localdate()
    stages = TranslationAssignment.Reminder
    open_ones = TranslationAssignment.objects.filter(
        completed_at=None,
        due_on__isnull=False,
        due_on__lte=today + datetime.timedelta(days=settings.DIWAN_REMINDER_DAYS),
        translation__enabled=True,
    )
    report = ReminderReport()
    mails: dict[tuple[int, str], list[TranslationAssignment]] = defaultdict(list)
    with transaction.atomic():
        # Two schedulers at once: the second finds the first one's marks.
        due = list(
            open_ones.select_for_update(of=("self",))
            .select_related("translation__source", "translation__target_locale", "assignee", "reviewer", "assigned_by")
            .order_by("due_on", "-priority", "pk")
        )
        reviewed, approved = _pks_in_review_and_approved([assignment.translation for assignment in due])
        for assignment in due:
            stage = stages.OVERDUE if assignment.due_on and assignment.due_on < today else stages.SOON
            if assignment.reminded in (stage, stages.OVERDUE) or assignment.translation_id in approved:
                continue
            target = record_target(record=assignment.translation)
            # A page that was deleted takes its assignment along only with its translation, which is kept.
            if target is None:
                continue
            in_review = assignment.translation_id in reviewed
            # Whoever has left reads no mail: who gave out the work has to find somebody else.
            in_turn = (assignment.reviewer if in_review else assignment.assignee, assignment.assigned_by)
            person = next((user for user in in_turn if user and may_hear(user=user, target=target)), None)
            TranslationAssignment.objects.filter(pk=assignment.pk).update(reminded=stage)
            if person:
                mails[person.pk, stage.value].append(assignment)
                report.translations += 1
        readers = get_user_model()._default_manager.in_bulk({pk for pk, _stage in mails})
        for (pk, stage_value), items in mails.items():
            mails_send(
                templates=event_templates("reminder"),
                recipients=[readers[pk]],
                context={
                    "items": [_mail_item(assignment) for assignment in items],
                    "overdue": stage_value == stages.OVERDUE,
                },
            )
            report.mails += 1
    return report


def _pks_in_review_and_approved(records: list[Translation]) -> tuple[set[int], set[int]]:
    """The ids of those whose page is under review, and of those whose page goes live later; three statements."""
    pages = {
        (page.translation_key, page.locale_id): str(page.pk)
        for page in Page.objects.filter(translation_key__in=[record.source.object_id for record in records])
    }
    keys = {(record.source.object_id, record.target_locale_id): record.pk for record in records}
    of_page = {pages[key]: pk for key, pk in keys.items() if key in pages}
    running = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        status=WorkflowState.STATUS_IN_PROGRESS,
        object_id__in=of_page,
    )
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False, object_id__in=of_page)
    in_review, approved = (
        {of_page[object_id] for object_id in rows.values_list("object_id", flat=True)} for rows in (running, waiting)
    )
    return in_review, approved
