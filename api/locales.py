"""The language arguments and types: ``LocaleCode``, ``TextDirection``, ``Locale``, and the scope they give."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.scope import Scope
from home.selectors.locales import locale_chain, locale_codes, locale_direction, locale_name, locale_source


def _member(code: str) -> str:
    return code.upper().replace("-", "_")


# mypy wants members it can read; these are in the settings.
LocaleCodeValue = Enum("LocaleCodeValue", {_member(code): code for code in locale_codes()})  # type: ignore[misc]
TextDirectionValue = Enum("TextDirectionValue", {"LTR": "ltr", "RTL": "rtl"})

LocaleCode = graphene.Enum.from_enum(
    LocaleCodeValue,
    name="LocaleCode",
    description=lambda value: locale_name(value.value) if value else "A language of the content.",
)
TextDirection = graphene.Enum.from_enum(
    TextDirectionValue,
    name="TextDirection",
    description=lambda value: (
        {"ltr": "Left to right.", "rtl": "Right to left."}[value.value] if value else "Which way a language is written."
    ),
)


def scope_arguments() -> dict[str, graphene.Argument]:
    """The arguments ``locale`` and ``fallback`` of a root field; ``scope_from`` reads them."""
    return {
        "locale": graphene.Argument(
            LocaleCode,
            description="The language of the reader; everything below the field is answered in it. "
            "Omitted: the source language.",
        ),
        "fallback": graphene.List(
            graphene.NonNull(LocaleCode),
            description="The languages tried, in order, where a translation is missing. "
            "Omitted: the chain that `locales` shows. An empty list refuses every other language.",
        ),
    }


def scope_from(locale: Enum | None = None, fallback: Sequence[Enum] | None = None) -> Scope:
    """The scope of a root field's arguments."""
    code = locale_source() if locale is None else locale.value
    rest = None if fallback is None else [member.value for member in fallback]
    return scope_of(code, rest)


def scope_of(code: str, fallback: Sequence[str] | None = None) -> Scope:
    """The scope of a language code, with the chain of the settings unless ``fallback`` replaces it."""
    return Scope(locale=code, chain=locale_chain(locale=code, fallback=fallback))


class Locale(graphene.ObjectType):
    """A language that content is published in."""

    code = graphene.NonNull(LocaleCode, description="The value for `locale` arguments.")
    hreflang = graphene.NonNull(graphene.String, description="The BCP 47 tag, for `lang` and `hreflang` attributes.")
    name = graphene.NonNull(graphene.String, description="The name of the language, in that language.")
    direction = graphene.NonNull(TextDirection, description="Which way the language is written.")
    is_default = graphene.NonNull(graphene.Boolean, description="Whether an omitted `locale` means this language.")
    fallback = graphene.NonNull(
        graphene.List(graphene.NonNull(LocaleCode)),
        description="The languages tried, in order, where a translation into this one is missing.",
    )


class LocalesQuery:
    """The root field ``locales``."""

    locales = graphene.NonNull(
        graphene.List(graphene.NonNull(Locale)), description="The languages of the content, the source language first."
    )

    def resolve_locales(self, info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        source = locale_source()
        return [
            {
                "code": code,
                "hreflang": code,
                "name": locale_name(code),
                "direction": locale_direction(code),
                "is_default": code == source,
                "fallback": list(locale_chain(locale=code)[1:]),
            }
            for code in sorted(locale_codes(), key=lambda code: code != source)
        ]
