"""The workflow that every translation passes: translate, have it approved by somebody else, and it is published."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage, WorkflowTask

from home.models import HomePage
from home.selectors.locales import locale_name
from regions.models import NewsIndexPage
from regions.services.access import (
    ASSIGNING,
    MODERATORS,
    locale_editors_group_name,
    reviewers_group_name,
    translators_group_name,
)
from regions.services.texts import setup_texts, setup_texts_all
from translations.models import TranslationReviewTask


def review_setup_all(*, homes: Sequence[HomePage]) -> list[str]:
    """Make the missing workflows of the locales that are translated into. Return the codes of those that got one.

    A workflow is made once and then governs the home page of its locale, unless that follows another already. What an
    administrator changes afterwards stays. Names are in the language of the source locale, with the language's own
    name: ``Traduction (español)``.
    """
    made = []
    for home in homes:
        code = home.locale.language_code
        if code == settings.DIWAN_SOURCE_LOCALE or _workflow_exists(code):
            continue
        texts = setup_texts(settings.DIWAN_SOURCE_LOCALE)
        task = TranslationReviewTask.objects.create(name=_named(texts.review, code))
        task.groups.set(Group.objects.filter(name__in=[reviewers_group_name(code), locale_editors_group_name(code)]))
        workflow = Workflow.objects.create(name=_named(texts.translation_workflow, code))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.get_or_create(page_id=home.pk, defaults={"workflow": workflow})
        made.append(code)
    return made


def _named(words: str, code: str) -> str:
    return f"{words} ({locale_name(code)})"


def _workflow_exists(code: str) -> bool:
    # Whatever language the source locale had when it was made.
    names = [_named(texts.translation_workflow, code) for texts in setup_texts_all()]
    return Workflow.objects.filter(name__in=names).exists()


@dataclass
class ReviewAdoption:
    """What was, or would be, changed.

    ``groups``: names of those that lose the right to publish. ``indexes``: paths of the news indexes that follow the
    review now. ``assigning``: whether moderators were given the right to assign translations.
    """

    groups: list[str] = field(default_factory=list)
    indexes: list[str] = field(default_factory=list)
    assigning: bool = False

    def __bool__(self) -> bool:
        return bool(self.groups or self.indexes or self.assigning)


@transaction.atomic
def review_adopt(*, dry_run: bool = False) -> ReviewAdoption:
    """Have a site that was set up before there were reviews publish translations by review alone.

    Where the home page of a locale follows a review, its translators lose the right to publish, and its news follows
    the review instead of the moderation of news. Moderators may assign translations. What is under moderation ends as
    it began. A second call changes nothing.
    """
    done = ReviewAdoption()
    homes = HomePage.objects.exclude(locale__language_code=settings.DIWAN_SOURCE_LOCALE).select_related("locale")
    for home in homes.order_by("locale__language_code"):
        if not WorkflowPage.objects.filter(
            page=home, workflow__active=True, workflow__workflow_tasks__task__in=TranslationReviewTask.objects.all()
        ).exists():
            continue
        name = translators_group_name(home.locale.language_code)
        rights = GroupPagePermission.objects.filter(
            group__name=name,
            permission__codename="publish_page",
            permission__content_type__app_label="wagtailcore",
        )
        if rights.exists():
            done.groups.append(name)
        followed = WorkflowPage.objects.filter(
            page__in=NewsIndexPage.objects.filter(locale=home.locale).values("pk"),
            workflow__name__in=[texts.workflow for texts in setup_texts_all()],
        )
        done.indexes += sorted(followed.values_list("page__url_path", flat=True))
        if not dry_run:
            rights.delete()
            followed.delete()
    moderators = Group.objects.filter(name=MODERATORS).first()
    assign = Permission.objects.filter(content_type__app_label="translations", codename__in=ASSIGNING)
    if moderators and assign.exclude(group=moderators).exists():
        done.assigning = True
        if not dry_run:
            moderators.permissions.add(*assign)
    return done
