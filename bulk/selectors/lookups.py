"""What cells name other entries by: countries, organisations, people, agreements. Read once, whatever the rows."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from bulk.columns.grammar import CellError
from home.language.folding import fold
from missions.models import OrganisationPage, PersonPage
from regions.geography import country_entries, territory_name_or_none
from regions.models import ContinentPage, CountryPage
from relations.models import AgreementPage


class Names:
    """Things by what they are called, and what they are written as by the id of their page in any language."""

    def __init__(self, unknown: Any) -> None:
        self._unknown = unknown
        self._exact: dict[str, Any] = {}
        self._folded: dict[str, set[Any]] = defaultdict(set)
        self._codes: dict[int, str] = {}

    def add(self, target: Any, *, code: str, names: Iterable[str] = (), ids: Iterable[int] = ()) -> None:
        """Let ``target``, the id of a page, be found by its code, and by names in any spelling."""
        self._exact[code.casefold()] = target
        for name in names:
            if name:
                self._folded[fold(name)].add(target)
        self._codes.update(dict.fromkeys(ids, code))

    def find(self, text: str) -> Any | None:
        """The thing, or None where nothing is called so. Raise CellError where several are."""
        exact = self._exact.get(text.casefold())
        if exact is not None:
            return exact
        found = self._folded.get(fold(text), set())
        if len(found) > 1:
            raise CellError(_("“%(name)s” may mean several; give the code or key.") % {"name": text[:60]})
        return next(iter(found), None)

    def get(self, text: str) -> Any:
        """As ``find``; raise CellError where nothing is called so."""
        found = self.find(text)
        if found is None:
            raise CellError(str(self._unknown) % {"name": text[:60]})
        return found

    def is_known(self, text: str) -> bool:
        """Whether one thing or several are called so."""
        return text.casefold() in self._exact or bool(self._folded.get(fold(text)))

    def code(self, page_id: int | None) -> str:
        """What the page with this id is written as; empty for none."""
        return "" if page_id is None else self._codes.get(page_id, "")


class Lookups:
    """All that cells may name. Made for one import or export: seven statements."""

    def __init__(self) -> None:
        source = settings.DIWAN_SOURCE_LOCALE
        self.countries = _coded(CountryPage, source, _("“%(name)s” is no country of this site."), alpha3=True)
        _countries_of_cldr(self.countries)
        self.continents = _coded(ContinentPage, source, _("“%(name)s” is no continent of this site."))
        self.organisations = _keyed(
            OrganisationPage, source, _("“%(name)s” is no organisation of this site."), "acronym", "formal_name"
        )
        self.people = _keyed(PersonPage, source, _("There is no entry of “%(name)s”."))
        self.agreements = _keyed(AgreementPage, source, _("There is no agreement “%(name)s”."))


def _keyed(model: Any, source: str, unknown: str, *names: str) -> Names:
    found = Names(unknown)
    rows = model.objects.order_by("pk").values_list(
        "pk", "translation_key", "locale_code", "record_key", "title", *names
    )
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row[1]].append(row)
    for group in groups.values():
        target = next((row for row in group if row[2] == source), None)
        if target is not None:
            found.add(
                target[0],
                code=target[3] or str(target[0]),
                names={name for row in group for name in row[4:]},
                ids=[row[0] for row in group],
            )
    return found


def _coded(model: Any, source: str, unknown: str, *, alpha3: bool = False) -> Names:
    found = Names(unknown)
    columns = ("pk", "code", "locale_code", "title", *(("alpha3",) if alpha3 else ()))
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in model.objects.order_by("pk").values_list(*columns):
        groups[row[1]].append(row)
    for code, group in groups.items():
        target = next((row for row in group if row[2] == source), None)
        if target is not None:
            names = {row[3] for row in group} | {row[4] for row in group if alpha3}
            found.add(target[0], code=code, names=names, ids=[row[0] for row in group])
    return found


def _countries_of_cldr(names: Names) -> None:
    """Let countries be found by their names in English too, and by CLDR's where a page has another title."""
    languages = dict.fromkeys(("en", *dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES), *dict(settings.LANGUAGES)))
    for entry in country_entries():
        target = names.find(entry.alpha2)
        if target is None:
            continue
        called = {territory_name_or_none(entry.alpha2, language_code=code) or "" for code in languages}
        names.add(target, code=entry.alpha2, names=called)
