"""Enums of the schema that are made of the choices of models, and the names of their values in a reader's language."""

from functools import lru_cache
from typing import Any

import graphene
from django.db.models import Choices
from django.utils import translation


@lru_cache(maxsize=4096)
def label_of(kind: type[Choices], value: Any, locale: str) -> str:
    """The name of a stored value in a language; the value itself where it is none of the choices."""
    with translation.override(locale):
        return str(kind(value).label) if value in kind.values else str(value)


def enum_of(kind: type[Choices], description: str) -> Any:
    """The enum of a model's choices, under their own name; values are described by their English names."""
    return graphene.Enum.from_enum(
        kind,
        name=kind.__name__,
        description=lambda value: f"{label_of(kind, value.value, 'en')}." if value else description,
    )
