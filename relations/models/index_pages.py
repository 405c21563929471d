"""The pages that hold events and agreements, one of each for each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.models import IndexPage


class EventIndexPage(IndexPage):
    """Holds what happened between us and others: visits, summits, recognitions …"""

    subpage_types = ["relations.EventPage"]

    class Meta:
        verbose_name = _("bilateral record")
        verbose_name_plural = _("bilateral records")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="relations_event_index_per_locale")]


class AgreementIndexPage(IndexPage):
    """Holds the register of agreements."""

    subpage_types = ["relations.AgreementPage"]

    class Meta:
        verbose_name = _("register of agreements")
        verbose_name_plural = _("registers of agreements")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="relations_agreement_index_per_locale")]
