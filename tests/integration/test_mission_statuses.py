"""The status of a mission, its days and its history: in the forms, imports, lists, files and pages."""

import csv
import datetime
import html
import io
import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from bulk.directory.sheet import sheet_context
from bulk.selectors.directory import Filters, directory_entries
from home.models.dates import ministry_today
from home.record_checks import record_faults
from home.selectors.visibility import gate_open
from missions.models import MissionPage, MissionStatusChange
from missions.models.choices import MissionStatus
from tests.factories.records import record_make
from tests.factories.small_site import user_make
from tests.tables import csv_table, export_table, import_table, world_make

pytestmark = [pytest.mark.once, pytest.mark.django_db]
D = datetime.date
DAY = datetime.timedelta(days=1)


def change(text: str) -> MissionStatusChange:
    """``suspended@2011-05``: as a table has it."""
    status, day = text.split("@")
    precision = {4: "year", 7: "month"}.get(len(day), "day")
    return MissionStatusChange(status=status, since=D.fromisoformat(f"{day}-01-01"[:10]), precision=precision)


@pytest.fixture
def embassy(site) -> MissionPage:
    made: MissionPage = record_make(
        MissionPage,
        home=site.home["fr"],
        title="Ambassade à Mexico",
        kind="embassy",
        host_country=site.country["fr", "MX"],
        status_since=D(2014, 1, 1),
        status_precision="year",
        rows={"status_history": [change("open@1963"), change("suspended@2011-05")]},
    )
    return made


@pytest.fixture
def arabic(site, embassy) -> MissionPage:
    """Its columns of facts are wrong, as those of translations may be."""
    made: MissionPage = record_make(
        MissionPage,
        home=site.home["ar"],
        title="السفارة بمكسيكو",
        slug=embassy.slug,
        translation_key=embassy.translation_key,
        kind="embassy",
        status="closed",
    )
    return made


@pytest.fixture
def chief(client, site):
    client.force_login(user_make("chief", superuser=True))
    return client


def suspend(page: MissionPage, since: D | None, until: D | None) -> None:
    MissionPage.objects.filter(pk=page.pk).update(
        status="suspended", status_since=since, status_until=until, status_precision="day"
    )


TOMORROW, AFTER = D(2999, 1, 2), D(2999, 1, 3)


def faults(site: Any, *history: str, **fields: Any) -> list[tuple[str, int | None]]:
    """The fields at which a mission is refused, each with the place of its row."""
    page = MissionPage(
        locale=site.locale["fr"], title="A", slug="a", kind="embassy", host_country=site.country["fr", "MX"], **fields
    )
    rows = {"status_history": [change(text) for text in history]}
    found = [*page.column_faults(), *record_faults(page, rows)]
    return [(each.field, rows["status_history"].index(each.row) if each.row else None) for each in found]


def test_days_of_a_status_that_contradict_it_are_refused(site) -> None:
    suspended = {"status": "suspended"}
    for fields, expected in [
        ({**suspended, "status_since": D(2024, 3, 1), "status_until": D(2024, 3, 1)}, []),
        ({**suspended, "status_until": D(2024, 3, 1)}, []),
        ({**suspended, "status_since": TOMORROW, "status_until": AFTER}, []),
        ({**suspended, "status_since": D(2024, 3, 1), "status_until": D(2024, 2, 29)}, ["status_until"]),
        *(
            ({"status": other, "status_since": D(2024, 3, 1), "status_until": AFTER}, ["status_until"])
            for other in ("open", "closed", "relocated")
        ),
        ({"status_since": D(2014, 1, 1), "status_precision": "year"}, []),
        ({"status": "closed", "status_since": D(2999, 1, 1), "status_precision": "year"}, ["status_precision"]),
    ]:
        assert faults(site, **fields) == [(name, None) for name in expected], fields


@pytest.mark.parametrize(
    ("history", "fields", "expected"),
    [
        (["open@1963", "suspended@2011-05"], {"status_since": D(2014, 1, 1), "status_precision": "year"}, []),
        # In order; a year leaves room for the days in it.
        (["suspended@2011", "closed@2011-05-04", "open@2011", "relocated@2012"], {"status": "closed"}, []),
        (["suspended@2011-05", "open@1963"], {"status": "closed"}, [("since", 1)]),
        (["suspended@2011-05-04", "open@2011-05-04"], {"status": "closed"}, [("since", 1)]),
        (["suspended@2011-12-31", "open@2011"], {"status": "closed"}, [("since", 1)]),
        # Before the present one.
        (["closed@2013-12-31"], {"status_since": D(2014, 1, 1)}, []),
        (["closed@2014-01-01"], {"status_since": D(2014, 1, 1)}, [("since", 0)]),
        (["closed@2014"], {"status_since": D(2014, 6, 1)}, []),
        (["open@1963-05-02"], {"status": "closed", "status_since": D(1963, 1, 1), "status_precision": "year"}, []),
        (["open@2014-02-03"], {"status": "suspended", "status_since": D(2014, 2, 1), "status_precision": "month"}, []),
        (["open@1963"], {"status": "closed", "status_since": D(1963, 1, 1), "status_precision": "year"}, []),
        (
            ["open@1964-01-01"],
            {"status": "closed", "status_since": D(1963, 1, 1), "status_precision": "year"},
            [("since", 0)],
        ),
        (["open@2014-01-02"], {"status": "suspended", "status_until": D(2014, 1, 2)}, [("since", 0)]),
        (["suspended@2999-01-01"], {"status": "closed"}, [("since", 0)]),
        # Something changes each time; a mission may move again.
        (["closed@1963", "closed@1970"], {"status_since": D(2014, 1, 1)}, [("status", 1)]),
        (["closed@1963", "open@1970"], {"status_since": D(2014, 1, 1)}, [("status", 1)]),
        (["closed@1963", "open@1970"], {}, [("status", 1)]),
        (["relocated@1963", "relocated@1970"], {"status": "relocated", "status_since": D(2014, 1, 1)}, []),
        # Until what is announced, the mission is what it counts as.
        (["open@1963"], {"status": "closed", "status_since": TOMORROW}, []),
        (["relocated@1963"], {"status": "closed", "status_since": TOMORROW}, []),
        (["suspended@1963"], {"status": "closed", "status_since": TOMORROW}, [("status", 0)]),
        (["closed@1963"], {"status": "suspended", "status_since": TOMORROW}, [("status", 0)]),
        (["closed@1963"], {"status": "open", "status_since": TOMORROW}, []),
        (["suspended@1963"], {"status": "open", "status_since": TOMORROW}, [("status", 0)]),
        (["relocated@1963"], {"status": "open", "status_since": TOMORROW}, [("status", 0)]),
    ],
)
def test_a_history_that_contradicts_itself_is_refused_at_its_row(site, history, fields, expected) -> None:
    assert faults(site, *history, **fields) == expected


def test_the_form_tells_of_it_at_its_field(chief, site, embassy) -> None:
    from wagtail.test.utils.form_data import inline_formset

    from tests.integration.test_mission_form import mission_data

    url = reverse("wagtailadmin_pages:edit", args=[embassy.pk])
    first, second = embassy.status_history.all()

    def data(**changes: Any) -> dict[str, Any]:
        rows = [
            {"id": first.pk, "status": "open", "since": "1963-06-05", "precision": "year"},
            {
                "id": second.pk,
                "status": "suspended",
                "since": changes.pop("second", "2011-05-09"),
                "precision": "month",
            },
        ]
        history = inline_formset(rows, initial=2)
        return {**mission_data(site, hours=[], status_history=history, **changes), "action-publish": "1"}

    response = chief.post(url, data(status_since="2014-07-08", status_precision="year", second="1962-05-09"))
    assert response.status_code == 200
    forms = response.context["form"].formsets["status_history"].forms
    assert [list(form.errors) for form in forms] == [[], ["since"]]
    response = chief.post(url, data(status_since="2014-07-08", status_until="2015-01-01"))
    assert list(response.context["form"].errors) == ["status_until"]
    assert chief.post(url, data(status_since="2014-07-08", status_precision="year")).status_code == 302
    page = MissionPage.objects.get(pk=embassy.pk)
    # No more of a date is kept than is known; rows that stay are the same rows.
    assert (page.status_since, page.status_precision) == (D(2014, 1, 1), "year")
    assert list(page.status_history.values_list("pk", "since")) == [
        (first.pk, D(1963, 1, 1)),
        (second.pk, D(2011, 5, 1)),
    ]


def test_a_translation_has_no_form_for_it(chief, arabic) -> None:
    response = chief.get(reverse("wagtailadmin_pages:edit", args=[arabic.pk]))
    form = response.context["form"]
    assert "status_history" not in form.formsets
    assert not {"status", "status_since", "status_precision", "status_until"} & set(form.fields)


def test_a_table_brings_it_in_and_takes_it_out(site, tmp_path) -> None:
    world_make(site, MissionPage)
    row = {
        "key": "emb-mx", "title": "Ambassade", "kind": "embassy", "host_country": "MX", "status": "suspended",
        "status_since": "2024-03", "status_until": "2024-05-31",
        "status_history": "open@1963|suspended@2011-05|open@2014-02-03",
    }  # fmt: skip
    assert import_table(tmp_path, csv_table(row))[0].startswith("Imported: 1 created")
    page = MissionPage.objects.get()
    assert (page.status_since, page.status_precision, page.status_until) == (D(2024, 3, 1), "month", D(2024, 5, 31))
    assert list(page.status_history.values_list("status", "since", "precision")) == [
        ("open", D(1963, 1, 1), "year"),
        ("suspended", D(2011, 5, 1), "month"),
        ("open", D(2014, 2, 3), "day"),
    ]
    [written] = csv.DictReader(io.StringIO(export_table(tmp_path, "missions").decode("utf-8-sig")))
    assert {name: written[name] for name in row} == row
    for form in ("csv", "xlsx"):
        data = export_table(tmp_path, "missions", form)
        assert import_table(tmp_path, data)[0] == "Imported: 0 created, 0 changed, 1 unchanged."
    refused = {
        "open@1963|closed": "“closed” has no date; write for example: closed@2012-07",
        "burnt@1963": "“burnt” is none of: open, suspended, closed, relocated.",
        "open@2014|suspended@1963|open@2015": "“1963-01-01”: This is not after the row before it.",
        "open@1963|suspended@2014": "“suspended”: This is the present status: its day is written there.",
    }
    for cell, message in refused.items():
        conclusion, problems = import_table(tmp_path, csv_table({"key": "emb-mx", "status_history": cell}))
        assert (conclusion, problems) == (
            "1 problem: nothing was imported.",
            [f"line 2, column “status_history”: {message}"],
        )
    # What the table does not speak of is compared, too.
    [problem] = import_table(tmp_path, csv_table({"key": "emb-mx", "status_since": "2014-02-03"}))[1]
    assert problem == (
        "line 2, column “status_history”: “2014-02-03”: This is not before the days of the present status."
    )


def test_lists_of_the_admin_say_the_status_of_today(chief, embassy, arabic) -> None:
    today = timezone.localdate()

    def found(status: str) -> int:
        return len(chief.get(f"{reverse('missions:index')}?status={status}").context["pages"])

    def shown() -> str:
        listed = chief.get(f"{reverse('missions:index')}?export=csv")
        [one, other] = csv.DictReader(io.StringIO(listed.content.decode("utf-8-sig")))
        with translation.override("fr"):
            label = next(name for name in one if one[name] in MissionStatus.labels)
        assert one[label] == other[label]
        return str(one[label])

    suspend(embassy, None, today)
    assert (found("suspended"), found("open"), shown()) == (2, 0, "Suspendue")
    suspend(embassy, None, today - DAY)
    assert (found("suspended"), found("open"), shown()) == (0, 2, "Ouverte")
    suspend(embassy, today + DAY, None)
    assert (found("suspended"), found("open"), shown()) == (0, 2, "Ouverte")


def test_a_mission_whose_suspension_is_over_is_looked_at_by_the_report(chief, embassy) -> None:
    url, today = reverse("missions_reports:incomplete_missions"), timezone.localdate()
    for until, expected in ((None, 0), (today, 0), (today - DAY, 1)):
        suspend(embassy, D(2024, 1, 1), until)
        assert len(chief.get(url).context["object_list"]) == expected


@pytest.mark.parametrize(
    ("status", "now", "said"),
    [
        ("closed", "open", "Open; closes on December 31, 2999"),
        ("suspended", "open", "Open; suspended from December 31, 2999"),
        ("relocated", "open", "Open; moves on December 31, 2999"),
        ("open", "closed", "Closed; opens on December 31, 2999"),
    ],
)
def test_an_announced_status_does_not_hold_yet(embassy, status, now, said) -> None:
    """In the directory, on the printed sheet and on the plain page."""
    MissionPage.objects.filter(pk=embassy.pk).update(status=status, status_since=D(2999, 12, 31))
    today = D(2999, 12, 30)
    with translation.override("en"):
        (entry,) = directory_entries(gate=gate_open(site_id=None), locale="fr", filters=Filters(), today=today)
        (printed,) = sheet_context([entry], locale="fr", filters=Filters(), today=today)["missions"]
        facts = MissionPage.objects.get(pk=embassy.pk)
        face = facts.get_face(facts=facts, gate=gate_open(site_id=None))
    assert entry.announced is not None
    assert (entry.status, entry.announced.status, entry.announced.since) == (now, status, D(2999, 12, 31))
    assert (printed.status, face["status_said"]) == (said, said)
    (entry,) = directory_entries(gate=gate_open(site_id=None), locale="fr", filters=Filters(), today=D(2999, 12, 31))
    assert (entry.status, entry.announced) == (status, None)


SAID = [
    ("suspended", D(2024, 3, 5), "day", None, "Suspendue depuis le 5 mars 2024", "معلَّقة منذ 5 مارس 2024"),
    ("closed", D(2024, 3, 1), "month", None, "Fermée depuis mars 2024", "مغلقة منذ مارس 2024"),
    ("closed", D(2024, 1, 1), "year", None, "Fermée depuis 2024", "مغلقة منذ 2024"),
    (
        "suspended", D(2024, 3, 5), "day", D(2199, 5, 31),
        "Suspendue depuis le 5 mars 2024, jusqu’au 31 mai 2199 inclus",
        "معلَّقة منذ 5 مارس 2024، إلى غاية 31 مايو 2199",
    ),
    (
        "suspended", None, "day", D(2199, 5, 31),
        "Suspendue, jusqu’au 31 mai 2199 inclus", "معلَّقة، إلى غاية 31 مايو 2199",
    ),
    ("suspended", D(2024, 3, 5), "day", D(2024, 5, 31), "", ""),
    (
        "suspended", D(2199, 5, 1), "day", D(2199, 5, 31),
        "Ouverte ; suspendue à partir du 1 mai 2199, jusqu’au 31 mai 2199 inclus",
        "مفتوحة؛ معلَّقة ابتداءً من 1 مايو 2199، إلى غاية 31 مايو 2199",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("status", "since", "precision", "until", "french", "arabic_said"), SAID)
def test_pages_and_files_say_since_when_and_until_when(
    client, embassy, arabic, status, since, precision, until, french, arabic_said
) -> None:
    MissionPage.objects.filter(pk=embassy.pk).update(
        status=status, status_since=since, status_precision=precision, status_until=until
    )
    for code, page, said in (("fr", embassy, french), ("ar", arabic, arabic_said)):
        shown = client.get(page.get_url()).content.decode()
        sheet = client.get(f"/directory/missions.{code}.html").content.decode()
        for text in (shown, sheet):
            plain = html.unescape(text).translate({0x2068: None, 0x2069: None})
            assert f">{said}<" in plain or not said
            assert ("kind--attention" in text or "<strong>" in text) is bool(said)
    card = client.get("/directory/missions.fr.vcf").content.decode().replace("\r\n ", "").split("\r\n")
    notes = [line.partition(":")[2].replace("\\,", ",") for line in card if line.startswith("NOTE")]
    # What is to come is no note: cards stay in address books.
    assert notes == ([french] if french and not french.startswith("Ouverte") else [])


def test_the_plain_page_tells_the_history(client, embassy, arabic) -> None:
    def told(page: MissionPage) -> list[str]:
        shown = client.get(page.get_url()).content.decode()
        return [line.partition("</li>")[0] for line in shown.split("<li><time ")[1:]]

    assert told(embassy) == [
        'datetime="1963">1963</time> <span class="kind">Ouverte</span>',
        'datetime="2011-05">mai 2011</time> <span class="kind">Suspendue</span>',
        'datetime="2014">2014</time> <span class="kind">Ouverte</span>',
    ]
    assert told(arabic)[1] == 'datetime="2011-05">مايو 2011</time> <span class="kind">معلَّقة</span>'
    # The day of the present status is not known, or not come.
    for fields in ({"status": "closed", "status_since": None}, {"status": "closed", "status_since": TOMORROW}):
        MissionPage.objects.filter(pk=embassy.pk).update(**fields)
        assert [line.partition(">")[0] for line in told(embassy)] == ['datetime="1963"', 'datetime="2011-05"']
    embassy.status_history.all().delete()
    assert told(embassy) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Midway"])
def test_the_status_of_today_is_that_of_the_ministrys_day(embassy, zone) -> None:
    """Whatever zone an editor works in: these two never have the ministry's day both."""
    today = ministry_today()
    suspend(embassy, today, today)
    with timezone.override(zone):
        assert MissionPage.objects.get(pk=embassy.pk).status_today == "suspended"


def test_the_directory_gives_the_days(client, embassy) -> None:
    def given() -> tuple[dict[str, Any], list[str]]:
        [feature] = json.loads(client.get("/directory/missions.fr.geojson").content)["features"]
        [row] = csv.DictReader(io.StringIO(client.get("/directory/missions.fr.csv").content.decode("utf-8-sig")))
        names = ("status", "statusSince", "statusUntil", "announcedStatus", "announcedFrom", "announcedUntil")
        properties = {name: feature["properties"][name] for name in names if feature["properties"][name]}
        return properties, [row["status"], row["status_since"], row["status_until"]]

    assert given() == ({"status": "open", "statusSince": "2014"}, ["open", "2014", ""])
    suspend(embassy, D(2024, 3, 5), D(2199, 5, 31))
    assert given() == (
        {
            "status": "suspended", "statusSince": "2024-03-05", "statusUntil": "2199-05-31",
            "announcedStatus": "open", "announcedFrom": "2199-06-01",
        },
        ["suspended", "2024-03-05", "2199-05-31"],
    )  # fmt: skip
    suspend(embassy, D(2199, 5, 1), D(2199, 5, 31))
    assert given() == (
        {
            "status": "open", "statusUntil": "2199-04-30",
            "announcedStatus": "suspended", "announcedFrom": "2199-05-01", "announcedUntil": "2199-05-31",
        },
        ["open", "", "2199-04-30"],
    )  # fmt: skip
    suspend(embassy, D(2024, 3, 5), D(2024, 5, 31))
    assert given() == ({"status": "open", "statusSince": "2024-06-01"}, ["open", "2024-06-01", ""])


def test_the_list_of_missions_marks_what_is_not_open_today(client, embassy) -> None:
    today, listed = timezone.localdate(), embassy.get_parent().get_url()
    suspend(embassy, None, today)
    assert '<span class="kind kind--attention">Suspendue</span>' in client.get(listed).content.decode()
    suspend(embassy, None, today - DAY)
    assert "kind--attention" not in client.get(listed).content.decode()
