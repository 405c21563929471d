"""The news of organisations."""

from collections.abc import Sequence

from django.db.models import F

from home.selectors.prepared import KEY, Statement, any_of, compiled
from home.selectors.visibility import Conditions
from missions.models import NewsOrganisationLink
from regions.selectors.news_of_places import NewsPlaces


def _items(gate: Conditions, chain: Sequence[str]) -> Statement:
    links = NewsOrganisationLink.objects.filter(any_of("organisation__translation_key", "keys", KEY)).order_by()
    return compiled(
        links.annotate(place_key=F("organisation__translation_key")).values("place_key", "page_id").distinct()
    )


# The items that name an organisation, by its translation key.
NEWS_OF_ORGANISATIONS = NewsPlaces("organisations", _items)
