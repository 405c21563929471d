"""Who may change which terms, and the terms of a pair of languages."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Locale
from wagtail.permission_policies import ModelPermissionPolicy

from home.selectors.permissions import locale_list_permitted
from translations.exchange.tbx import TbxTerm
from translations.models import GlossaryTerm


class GlossaryPermissionPolicy(ModelPermissionPolicy):
    """The rights on the model, for terms into a language that the user works in."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: GlossaryTerm) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: GlossaryTerm) -> bool:
        actions = list(actions)
        if not self.user_has_any_permission(user, actions):
            return False
        reads = "view" in actions and self.user_has_permission(user, "view")
        return reads or instance.target_locale_id in {locale.pk for locale in locale_list_permitted(user)}


def term_is_changeable(user: Any, *actions: str) -> bool:
    """May ``user`` change terms at all, of the languages that she works in?"""
    policy = GlossaryPermissionPolicy(GlossaryTerm)
    return all(policy.user_has_permission(user, action) for action in actions)


def glossary_list(
    *, source_locale: Locale | None = None, target_locale: Locale | None = None
) -> QuerySet[GlossaryTerm]:
    """The terms of a pair of languages, or of all; sorted so that TBX makes one concept of one term."""
    terms = GlossaryTerm.objects.select_related("source_locale", "target_locale")
    if source_locale is not None:
        terms = terms.filter(source_locale=source_locale)
    if target_locale is not None:
        terms = terms.filter(target_locale=target_locale)
    return terms.order_by(
        "source_locale__language_code", "source_term", "kind", "match_case", "target_locale__language_code"
    )


def exchange_terms(terms: Iterable[GlossaryTerm]) -> Iterator[TbxTerm]:
    """The terms as files hold them."""
    for term in terms:
        yield TbxTerm(
            source_language=term.source_locale.language_code,
            target_language=term.target_locale.language_code,
            source_term=term.source_term,
            target_term=term.target_term,
            forbidden=tuple(term.forbidden_list()),
            kind=term.kind,
            match_case=term.match_case,
            note=term.note,
        )
