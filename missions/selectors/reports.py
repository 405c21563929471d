"""What the admin's reports on missions and people find: what is missing, and what should have ended."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from home.selectors.locales import locale_source
from missions.models import MissionAppointment, MissionOpening, MissionPage, PersonOffice
from missions.models.choices import HEAD_POSTS, MissionStatus
from missions.selectors.listings import heads

HOURS, PLACE, HEAD = "hours", "place", "head"


def missions_incomplete(*, day: date) -> QuerySet[MissionPage]:
    """The source pages of missions at work that lack opening hours, coordinates or a head on ``day``.

    ``has_hours``, ``has_place`` and ``has_head`` say what each has.
    """
    pages = MissionPage.objects.filter(locale_code=locale_source()).exclude(
        # A closure that is announced leaves it at work until then, and a suspension is over after its last day.
        Q(status_since__isnull=True) | Q(status_since__lte=day),
        Q(status_until__isnull=True) | Q(status_until__gte=day),
        status__in=[MissionStatus.CLOSED, MissionStatus.SUSPENDED],
    )
    rows = pages.annotate(
        has_hours=Exists(MissionOpening.objects.filter(page=OuterRef("pk"))),
        has_place=Q(latitude__isnull=False, longitude__isnull=False),
        has_head=Exists(heads(day=day).filter(page=OuterRef("pk"))),
    )
    return rows.exclude(has_hours=True, has_place=True, has_head=True)


def lacking(pages: QuerySet[MissionPage], what: str) -> QuerySet[MissionPage]:
    """Those of ``missions_incomplete`` that lack one thing."""
    return pages.filter(**{f"has_{what}": False})


def appointments_without_end(*, day: date) -> QuerySet[MissionAppointment]:
    """The appointments, of source pages, that have begun and have no end; ``is_succeeded``: somebody came after.

    Whoever heads a mission is succeeded by the next on that post; on others several serve at once, and nobody is.
    """
    later = MissionAppointment.objects.filter(
        page=OuterRef("page"), post=OuterRef("post"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=day
    ).exclude(person=OuterRef("person"))
    return (
        MissionAppointment.objects.filter(page__locale_code=locale_source(), ends_on=None)
        .filter(Q(starts_on=None) | Q(starts_on__lte=day))
        .annotate(is_succeeded=Exists(later.filter(post__in=[post.value for post in HEAD_POSTS])))
        .select_related("page", "person")
        .defer("page__body", "person__body")
        .order_by("-is_succeeded", F("starts_on").asc(nulls_first=True), "pk")
    )


def offices_without_end(*, day: date) -> QuerySet[PersonOffice]:
    """The offices, of source pages, that have begun and have no end; ``is_succeeded``: somebody else holds it since.

    The same office is that of the same kind and title, of the same country or organisation.
    """
    later = PersonOffice.objects.filter(
        page__locale_code=locale_source(),
        kind=OuterRef("kind"),
        title=OuterRef("title"),
        starts_on__gt=OuterRef("starts_on"),
        starts_on__lte=day,
    ).exclude(page=OuterRef("page"))
    same = [
        Q(Exists(later.filter(country=OuterRef("country")))),
        Q(Exists(later.filter(organisation=OuterRef("organisation")))),
        Q(Exists(later.filter(country=None, organisation=None)), country=None, organisation=None),
    ]
    return (
        PersonOffice.objects.filter(page__locale_code=locale_source(), ends_on=None)
        .filter(Q(starts_on=None) | Q(starts_on__lte=day))
        .annotate(is_succeeded=same[0] | same[1] | same[2])
        .select_related("page", "country", "organisation")
        .defer("page__body", "country__body", "organisation__body")
        .order_by("-is_succeeded", F("starts_on").asc(nulls_first=True), "pk")
    )
