"""The switch back to graphql-core's own execution: the same answers, by one statement for each row."""

from typing import Any

import pytest

from tests.bodies import block
from tests.budgets.counting import statements
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

QUERY = "{ news { nodes { title body { __typename } } } }"


@pytest.mark.parametrize("number", [1, 3])
def test_the_setting_executes_with_graphql_core(settings: Any, site_tree: SiteTree, number: int) -> None:
    for place in range(number):
        site_tree.news(f"Visite {place}", body=[block("rich_text", f"<p>Texte {place}</p>")])
    ours, expected = statements(QUERY)
    settings.DIWAN_STOCK_EXECUTION = True
    stock, found = statements(QUERY)
    assert found == expected
    assert len(found["news"]["nodes"]) == number
    assert stock - ours == number - 1
