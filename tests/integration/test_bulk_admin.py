"""Tables are brought in and taken out in the admin: mapping, trial, import, all in the background."""

import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from missions.models import MissionPage
from regions.services.access import EDITORS, MODERATORS
from tests.tables import MISSION, csv_table, world_make
from translations.models import DeskJob

pytestmark = [pytest.mark.once, pytest.mark.django_db]

INDEX = "/admin/records/tables/"


@pytest.fixture
def world(site):
    return world_make(site, MissionPage)


@pytest.fixture
def moderator(world, client):
    user = User.objects.create_user("moderator")
    user.groups.add(Group.objects.get(name=MODERATORS))
    client.force_login(user)
    return user


def send(client, data, *, name="missions.csv", **fields):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("bulk:upload"), {"type": "missions", "file": file, **fields})


def columns(client, url, **chosen):
    """The form of the columns as it comes, with other choices."""
    form = client.get(url).context["form"]
    return {name: chosen.get(field.label, field.initial) for name, field in form.fields.items()}


def test_mapping_trial_and_import(client, moderator, django_capture_on_commit_callbacks):
    row = {**MISSION, "Ville": MISSION["city"]}
    del row["city"]
    response = send(client, csv_table(row))
    job = DeskJob.objects.get()
    mapping = reverse("bulk:mapping", args=[job.pk])
    assert response["Location"] == mapping
    form = client.get(mapping).context["form"]
    guessed = {field.label: field.initial for field in form.fields.values()}
    assert guessed == {**{name: name for name in MISSION if name != "city"}, "Ville": guessed["Ville"]}
    assert form.fields["column-1"].help_text == "Ambassade à Mexico"
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(mapping, columns(client, mapping, Stadt="city"))
    trial = reverse("translation_desk:job", args=[job.pk])
    assert response["Location"] == trial
    assert not MissionPage.objects.exists()
    page = client.get(trial).content.decode()
    assert reverse("bulk:confirm", args=[job.pk]) in page
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("bulk:confirm", args=[job.pk]))
    done = DeskJob.objects.exclude(pk=job.pk).get()
    assert response["Location"] == reverse("translation_desk:job", args=[done.pk])
    assert (done.state, done.total, [item["level"] for item in done.report]) == ("done", 1, ["success"])
    assert MissionPage.objects.get(locale_code="fr").city == "Mexico"
    # The trial has given its file away.
    assert reverse("bulk:confirm", args=[job.pk]) not in client.get(trial).content.decode()
    client.post(reverse("bulk:confirm", args=[job.pk]))
    assert DeskJob.objects.count() == 2


def test_the_report_names_lines_and_columns_and_offers_no_import(client, moderator, django_capture_on_commit_callbacks):
    send(client, csv_table(MISSION, {**MISSION, "key": "b", "latitude": "95"}))
    job = DeskJob.objects.get()
    mapping = reverse("bulk:mapping", args=[job.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(mapping, columns(client, mapping))
    job.refresh_from_db()
    assert [item["level"] for item in job.report] == ["error", "error"]
    assert "latitude" in job.report[1]["title"]
    assert "3" in job.report[1]["title"]
    page = client.get(reverse("translation_desk:job", args=[job.pk])).content.decode()
    assert reverse("bulk:confirm", args=[job.pk]) not in page
    assert not MissionPage.objects.exists()


def test_two_columns_are_not_read_as_one_and_the_key_is_needed(client, moderator):
    send(client, csv_table({**MISSION, "Stadt": "x"}))
    mapping = reverse("bulk:mapping", args=[DeskJob.objects.get().pk])
    response = client.post(mapping, columns(client, mapping, Stadt="city"))
    [(name, errors)] = response.context["form"].errors.items()
    assert (response.context["form"].fields[name].label, len(errors)) == ("Stadt", 1)
    response = client.post(mapping, columns(client, mapping, key=""))
    assert list(response.context["form"].errors) == ["__all__"]
    assert DeskJob.objects.get().state == "waiting"


def test_columns_without_a_name_are_mapped_each_by_its_place(client, moderator, django_capture_on_commit_callbacks):
    send(client, b"key,,,title,kind,host_country\nemb-mx,Mexico,Remarque,Ambassade,embassy,MX\n")
    job = DeskJob.objects.get()
    mapping = reverse("bulk:mapping", args=[job.pk])
    chosen = {**columns(client, mapping), "column-1": "city", "column-2": ""}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(mapping, chosen)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("bulk:confirm", args=[job.pk]))
    assert MissionPage.objects.get().city == "Mexico"


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", "é".encode("cp1252"), b"\x00"])
def test_a_file_that_is_no_table_is_not_kept(client, moderator, data):
    response = send(client, data)
    assert response.status_code == 200
    assert len(response.context["import_form"].errors["file"]) == 1
    assert not DeskJob.objects.exists()


def test_a_table_is_taken_out(client, moderator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("bulk:export"), {"type": "missions", "format": "xlsx"})
    job = DeskJob.objects.get()
    assert response["Location"] == reverse("translation_desk:job", args=[job.pk])
    assert (job.state, job.result_name[:9], job.result_name[-5:]) == ("done", "missions-", ".xlsx")
    file = client.get(reverse("translation_desk:job_result", args=[job.pk])).content
    header = [cell.value for cell in next(load_workbook(io.BytesIO(file)).active.iter_rows())]
    assert header[:4] == ["key", "title", "title_ar", "title_es"]


def test_only_for_those_who_have_the_right(client, world):
    user = User.objects.create_user("editor")
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    owner = User.objects.create_superuser("other")
    job = DeskJob.objects.create(kind="records_import", owner=owner, parameters={"name": "x", "encoding": ""})
    file = SimpleUploadedFile("a.csv", csv_table(MISSION))
    home = reverse("wagtailadmin_home")
    for response in (
        client.get(INDEX),
        client.post(reverse("bulk:upload"), {"type": "missions", "file": file}),
        client.post(reverse("bulk:export"), {"type": "missions", "format": "csv"}),
        client.get(reverse("bulk:mapping", args=[job.pk])),
        client.post(reverse("bulk:confirm", args=[job.pk])),
    ):
        assert (response.status_code, response["Location"]) == (302, home)
    assert DeskJob.objects.count() == 1
    assert INDEX not in client.get(home).content.decode()


def test_the_job_of_somebody_else_is_not_found(client, moderator):
    owner = User.objects.create_superuser("other")
    job = DeskJob.objects.create(kind="records_import", owner=owner, parameters={"name": "x", "encoding": ""})
    assert client.get(reverse("bulk:mapping", args=[job.pk]), follow=True).status_code == 404
    assert client.post(reverse("bulk:confirm", args=[job.pk]), follow=True).status_code == 404


def test_a_right_that_was_lost_meanwhile_stops_the_job(client, moderator, django_capture_on_commit_callbacks):
    send(client, csv_table(MISSION))
    job = DeskJob.objects.get()
    mapping = reverse("bulk:mapping", args=[job.pk])
    chosen = columns(client, mapping)
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        client.post(mapping, chosen)
    moderator.groups.clear()
    for callback in callbacks:
        callback()
    job.refresh_from_db()
    assert (job.state, len(job.report)) == ("failed", 1)
    assert not MissionPage.objects.exists()


def test_the_pages_stand_from_right_to_left_in_arabic(client, moderator):
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=moderator, defaults={"preferred_language": "ar"})
    send(client, csv_table(MISSION))
    for url in (INDEX, reverse("bulk:mapping", args=[DeskJob.objects.get().pk])):
        page = client.get(url).content.decode()
        assert 'dir="rtl"' in page
    assert INDEX in client.get(reverse("wagtailadmin_home")).content.decode()
