"""Whether two answers say the same, value by value."""

from collections.abc import Collection
from typing import Any

import orjson

_SHOWN = 200


def differences(expected: Any, found: Any, *, unordered: Collection[str] = (), place: str = "") -> list[str]:
    """Where ``found`` differs from ``expected``, a line for each place; nothing when they say the same.

    ``unordered`` names lists whose order is left to who answers, as ``continent.countries.nodes``; what is in them must
    be the same all the same.
    """
    if isinstance(expected, dict) and isinstance(found, dict):
        lines = []
        for key in sorted({*expected, *found}):
            inner = f"{place}.{key}".lstrip(".")
            if key not in expected or key not in found:
                lines.append(f"{inner}: {'not asked for' if key not in expected else 'missing'}")
            else:
                lines += differences(expected[key], found[key], unordered=unordered, place=inner)
        return lines
    if isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            return [f"{place}: {len(expected)} items expected, {len(found)} found"]
        if place in unordered:
            expected, found = (sorted(each, key=_written) for each in (expected, found))
        lines = []
        for one, other in zip(expected, found, strict=True):
            # The place of a list's items is the list's: what holds for one item holds for all.
            lines += differences(one, other, unordered=unordered, place=place)
        return lines
    # No `==` between the types of JSON: it takes True for 1.
    if type(expected) is not type(found) or expected != found:
        return [f"{place}: {_written(expected)[:_SHOWN]} expected, {_written(found)[:_SHOWN]} found"]
    return []


def strangers(allowed: list[Any], found: list[Any]) -> list[str]:
    """Items of ``found`` that are not among ``allowed``, or that come twice, a line for each."""
    known = {_written(item) for item in allowed}
    lines, seen = [], set()
    for item in found:
        written = _written(item)
        if written not in known or written in seen:
            lines.append(f"{written[:_SHOWN]}: {'twice' if written in seen else 'does not belong'}")
        seen.add(written)
    return lines


def _written(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
