"""Quality checks of a translated text beside its source: pure functions of text, without a database.

``check`` runs them all. What each finds is told in the active language; how serious it is says the setting
``DIWAN_TRANSLATION_CHECKS``.
"""

from translations.checks.all import check
from translations.checks.finding import Check, Finding, Level
from translations.checks.pair import Pair
from translations.checks.terms import Term, Terms

__all__ = ["Check", "Finding", "Level", "Pair", "Term", "Terms", "check"]
