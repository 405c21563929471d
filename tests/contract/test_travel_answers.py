"""Whole answers about travel advice in each language, as they were agreed with the frontends (see test_pages)."""

import json
import os
from datetime import UTC, datetime
from typing import Any

import pytest
from wagtail.models import Page

from tests.asking import ask
from tests.contract.site import PUBLISHED, UPDATED
from tests.contract.test_pages import IMAGE, INTERFACE, SNAPSHOTS, settled
from tests.factories.advice import advice_change, advice_make, advice_translate, section
from tests.factories.site import SiteTree
from travel.models import TravelAdviceChange

pytestmark = pytest.mark.django_db

CHANGE = "publishedAt note isMinor locale level levelLabel"
LISTED = "title path locale isFallback country { code name } level levelLabel changedAt"
QUERIES = {
    "TravelAdvice": f"""{{ country(code: "MX", locale: $LOCALE) {{ travelAdvice {{
      __typename {INTERFACE} {IMAGE} country {{ code name path }} level levelLabel summary
      areas {{ name locale level levelLabel }} sections {{ kind label text {{ html plainText }} }}
      reviewedOn changedAt changeNote changeNoteLocale isMinorChange history {{ {CHANGE} advice {{ title }} }}
    }} }} }}""",
    "travelAdviceLists": f"""{{
      travelAdvice(locale: $LOCALE, first: 1, orderBy: LEVEL_DESC) {{
        totalCount nodes {{ {LISTED} }} pageInfo {{ hasNextPage hasPreviousPage }}
      }}
      high: travelAdvice(locale: $LOCALE, filter: {{ minLevel: ESSENTIAL_ONLY }}) {{ totalCount }}
      travelAdviceChanges(locale: $LOCALE, first: 3) {{
        totalCount edges {{ cursor node {{ {CHANGE} advice {{ title path locale }} }} }} pageInfo {{ hasNextPage }}
      }}
      country(code: "BR", locale: $LOCALE) {{ travelAdvice {{ {LISTED} changeNote history {{ {CHANGE} }} }} }}
    }}""",
}


def travel_world_make(tree: SiteTree) -> None:
    """Mexico with parts and sections, corrected once and raised once, in Arabic too; Brazil in French alone."""
    mexico = advice_make(
        tree,
        areas={"Le nord": 4, "Le sud": 3},
        sections=[section("entry", "<p>Un <b>visa</b>.</p>"), section("health", "<ul><li>Un vaccin.</li></ul>")],
    )
    parts = ["الشمال"]
    advice_translate(mexico, "ar", title="المكسيك", areas=parts, sections=[section("entry", "<p>تأشيرة.</p>")])
    mexico = advice_change(mexico, note="Une coquille.", introduction="Prudence !", is_minor_change=True)
    mexico = advice_change(mexico, note="Le niveau monte.", level=3, is_minor_change=False)
    advice_translate(mexico, "ar", title="المكسيك", areas=parts, note="رفع مستوى اليقظة.")
    advice_make(tree, "BR", level=1, reviewed_on=None)
    Page.objects.filter(live=True).update(first_published_at=PUBLISHED, last_published_at=UPDATED)
    # Each publication on a day of its own, in the order in which they were made.
    for day, change in enumerate(TravelAdviceChange.objects.order_by("pk"), start=1):
        change.published_at = datetime(2026, 1, day, 8, 30, tzinfo=UTC)
        change.save()


@pytest.mark.parametrize("name", QUERIES)
def test_the_whole_answer_is_as_agreed(site_tree: SiteTree, name: str) -> None:
    travel_world_make(site_tree)
    names: dict[str, str] = {}
    answers: dict[str, Any] = {}
    for code in ("fr", "ar", "es"):
        answers[code] = settled(ask(QUERIES[name].replace("$LOCALE", code.upper())), names)
    file = SNAPSHOTS / f"{name}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(json.dumps(answers, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert answers == json.loads(file.read_text(encoding="utf-8"))
