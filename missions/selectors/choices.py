"""What editors choose from in filters: organisations, in the language of the interface."""

from wagtail.models import Locale

from home.language.collation import collation_key
from home.selectors.locales import locale_source
from home.selectors.record_names import Names
from missions.models import OrganisationPage


def organisation_choices(*, locale: Locale) -> list[tuple[int, str]]:
    """The id of the source page and the name of each organisation, sorted. One statement."""
    rows = list(OrganisationPage.objects.order_by().values_list("pk", "translation_key", "locale_code", "draft_title"))
    names = Names((key, code, title) for _pk, key, code, title in rows)
    choices = [(pk, names.of(key, locale.language_code)) for pk, key, code, _title in rows if code == locale_source()]
    return sorted(choices, key=lambda choice: collation_key(choice[1], locale.language_code))
