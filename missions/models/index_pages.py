"""The pages that hold missions, organisations and people, one of each for each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.models import IndexPage


class MissionIndexPage(IndexPage):
    """Holds the diplomatic and consular missions, ours abroad and those of others here."""

    subpage_types = ["missions.MissionPage"]

    class Meta:
        verbose_name = _("directory of missions")
        verbose_name_plural = _("directories of missions")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="missions_mission_index_per_locale")]


class OrganisationIndexPage(IndexPage):
    """Holds the international organisations."""

    subpage_types = ["missions.OrganisationPage"]

    class Meta:
        verbose_name = _("list of organisations")
        verbose_name_plural = _("lists of organisations")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="missions_organisation_index_per_locale")]


class PersonIndexPage(IndexPage):
    """Holds the people who hold, or held, an office."""

    subpage_types = ["missions.PersonPage"]

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="missions_person_index_per_locale")]
