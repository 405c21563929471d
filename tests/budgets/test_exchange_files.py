"""A file of a page costs the same statements whatever the number of its texts; a stored text costs its own."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration.exchanging import translated
from tests.integration.translating import client_for, desk_open
from translations.exchange.units import Format
from translations.services.exchange import ImportOptions, exchange_import
from translations.services.exchange_export import exchange_export

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(site_tree: Any, django_user_model: Any) -> Any:
    return django_user_model.objects.create_superuser("admin", "admin@example.org", "password")


@pytest.mark.parametrize("form", list(Format))
def test_statements_of_a_file(site_tree: Any, admin: Any, form: Format) -> None:
    counts = {}
    for texts in (1, 30):
        body = json.dumps([{"type": "rich_text", "value": "".join(f"<p>Texte {n}.</p>" for n in range(texts))}])
        record = desk_open(client_for(admin), site_tree.news(f"Accord {texts}", body=body), "es").record
        exchange_export(records=[record], form=form)  # what Django and Wagtail keep for the process
        with CaptureQueriesContext(connection) as out:
            data = exchange_export(records=[record], form=form).data
        data = translated(data, form, str.upper)
        with CaptureQueriesContext(connection) as stored:
            report = exchange_import(name="a", data=data, user=admin, options=ImportOptions())
        assert report.stored == texts + 1
        with CaptureQueriesContext(connection) as unchanged:
            exchange_import(name="a", data=data, user=admin, options=ImportOptions())
        counts[texts] = (len(out), len(unchanged), len(stored))
    assert counts[1][:2] == counts[30][:2]
    assert counts[1][0] <= 10
    assert counts[1][1] <= 12
    # For each text the row itself, and what the desk asks to count anew.
    assert counts[30][2] - counts[1][2] <= 29 * 3
