"""The help beside the texts of the translation editor costs the same statements for one text and for sixty."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.integration.translating import client_for, desk_open, translator_make
from translations.models import GlossaryTerm

pytestmark = pytest.mark.django_db


def test_statements_of_the_help(site_tree: Any) -> None:
    GlossaryTerm.objects.create(
        source_locale=site_tree.locale["fr"],
        target_locale=site_tree.locale["ar"],
        source_term="texte",
        target_term="نص",
    )
    client = client_for(translator_make("ar"))
    counts = {}
    for number in (1, 59):
        body = json.dumps([{"type": "rich_text", "value": "".join(f"<p>Texte {n}.</p>" for n in range(number))}])
        desk = desk_open(client, site_tree.news(f"Accord {number}", body=body), "ar")
        desk.put(desk.strings()[0]["editUrl"], "اتفاق")
        url = reverse("translation_hints", args=[desk.record.pk])
        client.get(url)  # what Django and Wagtail keep for the process
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get(url).json()["segments"]) == number + 1
        counts[number] = len(captured)
    assert counts[1] == counts[59]
    assert counts[1] <= 20
