"""What the admin's reports on agreements find."""

from datetime import date

from django.db.models import Exists, QuerySet

from home.selectors.locales import locale_source
from relations.models import AgreementPage
from relations.models.choices import AgreementStageKind
from relations.selectors.listings import beyond_signature
from relations.selectors.stages import first_date_subquery


def agreements_not_ratified(*, day: date) -> QuerySet[AgreementPage]:
    """The source pages of agreements that were signed by ``day`` and neither ratified nor in force nor ended since.

    ``signed_on`` is the day of the first signature; the oldest comes first.
    """
    pages = AgreementPage.objects.filter(locale_code=locale_source()).annotate(
        signed_on=first_date_subquery(AgreementStageKind.SIGNED)
    )
    waiting = pages.filter(~Exists(beyond_signature()), signed_on__lte=day)
    return waiting.order_by("signed_on", "pk")
