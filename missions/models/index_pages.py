"""The pages that hold missions, organisations and people, one of each for each language."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from home.models import IndexPage


class MissionIndexPage(IndexPage):
    """Holds the diplomatic and consular missions, ours abroad and those of others here."""

    subpage_types = ["missions.MissionPage"]

    class Meta:
        verbose_name = _("directory of missions")
        verbose_name_plural = _("directories of missions")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="missions_mission_index_per_locale")]

    def get_face_list(self, *, gate: Any) -> QuerySet[Any]:
        from missions.selectors.plain_face import mission_list

        return mission_list(locale=self.locale, gate=gate)

    def get_face(self, *, shown: list[Any], gate: Any) -> dict[str, Any]:
        from missions.selectors.plain_face import mission_groups

        return {"groups": mission_groups(sources=shown, locale=self.locale, gate=gate)}


class _NamesPage(IndexPage):
    """Abstract: lists its records by name."""

    class Meta:
        abstract = True

    def get_face_list(self, *, gate: Any) -> QuerySet[Any]:
        from home.selectors.record_face import by_shown_title, record_list_of_locale

        [model] = self.allowed_subpage_models()
        listed = record_list_of_locale(model=model, locale=self.locale, gate=gate)
        return by_shown_title(listed, locale=self.locale, gate=gate)

    def get_face(self, *, shown: list[Any], gate: Any) -> dict[str, Any]:
        from home.selectors.record_face import records_of_sources

        return {"records": records_of_sources(sources=shown, locale=self.locale, gate=gate)}


class OrganisationIndexPage(_NamesPage):
    """Holds the international organisations."""

    subpage_types = ["missions.OrganisationPage"]

    class Meta:
        verbose_name = _("list of organisations")
        verbose_name_plural = _("lists of organisations")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="missions_organisation_index_per_locale")]


class PersonIndexPage(_NamesPage):
    """Holds the people who hold, or held, an office."""

    subpage_types = ["missions.PersonPage"]

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="missions_person_index_per_locale")]
