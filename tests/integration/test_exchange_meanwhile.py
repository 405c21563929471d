"""Files of translations while others work, when their sender has gone, and with more in them than anybody reads."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.utils.translation import activate
from wagtail_localize.models import StringTranslation

from tests.integration.exchanging import rows, translated
from tests.integration.test_exchange_refusals import LINK, bring, export, refused, replaced, shout
from tests.integration.translating import Desk, client_for, desk_open
from translations.exchange.units import Format
from translations.models import DeskJob
from translations.services.exchange import _Importer
from translations.services.jobs import job_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(site_tree: Any, admin: Any) -> Desk:
    desk = desk_open(client_for(admin), site_tree.news("Accord", introduction="Texte de la page.", body=LINK), "es")
    assert desk.put(desk.strings()[0]["editUrl"], "Antes").status_code == 201
    return desk


@pytest.mark.parametrize("partial", [False, True])
def test_work_saved_while_a_file_is_read_is_not_overwritten(desk: Desk, monkeypatch: Any, partial: bool) -> None:
    """Between the reading of a large file and its last row minutes pass."""
    activate("en")
    data = translated(export(desk, Format.XLIFF21), Format.XLIFF21, shout)
    segments = {row.context.path: row for row in desk.record.source.stringsegment_set.select_related("context")}
    others = {"title": "De otra", "introduction": "De otro"}
    read = _Importer.read

    def read_slowly(self: Any, **kwargs: Any) -> Any:
        plans = read(self, **kwargs)
        for path, text in others.items():
            StringTranslation.objects.update_or_create(
                translation_of=segments[path].string,
                context=segments[path].context,
                locale=desk.record.target_locale,
                defaults={"data": text},
            )
        return plans

    monkeypatch.setattr(_Importer, "read", read_slowly)
    report = bring(data, partial=partial)
    assert [(line.segment, line.message) for line in report.pages[0].lines] == [
        ("Accord", "Somebody changed this translation here after the file was made."),
        ("Texte de la page.", "Somebody changed this translation here after the file was made."),
    ]
    assert (report.is_refused, report.stored) == (not partial, 1 if partial else 0)
    if partial:
        assert {row["data"] for row in rows()} == {*others.values(), 'UN <b>MOT</b> ET <a id="a1">LIEN</a>.'}
        assert report.pages[0].left_out == 2


def test_a_text_translated_in_the_same_moment_is_told(desk: Desk, monkeypatch: Any) -> None:
    activate("en")
    data = translated(export(desk, Format.XLIFF21), Format.XLIFF21, shout)

    def taken(self: Any, *args: Any, **kwargs: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(StringTranslation, "save", taken)
    assert "Somebody changed this translation here after the file was made." in refused(data)
    assert bring(data, partial=True).is_refused


def test_a_file_of_thousands_of_foreign_texts_makes_a_short_report(desk: Desk, settings: Any) -> None:
    activate("en")
    data = translated(export(desk, Format.XLIFF21), Format.XLIFF21, shout)
    unit = '<unit id="u{}"><segment state="translated"><source>a</source><target>b</target></segment></unit>'
    flood = replaced(data, "</file>", "".join(map(unit.format, range(300))) + "</file>")
    report = bring(flood)
    assert (report.is_refused, len(report.pages[0].lines), report.pages[0].more) == (True, 100, 200)
    job = DeskJob.objects.create(
        kind="import",
        owner=get_user_model().objects.get(username="admin"),
        parameters={"name": "a.xlf", "dry_run": True, "partial": False, "overwrite": False},
        upload=flood,
    )
    job_run(job_id=job.pk)
    job.refresh_from_db()
    assert len(job.report) == 103
    assert job.report[-1]["message"] == "And 200 more texts."
    settings.DIWAN_EXCHANGE_LIMITS = {**settings.DIWAN_EXCHANGE_LIMITS, "archive_files": 2}
    file = re.search(rb"<file .*</file>", data, re.DOTALL)
    assert file
    assert "The file holds more than 2 pages." in refused(data.replace(file[0], file[0] * 4))


def test_a_file_whose_sender_was_deleted_is_not_read_with_all_rights(desk: Desk) -> None:
    job = DeskJob.objects.create(
        kind="import",
        owner=None,
        parameters={"name": "a.xlf", "dry_run": False, "partial": False, "overwrite": False},
        upload=translated(export(desk, Format.XLIFF21), Format.XLIFF21, shout),
    )
    before = rows()
    job_run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, rows()) == ("failed", before)
    assert job.report[-1]["title"] == "La langue, ou la personne qui l’a demandé, n’existe plus."
