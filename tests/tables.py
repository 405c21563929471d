"""Tables of records for tests: as CSV and XLSX, and the commands that read and write them."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from openpyxl import Workbook

from home.models import RecordPage
from tests.factories.records import index_get
from tests.factories.site import SiteTree

MISSION = {
    "key": "emb-mx",
    "title": "Ambassade à Mexico",
    "title_ar": "السفارة بمكسيكو",
    "kind": "embassy",
    "host_country": "Mexique",
    "city": "Mexico",
    "city_ar": "مكسيكو",
    "latitude": "19.43",
    "longitude": "-99.2",
    "time_zone": "America/Mexico_City",
    "contacts": "phone:+52 55 5000 0000|email:mexico@example.org",
    "services": "passports; Sur rendez-vous.|visas",
    "services_ar": "passports; بموعد.",
    "opening_hours": "mon-fri 09:00-12:30, 14:00-16:00; passports mon 09:00-11:00",
    "closures": "2026-07-30; Fête du Trône",
    "closures_ar": "2026-07-30; عيد العرش",
    "accreditations": "BR|CU@2010-05-01..",
}
ORGANISATION = {
    "key": "un",
    "title": "Organisation des Nations unies",
    "title_ar": "منظمة الأمم المتحدة",
    "acronym": "ONU",
    "kind": "universal",
    "founded_on": "1945-10-24",
    "members": "MX@1945-11-07..|SN@1960-09-28..|US@1945-10-24..; observer",
}
EVENT = {
    "key": "visit-2004",
    "title": "Visite au Brésil",
    "title_ar": "زيارة البرازيل",
    "kind": "visit",
    "direction": "outgoing",
    "starts_on": "2004-11",
    "countries": "BR",
    "continents": "019",
    "organisations": "ONU",
    "participants": "M. le Ministre; Ministre; BR|Mme la Secrétaire; Secrétaire générale; un",
    "participants_ar": ";|السيدة الكاتبة; الكاتبة العامة",
    "sources": "Communiqué; https://example.org/c",
}
AGREEMENT = {
    "key": "acc-1",
    "title": "Accord de pêche",
    "kind": "agreement",
    "field": "fisheries",
    "place": "Rabat",
    "parties": "MX|un",
    "stages": "signed@1999-05|in_force@2001; B.O. 4780",
}


def world_make(site: SiteTree, *models: type[RecordPage]) -> SiteTree:
    """A site with the pages that hold records of these types in each language."""
    for model in models:
        for code in ("fr", "ar", "es"):
            index_get(model, home=site.home[code])
    return site


def csv_table(*rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as CSV; the first one names the columns."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_table(header: Sequence[Any], *rows: Sequence[Any]) -> bytes:
    """A workbook of one sheet, cells as openpyxl takes them."""
    book = Workbook()
    for row in (header, *rows):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def import_table(folder: Path, data: bytes, *options: str, kind: str = "missions") -> tuple[str, list[str]]:
    """What ``import_records`` concludes, and its problems line by line, in English."""
    path = folder / "table"
    path.write_bytes(data)
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_records", kind, str(path), "--language", "en", *options, stdout=out, stderr=err)
    except CommandError as error:
        return str(error), err.getvalue().splitlines()
    return out.getvalue().strip(), err.getvalue().splitlines()


def export_table(folder: Path, kind: str, form: str = "csv") -> bytes:
    """The file of ``export_records``."""
    path = folder / f"export.{form}"
    call_command("export_records", kind, "--format", form, "--output", str(path), stdout=io.StringIO())
    return path.read_bytes()
