"""What missions, organisations and offices are: the values that are stored, and their names."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MissionDirection(models.TextChoices):
    """Whose mission it is."""

    ABROAD = "abroad", _("Ours, abroad")
    HERE = "here", _("Of others, here")


class MissionKind(models.TextChoices):
    """What a mission is, by the Vienna Conventions of 1961 and 1963 and usage."""

    EMBASSY = "embassy", _("Embassy")
    CONSULATE_GENERAL = "consulate_general", _("Consulate general")
    CONSULATE = "consulate", _("Consulate")
    VICE_CONSULATE = "vice_consulate", _("Vice-consulate")
    HONORARY_CONSULATE = "honorary_consulate", _("Honorary consulate")
    PERMANENT_MISSION = "permanent_mission", _("Permanent mission")
    REPRESENTATION = "representation", _("Permanent representation")
    LIAISON_OFFICE = "liaison_office", _("Liaison office")
    CULTURAL_CENTRE = "cultural_centre", _("Cultural centre")


class MissionStatus(models.TextChoices):
    """Whether a mission is at work."""

    OPEN = "open", pgettext_lazy("mission", "Open")
    SUSPENDED = "suspended", pgettext_lazy("mission", "Suspended")
    CLOSED = "closed", pgettext_lazy("mission", "Closed")
    RELOCATED = "relocated", pgettext_lazy("mission", "Relocated")


class ServiceKind(models.TextChoices):
    """What a mission does for people."""

    PASSPORTS = "passports", _("Passports")
    VISAS = "visas", _("Visas")
    CIVIL_STATUS = "civil_status", _("Civil status")
    NOTARIAL = "notarial", _("Notarial acts")
    LEGALISATION = "legalisation", _("Legalisation")
    ASSISTANCE = "assistance", _("Consular assistance")


class ContactKind(models.TextChoices):
    """By which means a mission is reached."""

    PHONE = "phone", _("Telephone")
    FAX = "fax", _("Fax")
    EMAIL = "email", _("E-mail")
    WEBSITE = "website", _("Website")
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    LINKEDIN = "linkedin", "LinkedIn"
    X = "x", "X"
    YOUTUBE = "youtube", "YouTube"


class ContactPurpose(models.TextChoices):
    """What for."""

    GENERAL = "general", pgettext_lazy("contact", "General")
    EMERGENCY = "emergency", pgettext_lazy("contact", "Emergencies")
    CONSULAR = "consular", pgettext_lazy("contact", "Consular affairs")
    VISAS = "visas", pgettext_lazy("contact", "Visas")
    PRESS = "press", pgettext_lazy("contact", "Press")
    CULTURE = "culture", pgettext_lazy("contact", "Culture")
    TRADE = "trade", pgettext_lazy("contact", "Trade")


class Weekday(models.IntegerChoices):
    """Days of the week, by ISO 8601."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class ClosureKind(models.TextChoices):
    """Why a mission is closed on a day on which it would be open."""

    PUBLIC_HOLIDAY = "public_holiday", _("Public holiday")
    EXCEPTIONAL = "exceptional", _("Exceptional closure")


class PostKind(models.TextChoices):
    """What somebody is at a mission."""

    AMBASSADOR = "ambassador", _("Ambassador")
    PERMANENT_REPRESENTATIVE = "permanent_representative", _("Permanent representative")
    CHARGE_D_AFFAIRES = "charge_d_affaires", _("Chargé d’affaires")
    CONSUL_GENERAL = "consul_general", _("Consul general")
    CONSUL = "consul", _("Consul")
    VICE_CONSUL = "vice_consul", _("Vice-consul")
    HONORARY_CONSUL = "honorary_consul", _("Honorary consul")
    HEAD_OF_OFFICE = "head_of_office", _("Head of office")
    DIRECTOR = "director", _("Director")
    DEPUTY_HEAD = "deputy_head", _("Deputy head of mission")
    MINISTER_COUNSELLOR = "minister_counsellor", _("Minister-counsellor")
    COUNSELLOR = "counsellor", _("Counsellor")
    SECRETARY = "secretary", _("Secretary")
    ATTACHE = "attache", _("Attaché")


# Posts whose holder heads the mission, highest first: a chargé d'affaires only while there is no ambassador.
HEAD_POSTS: tuple[PostKind, ...] = (
    PostKind.AMBASSADOR,
    PostKind.PERMANENT_REPRESENTATIVE,
    PostKind.CONSUL_GENERAL,
    PostKind.CONSUL,
    PostKind.VICE_CONSUL,
    PostKind.HONORARY_CONSUL,
    PostKind.HEAD_OF_OFFICE,
    PostKind.DIRECTOR,
    PostKind.CHARGE_D_AFFAIRES,
)


class OrganisationKind(models.TextChoices):
    """How far an organisation reaches."""

    UNIVERSAL = "universal", pgettext_lazy("organisation", "Universal")
    REGIONAL = "regional", pgettext_lazy("organisation", "Regional")
    SUB_REGIONAL = "sub_regional", pgettext_lazy("organisation", "Sub-regional")
    INTERREGIONAL = "interregional", pgettext_lazy("organisation", "Interregional")


class Standing(models.TextChoices):
    """What a state, ours or another, is to an organisation."""

    MEMBER = "member", pgettext_lazy("standing", "Member")
    OBSERVER = "observer", pgettext_lazy("standing", "Observer")
    ASSOCIATE = "associate", pgettext_lazy("standing", "Associate")
    PARTNER = "partner", pgettext_lazy("standing", "Partner")


class OfficeKind(models.TextChoices):
    """What somebody is elsewhere than at a mission."""

    HEAD_OF_STATE = "head_of_state", _("Head of state")
    HEAD_OF_GOVERNMENT = "head_of_government", _("Head of government")
    FOREIGN_MINISTER = "foreign_minister", _("Minister of foreign affairs")
    MINISTER = "minister", _("Minister")
    MINISTER_DELEGATE = "minister_delegate", _("Minister delegate")
    STATE_SECRETARY = "state_secretary", _("Secretary of state")
    SECRETARY_GENERAL = "secretary_general", _("Secretary general")
    AMBASSADOR = "ambassador", _("Ambassador")
    ENVOY = "envoy", _("Special envoy")
    PARLIAMENTARIAN = "parliamentarian", _("Member of parliament")
    OFFICER = "officer", _("Officer of the armed forces")
    OTHER = "other", pgettext_lazy("office", "Other")
