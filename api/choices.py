"""Enums of the schema that are made of the choices of models, and the names of their values in a reader's language."""

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import Any

import graphene
from django.db.models import Choices
from django.utils import translation


def choice_enum(name: str, choices: type[Choices] | Iterable[Any], description: str) -> Any:
    """The enum ``name`` with a value for each of ``choices``, called like its member; values are what is stored."""
    members = list(choices)
    labels = {str(member.value): _english(member.label) for member in members}
    values: Any = Enum(f"{name}Value", {member.name: str(member.value) for member in members})  # type: ignore[misc] # members are those of the choices
    return graphene.Enum.from_enum(
        values, name=name, description=lambda value: labels[value.value] + "." if value else description
    )


def _english(label: Any) -> str:
    with translation.override(None):
        return str(label)


@lru_cache(maxsize=4096)
def choice_label(choices: type[Choices], value: str, language_code: str) -> str:
    """The name of a stored value in a language; the value itself where it is none of the choices."""
    with translation.override(language_code):
        return str(choices(value).label) if value in choices.values else value
