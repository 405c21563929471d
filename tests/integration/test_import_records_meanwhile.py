"""A table does not write over what somebody else works on, and writes nothing by halves."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone
from wagtail.models import Revision

from bulk.services import importing, writing
from missions.models import MissionPage, OrganisationPage
from relations.models import AgreementLink, AgreementPage, EventPage
from tests.tables import AGREEMENT, MISSION, csv_table, export_table, import_table, world_make

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def world(site):
    return world_make(site, MissionPage, OrganisationPage, EventPage, AgreementPage)


FRENCH = {name: value for name, value in MISSION.items() if not name.endswith("_ar")}


def test_what_an_editor_has_drafted_is_not_published_over(world, tmp_path):
    import_table(tmp_path, csv_table(FRENCH))
    page = MissionPage.objects.get()
    page.title = "Brouillon"
    page.save_revision()
    change = csv_table({"key": "emb-mx", "city": "Ailleurs"})
    assert import_table(tmp_path, change)[1] == ["line 2: An editor has changed the page and not published it yet."]
    # A row that would change nothing is not in its way.
    assert import_table(tmp_path, csv_table(FRENCH))[1] == []
    assert import_table(tmp_path, change, "--over-drafts")[1] == []
    page.refresh_from_db()
    assert (page.title, page.city, page.has_unpublished_changes) == ("Ambassade à Mexico", "Ailleurs", False)


def test_a_publication_that_is_due_later_is_not_forgotten(world, tmp_path):
    import_table(tmp_path, csv_table(FRENCH))
    page = MissionPage.objects.get()
    page.save_revision().publish()
    page.refresh_from_db()
    page.title, page.go_live_at = "Prévu", timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    # Even where nothing else says that there is work on it.
    MissionPage.objects.update(has_unpublished_changes=False)
    change = csv_table({"key": "emb-mx", "city": "Ailleurs"})
    assert import_table(tmp_path, change)[1] == ["line 2: An editor has changed the page and not published it yet."]
    assert import_table(tmp_path, change, "--over-drafts")[1] == []
    Revision.objects.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert (page.title, page.city, page.scheduled_revision) == ("Ambassade à Mexico", "Ailleurs", None)


def test_a_page_that_is_locked_is_not_written(world, tmp_path):
    import_table(tmp_path, csv_table(FRENCH))
    MissionPage.objects.update(locked=True)
    change = csv_table({"key": "emb-mx", "city": "Ailleurs"})
    assert import_table(tmp_path, change, "--over-drafts")[1] == ["line 2: The page is locked."]


def test_an_import_that_breaks_half_way_leaves_nothing(world, tmp_path, monkeypatch):
    import_table(tmp_path, csv_table(FRENCH))
    before = list(MissionPage.objects.values())

    def broken(**kwargs):
        raise IntegrityError("broken")

    monkeypatch.setattr(writing, "page_bulk_publish", broken)
    table = csv_table({**FRENCH, "key": "new"}, {**FRENCH, "city": "Ailleurs"})
    with pytest.raises(IntegrityError):
        import_table(tmp_path, table)
    assert list(MissionPage.objects.values()) == before


@pytest.mark.parametrize("edited", [True, False])
def test_what_somebody_writes_while_the_table_is_compared(world, tmp_path, monkeypatch, edited):
    import_table(tmp_path, csv_table(FRENCH))
    plan_write = importing.plan_write

    def meanwhile(*args, **kwargs):
        if edited:
            page = MissionPage.objects.get(record_key="emb-mx")
            page.city = "D’un rédacteur"
            page.save_revision().publish()
        else:
            path = tmp_path / "other"
            path.mkdir()
            monkeypatch.setattr(importing, "plan_write", plan_write)
            import_table(path, csv_table({**FRENCH, "key": "new"}))
        plan_write(*args, **kwargs)

    monkeypatch.setattr(importing, "plan_write", meanwhile)
    row = {"key": "emb-mx", "city": "Ailleurs"} if edited else {**FRENCH, "key": "new", "city": "Ailleurs"}
    assert import_table(tmp_path, csv_table(row)) == (
        "1 problem: nothing was imported.",
        ["line 2: Somebody has changed this entry in the meantime: import the table again."],
    )
    assert not MissionPage.objects.filter(city="Ailleurs").exists()


def test_two_imports_at_once_make_no_circle_of_instruments(world, tmp_path, monkeypatch):
    agreements = [{**AGREEMENT, "key": f"acc-{number}", "parties": "MX"} for number in (1, 2, 3)]
    assert import_table(tmp_path, csv_table(*agreements), kind="agreements")[1] == []
    plan_write = importing.plan_write

    def meanwhile(*args, **kwargs):
        path = tmp_path / "other"
        path.mkdir()
        monkeypatch.setattr(importing, "plan_write", plan_write)
        other = csv_table({"key": "acc-2", "links": "amends; acc-3"}, {"key": "acc-3", "links": "amends; acc-1"})
        assert import_table(path, other, kind="agreements")[1] == []
        plan_write(*args, **kwargs)

    monkeypatch.setattr(importing, "plan_write", meanwhile)
    new = {**AGREEMENT, "key": "acc-4", "parties": "MX", "links": "amends; acc-1"}
    table = csv_table(new, {**dict.fromkeys(new, ""), "key": "acc-1", "links": "amends; acc-2"})
    assert import_table(tmp_path, table, kind="agreements") == (
        "1 problem: nothing was imported.",
        ["line 3, column “links”: That instrument does the same to this one, by itself or through others."],
    )
    assert sorted(AgreementLink.objects.values_list("page__record_key", "agreement__record_key")) == [
        ("acc-2", "acc-3"),
        ("acc-3", "acc-1"),
    ]
    # What closes no circle goes in.
    assert import_table(tmp_path, csv_table(new), kind="agreements")[1] == []


def test_only_who_may_publish_there(world, tmp_path):
    get_user_model().objects.create_user("nobody")
    assert import_table(tmp_path, csv_table(FRENCH), "--user", "nobody")[1] == [
        "the file: You may not publish in this language: fr."
    ]
    assert import_table(tmp_path, csv_table(FRENCH), "--user", "who")[0] == "There is no user 'who'."


def test_formats_of_the_directory_are_of_missions_alone(world, tmp_path):
    from django.core.management import CommandError, call_command

    with pytest.raises(CommandError, match="geojson is a format of missions alone"):
        call_command("export_records", "events", "--format", "geojson", "--output", str(tmp_path / "x"))
    assert export_table(tmp_path, "events").startswith(b'\xef\xbb\xbf"key"')
