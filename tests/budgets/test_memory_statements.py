"""What the memory costs: a page of texts asks as many questions as one text, storing many at once costs what one costs.

And what the limits to that cost must not hide.
"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from translations.models import MemoryUnit
from translations.selectors.memory import match_list, matches_for
from translations.services.memory import MemoryText, memory_store

pytestmark = pytest.mark.django_db

_PLACES = ["Brasilia", "Caracas", "Dakar", "Lima", "Panama", "Quito"]


def text(number: int) -> str:
    return f"Accord de pêche numéro {number} signé à {_PLACES[number % 6]} entre les ministres"


@pytest.fixture
def pair(site_tree: Any) -> dict[str, Locale]:
    return {
        "source_locale": Locale.objects.get(language_code="fr"),
        "target_locale": Locale.objects.get(language_code="es"),
    }


def units(pair: dict[str, Locale], numbers: range) -> list[MemoryText]:
    return [
        MemoryText(
            source_locale=pair["source_locale"].pk,
            target_locale=pair["target_locale"].pk,
            source=text(number),
            target=f"Acuerdo {number}",
            origin=MemoryUnit.Origin.TRANSLATION,
        )
        for number in numbers
    ]


def test_statements_of_a_page(pair: dict[str, Locale]) -> None:
    memory_store(texts=units(pair, range(300)))
    counts = {}
    for size in (1, 60):
        # Half of them the same, half of them alike.
        asked = [text(number) if number % 2 else f"{text(number)} hier" for number in range(1, size + 1)]
        with CaptureQueriesContext(connection) as captured:
            found = matches_for(texts=asked, limit=3, **pair)
        counts[size] = len(captured)
        assert all(85 <= found[one][0].score < 100 for one in asked if one.endswith("hier"))
        assert all(found[one][0].score == 100 for one in asked if not one.endswith("hier"))
    assert counts == {1: 4, 60: 4}


def test_statements_of_storing(pair: dict[str, Locale]) -> None:
    counts = {}
    for start, size in ((0, 1), (1, 30)):
        with CaptureQueriesContext(connection) as captured:
            memory_store(texts=units(pair, range(start, start + size)))
        with CaptureQueriesContext(connection) as again:
            memory_store(texts=units(pair, range(start, start + size)))
        counts[size] = (len(captured), len(again))
    assert counts[1] == counts[30]
    assert MemoryUnit.objects.count() == 31


def test_what_is_known_in_one_language_does_not_hide_what_is_known_in_another(pair: Any) -> None:
    """Of a word the latest units alone are looked at: those between the two languages."""
    arabic = Locale.objects.get(language_code="ar")

    def known(target: Locale, source: str, translation: str) -> MemoryText:
        return MemoryText(pair["source_locale"].pk, target.pk, source, translation, MemoryUnit.Origin.IMPORT)

    memory_store(texts=[known(arabic, "Le ministre signe un accord.", "اتفاق")])
    spanish = (known(pair["target_locale"], f"Le ministre signe un accord {n}.", f"Acuerdo {n}") for n in range(310))
    memory_store(texts=spanish)
    found = match_list(text="Le ministre signe un accord !", source_locale=pair["source_locale"], target_locale=arabic)
    assert [match.target for match in found] == ["اتفاق"]
