"""What events and agreements are: the values that are stored, and their names."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    """What happened."""

    RELATIONS_ESTABLISHED = "relations_established", _("Relations established")
    RELATIONS_SUSPENDED = "relations_suspended", _("Relations suspended")
    RELATIONS_RESTORED = "relations_restored", _("Relations restored")
    RECOGNITION_GIVEN = "recognition_given", _("Recognition given")
    RECOGNITION_WITHDRAWN = "recognition_withdrawn", _("Recognition withdrawn")
    VISIT = "visit", _("Visit")
    SUMMIT = "summit", _("Summit")
    JOINT_COMMISSION = "joint_commission", _("Session of a joint commission")
    CONSULTATIONS = "consultations", _("Political consultations")
    OPERATION = "operation", _("Peace operation")
    OTHER = "other", pgettext_lazy("event", "Other")


class VisitDirection(models.TextChoices):
    """Who went to whom."""

    OUTGOING = "outgoing", _("From us to them")
    INCOMING = "incoming", _("From them to us")


class AgreementKind(models.TextChoices):
    """What an instrument is called."""

    TREATY = "treaty", _("Treaty")
    CONVENTION = "convention", _("Convention")
    AGREEMENT = "agreement", _("Agreement")
    PROTOCOL = "protocol", _("Protocol")
    MEMORANDUM = "memorandum", _("Memorandum of understanding")
    EXCHANGE_OF_LETTERS = "exchange_of_letters", _("Exchange of letters")
    DECLARATION = "declaration", _("Declaration")


class AgreementField(models.TextChoices):
    """What an agreement is about."""

    POLITICAL = "political", pgettext_lazy("agreement", "Political relations")
    ECONOMIC = "economic", pgettext_lazy("agreement", "Economy and finance")
    TRADE = "trade", pgettext_lazy("agreement", "Trade")
    INVESTMENT = "investment", pgettext_lazy("agreement", "Investment")
    TAXATION = "taxation", pgettext_lazy("agreement", "Taxation")
    TRANSPORT = "transport", pgettext_lazy("agreement", "Transport")
    FISHERIES = "fisheries", pgettext_lazy("agreement", "Fisheries")
    AGRICULTURE = "agriculture", pgettext_lazy("agreement", "Agriculture")
    ENERGY = "energy", pgettext_lazy("agreement", "Energy")
    ENVIRONMENT = "environment", pgettext_lazy("agreement", "Environment")
    CULTURE = "culture", pgettext_lazy("agreement", "Culture")
    EDUCATION = "education", pgettext_lazy("agreement", "Education and science")
    HEALTH = "health", pgettext_lazy("agreement", "Health")
    LABOUR = "labour", pgettext_lazy("agreement", "Labour and social security")
    JUSTICE = "justice", pgettext_lazy("agreement", "Justice")
    SECURITY = "security", pgettext_lazy("agreement", "Security and defence")
    VISAS = "visas", pgettext_lazy("agreement", "Visas and movement of persons")
    TOURISM = "tourism", pgettext_lazy("agreement", "Tourism")
    OTHER = "other", pgettext_lazy("agreement", "Other")


class AgreementStageKind(models.TextChoices):
    """What becomes of an agreement, in the order in which it does."""

    NEGOTIATED = "negotiated", pgettext_lazy("agreement", "Negotiated")
    SIGNED = "signed", pgettext_lazy("agreement", "Signed")
    RATIFIED = "ratified", pgettext_lazy("agreement", "Ratified")
    IN_FORCE = "in_force", pgettext_lazy("agreement", "In force")
    PUBLISHED = "published", pgettext_lazy("agreement", "Published")
    AMENDED = "amended", pgettext_lazy("agreement", "Amended")
    SUSPENDED = "suspended", pgettext_lazy("agreement", "Suspended")
    TERMINATED = "terminated", pgettext_lazy("agreement", "Terminated")


class AgreementLinkKind(models.TextChoices):
    """What one instrument does to another."""

    AMENDS = "amends", _("Amends")
    REPLACES = "replaces", _("Replaces")
    IMPLEMENTS = "implements", _("Implements")
