"""The pages that hold events and agreements, one of each for each language."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from home.models import IndexPage


class EventIndexPage(IndexPage):
    """Holds what happened between us and others: visits, summits, recognitions …"""

    subpage_types = ["relations.EventPage"]

    class Meta:
        verbose_name = _("bilateral record")
        verbose_name_plural = _("bilateral records")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="relations_event_index_per_locale")]

    def get_face_list(self, *, gate: Any) -> QuerySet[Any]:
        from relations.selectors.plain_face import event_list

        return event_list(locale=self.locale, gate=gate)

    def get_face(self, *, shown: list[Any], gate: Any) -> dict[str, Any]:
        from home.selectors.record_face import records_of_sources

        return {"records": records_of_sources(sources=shown, locale=self.locale, gate=gate)}


class AgreementIndexPage(IndexPage):
    """Holds the register of agreements."""

    subpage_types = ["relations.AgreementPage"]

    class Meta:
        verbose_name = _("register of agreements")
        verbose_name_plural = _("registers of agreements")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="relations_agreement_index_per_locale")]

    def get_face_list(self, *, gate: Any) -> QuerySet[Any]:
        from relations.selectors.plain_face import agreement_list

        return agreement_list(locale=self.locale, gate=gate)

    def get_face(self, *, shown: list[Any], gate: Any) -> dict[str, Any]:
        from relations.selectors.plain_face import agreements_shown

        return {"agreements": agreements_shown(sources=shown, locale=self.locale, gate=gate)}
