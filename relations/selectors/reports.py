"""What the admin's reports on agreements find."""

from datetime import date

from django.db.models import Exists, QuerySet

from home.selectors.locales import locale_source
from relations.models import AgreementPage
from relations.selectors.listings import beyond_signature, signed_on


def agreements_not_ratified(*, day: date) -> QuerySet[AgreementPage]:
    """The source pages of agreements that were signed by ``day`` and neither ratified nor in force nor ended since.

    ``signed_on`` is the day of the first signature; the oldest comes first.
    """
    pages = AgreementPage.objects.filter(locale_code=locale_source()).annotate(signed_on=signed_on())
    waiting = pages.filter(~Exists(beyond_signature()), signed_on__lte=day)
    return waiting.order_by("signed_on", "pk")
