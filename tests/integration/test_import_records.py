"""Tables of missions, organisations, agreements and events go in by the command, whole or not at all."""

import io

import pytest
from django.core.management import CommandError, call_command

from missions.models import MissionPage
from tests.factories.records import index_get

pytestmark = pytest.mark.django_db

HEADER = "key,title,title_ar,kind,host_country,city,city_ar,latitude,longitude,time_zone,contacts,services,services_ar,opening_hours,accreditations"
EMBASSY = (
    "emb-mx,Ambassade à Mexico,السفارة بمكسيكو,embassy,Mexique,Mexico,مكسيكو,19.43,-99.2,America/Mexico_City,"
    '"phone:+52 55 5000 0000|email:mexico@example.org",passports; Sur rendez-vous.|visas,passports; بموعد.,'
    '"mon-fri 09:00-12:30, 14:00-16:00; passports mon 09:00-11:00",BR|CU@2010-05-01..'
)


@pytest.fixture
def world(site):
    for code in ("fr", "ar", "es"):
        index_get(MissionPage, home=site.home[code])
    return site


def run(tmp_path, text, *options, kind="missions", name="table.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_records", kind, str(path), "--language", "en", *options, stdout=out, stderr=err)
    except CommandError as error:
        return err.getvalue().splitlines(), str(error)
    return err.getvalue().splitlines(), out.getvalue().strip()


def test_a(world, tmp_path):
    print(run(tmp_path, f"{HEADER}\n{EMBASSY}\n"))
    print(run(tmp_path, f"{HEADER}\n{EMBASSY}\n"))
    print(list(MissionPage.objects.values("title","locale_code","slug","city")))
    import pathlib
    for form in ("csv", "xlsx"):
        call_command("export_records", "missions", "--format", form, "--output", str(tmp_path/f"x.{form}"))
        data = (tmp_path/f"x.{form}").read_bytes()
        if form == "csv": print(data.decode())
        print(run(tmp_path, data))
    assert 0
