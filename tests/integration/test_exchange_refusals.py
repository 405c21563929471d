"""Files that do not fit: a clear message that names the text, and not one row changed."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail_localize.models import StringTranslation, TranslationSource

from tests.factories.kept_rows import kept
from tests.integration.exchanging import rows, translated
from tests.integration.translating import Desk, client_for, desk_open, speak_english, translator_make
from translations.exchange.report import Report
from translations.exchange.units import Format
from translations.services.exchange import ImportOptions, exchange_import
from translations.services.exchange_export import exchange_export

pytestmark = [pytest.mark.once, pytest.mark.django_db]
LINK = '[{"type": "rich_text", "value": "<p>Un <b>mot</b> et <a href=\\"https://x.example/\\">lien</a>.</p>"}]'
XLIFF = [Format.XLIFF12, Format.XLIFF21]


def shout(text: str) -> str:
    return text.upper()


@kept
def _desk_make(site_tree: Any) -> Desk:
    admin = get_user_model().objects.create_superuser("admin")
    speak_english(admin)
    page = site_tree.news("Accord", introduction="Texte de la page.", body=LINK)
    desk = desk_open(client_for(admin), page, "es")
    assert desk.put(desk.strings()[0]["editUrl"], "Antes").status_code == 201
    return desk


@pytest.fixture
def desk(site_tree: Any) -> Desk:
    return _desk_make(site_tree)


def export(desk: Desk, form: Format) -> bytes:
    desk.record.refresh_from_db()
    return exchange_export(records=[desk.record], form=form).data


def bring(data: bytes, *, user: Any = None, name: str = "file", **options: bool) -> Report:
    return exchange_import(name=name, data=data, user=user, options=ImportOptions(**options))


def refused(data: bytes, **kwargs: Any) -> str:
    """The report of a file that must change nothing, as one text."""
    before = rows()
    report = bring(data, **kwargs)
    assert rows() == before
    assert report.is_refused
    assert report.stored == 0
    lines = [(page.title, line) for page in report.pages for line in page.errors]
    assert lines
    return "\n".join(f"{title} “{line.segment}” {line.path} {line.message}" for title, line in lines)


def replaced(data: bytes, old: str, new: str) -> bytes:
    text = data.decode()
    assert old in text, old
    return text.replace(old, new).encode()


@pytest.mark.parametrize("form", list(Format))
def test_a_file_that_fits_is_imported_and_a_second_delivery_corrects_it(desk: Desk, form: Format) -> None:
    first = translated(export(desk, form), form, shout)
    assert bring(first).stored == 3
    texts = {row["data"] for row in rows()}
    assert texts == {"ACCORD", "TEXTE DE LA PAGE.", 'UN <b>MOT</b> ET <a id="a1">LIEN</a>.'}
    assert {row["tool_name"] for row in rows()} == {form.label}
    assert bring(first).unchanged == 3
    assert bring(replaced(first, "ACCORD", "ACUERDO")).stored == 1
    assert not desk.target.live


@pytest.mark.parametrize("form", list(Format))
def test_dry_run_says_the_same_and_writes_nothing(desk: Desk, form: Format) -> None:
    data = translated(export(desk, form), form, shout)
    before = rows()
    tried = bring(data, dry_run=True)
    assert rows() == before
    assert [page.stored for page in tried.pages] == [page.stored for page in bring(data).pages] == [3]


@pytest.mark.parametrize("form", list(Format))
def test_cut_off(desk: Desk, form: Format) -> None:
    data = translated(export(desk, form), form, shout)
    end = data.rindex(b"TEXTE DE LA PAGE.")
    for cut in range(end - 40, len(data.rstrip()) - 8, 61):
        assert any(word in refused(data[:cut]) for word in ("cut off", "damaged", "coupé", "endommagé")), cut
    if form is not Format.PO:
        assert "“Accord”" in refused(data[:end])


@pytest.mark.parametrize("form", list(Format))
def test_stale(desk: Desk, form: Format) -> None:
    data = translated(export(desk, form), form, shout)
    source = desk.record.source
    page = source.get_source_instance()
    page.introduction = "Texte corrigé de la page."
    page.body = []
    page.save()
    TranslationSource.objects.get(pk=source.pk).update_from_db()
    said = refused(data)
    assert "Accord “Texte de la page.” introduction" in said
    assert f"“{'Un <b>mot</b>' if form is Format.PO else 'Un mot'}" in said
    assert "Accord “Accord”" not in said

    partial = bring(data, partial=True)
    (page_report,) = partial.pages
    assert (page_report.stored, page_report.left_out, partial.is_refused) == (1, 2, False)
    assert {row["data"] for row in rows()} == {"ACCORD"}


@pytest.mark.parametrize("form", list(Format))
def test_of_another_site_and_of_another_language(desk: Desk, form: Format) -> None:
    data = translated(export(desk, form), form, shout)
    uuid = str(desk.record.uuid)
    assert "Accord" in refused(replaced(data, uuid, "00000000-0000-0000-0000-000000000000"))
    assert refused(replaced(data, uuid, "..' OR 1=1"))
    old = {Format.XLIFF12: 'target-language="es"', Format.XLIFF21: 'trgLang="es"', Format.PO: "Language: es"}[form]
    said = refused(replaced(data, old, old.replace("es", "ar")))
    assert ("“Accord”" in said, "ar" in said) == (True, True)
    if form in XLIFF:
        old = {Format.XLIFF12: 'source-language="fr"', Format.XLIFF21: 'srcLang="fr"'}[form]
        assert "de" in refused(replaced(data, old, old.replace("fr", "de")))


@pytest.mark.parametrize("form", list(Format))
def test_of_a_page_that_was_deleted_or_whose_translation_was_stopped(desk: Desk, form: Format) -> None:
    data = translated(export(desk, form), form, shout)
    desk.record.enabled = False
    desk.record.save()
    assert "Accord" in refused(data)
    desk.target.delete()
    assert "“Accord”" in refused(data)


@pytest.mark.parametrize("form", list(Format))
def test_of_a_user_without_the_right(desk: Desk, form: Format) -> None:
    data = translated(export(desk, form), form, shout)
    assert "Accord" in refused(data, user=translator_make("ar"))
    spanish = translator_make("es")
    assert bring(data, user=spanish, dry_run=True).stored == 3
    target = desk.target
    target.locked, target.locked_by = True, None
    target.save()
    assert "Accord" in refused(data, user=spanish)


def misfits(form: Format) -> dict[str, tuple[Callable[[bytes], bytes], str]]:
    bold = {
        Format.XLIFF12: ('<g id="1" ctype="bold">MOT</g>', "MOT"),
        Format.XLIFF21: ('<pc id="1" dataRefStart="d1" dataRefEnd="d2" type="fmt" subType="xlf:b">MOT</pc>', "MOT"),
        Format.PO: ("<b>MOT</b>", "MOT"),
    }[form]
    added = {
        Format.XLIFF12: ("TEXTE DE", '<g id="1">TEXTE</g> DE'),
        Format.XLIFF21: ("TEXTE DE", '<pc id="1">TEXTE</pc> DE'),
        Format.PO: ("TEXTE DE", "<i>TEXTE</i> DE"),
    }[form]
    return {
        "lost tag": (lambda data: replaced(data, *bold), "“Un"),
        "added tag": (lambda data: replaced(data, *added), "“Texte de la page.” introduction"),
        "too long": (lambda data: replaced(data, "ACCORD", "A" * 256), "“Accord” title"),
    }


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("name", ["lost tag", "added tag", "too long"])
def test_texts_that_do_not_fit(desk: Desk, form: Format, name: str) -> None:
    make, said = misfits(form)[name]
    data = make(translated(export(desk, form), form, shout))
    found = refused(data)
    assert said in found
    assert len(found.splitlines()) == 1
    report = bring(data, partial=True)
    assert [(page.stored, page.left_out) for page in report.pages] == [(2, 1)]


def test_tags_that_are_no_part_of_a_text(desk: Desk) -> None:
    for text in ("<script>x</script>", '<b onclick="x">TEXTE</b>', '<a id="a9">TEXTE</a>', "<p>TEXTE", "\\u0007"):
        data = translated(export(desk, Format.PO), Format.PO, shout)
        po = polib.pofile(data.decode())
        entry = next(entry for entry in po if entry.msgctxt == "introduction")
        entry.msgstr = text.replace("\\u0007", "a\x07b")
        assert "“Texte de la page.” introduction" in refused(str(po).encode())
        entry.msgstr = "<b>" * 3000 + "x"
        assert "“Texte de la page.” introduction" in refused(str(po).encode())


@pytest.mark.parametrize("form", XLIFF)
def test_codes_in_disorder_and_a_source_that_was_changed(desk: Desk, form: Format) -> None:
    data = export(desk, form).decode()
    single = "x" if form is Format.XLIFF12 else "ph"
    ends = ("bx", "ex") if form is Format.XLIFF12 else ("sc", "ec")
    at = data.rindex("</source>") + len("</source>")
    for target in (f'A<{single} id="1"/>', f'<{ends[0]} id="1"/>A', f'<{ends[1]} id="1" rid="1" startRef="1"/>A'):
        broken = f"{data[:at]}<target>{target}</target>{data[at:]}"
        assert "“Un <b>mot</b>" in refused(broken.encode())
    changed = translated(data.encode(), form, shout)
    assert "“Texte de la page.” introduction" in refused(replaced(changed, "Texte de la page", "Autre texte"))


@pytest.mark.parametrize("form", list(Format))
def test_newer_work_is_not_overwritten(desk: Desk, form: Format) -> None:
    data = translated(export(desk, form), form, shout)
    assert desk.put(desk.strings()[0]["editUrl"], "Nuevo").status_code == 200
    assert "Accord “Accord” title" in refused(data)
    assert bring(data, partial=True).pages[0].left_out == 1
    assert "Nuevo" in {row["data"] for row in rows()}
    assert bring(data, overwrite=True).stored == 1
    assert "Nuevo" not in {row["data"] for row in rows()}


@pytest.mark.parametrize("form", list(Format))
def test_a_file_that_does_not_say_when_it_was_made_overwrites_nothing(desk: Desk, form: Format) -> None:
    data = translated(export(desk, form), form, shout)
    undated = re.sub(
        rb'build-num="[^"]*"|<note category="diwan-exported-at">[^<]*</note>|"POT-Creation-Date[^"]*"\n', b"", data
    )
    assert undated != data
    assert "Accord “Accord” title" in refused(undated)
    assert bring(undated, partial=True).stored == 2
    assert "Antes" in {row["data"] for row in rows()}
    assert bring(undated, overwrite=True).stored == 1


@pytest.mark.parametrize("form", XLIFF)
def test_hostile_xml_changes_nothing(desk: Desk, form: Format, settings: Any, tmp_path: Path) -> None:
    data = translated(export(desk, form), form, shout).decode()
    root = data[data.index("<xliff") :]
    secret = tmp_path / "secret"
    secret.write_text("secret")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    for subset in (laughs, f'<!ENTITY l9 SYSTEM "{secret.as_uri()}">'):
        said = refused(f"<!DOCTYPE xliff [{subset}]>{root.replace('ACCORD', '&l9;')}".encode())
        assert ("DTD" in said, "secret" in said) == (True, False)
    settings.DIWAN_EXCHANGE_LIMITS = {**settings.DIWAN_EXCHANGE_LIMITS, "elements": 1000}
    assert "1000" in refused(root.replace("ACCORD", "<x/>" * 1500).encode())


def test_a_hundred_megabytes_are_refused_before_they_are_read(desk: Desk, tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "large.xlf"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("the file was read"))
    with pytest.raises(CommandError, match="20"):
        call_command("import_translations", str(path))


def zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_billion_tags_and_other_archives(desk: Desk, settings: Any) -> None:
    good = translated(export(desk, Format.XLIFF21), Format.XLIFF21, shout)
    # A million tags pack to some kilobytes; a thousand times as many are refused by the same rule.
    tags = b"<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2'>" + b"<g/>" * 1_000_000
    assert "bomb.xlf" in refused(zipped({"a.xlf": good, "bomb.xlf": tags}))
    for name in ("../a.xlf", "/etc/a.xlf", "..\\a.xlf", "c:/a.xlf", "a/../../b.xlf"):
        assert name.replace("\\", "/") in refused(zipped({"good.xlf": good, name: good})).replace("\\", "/")
    whole = zipped({"es/a.xlf": good})
    for end in (10, len(whole) // 2, len(whole) - 4):
        assert refused(whole[:end])
    damaged = bytearray(whole)
    damaged[60] ^= 0xFF
    assert refused(bytes(damaged))
    assert refused(zipped({"readme.txt": b"x"}))
    assert refused(zipped({}))
    assert "es/b.xlf" in refused(zipped({"es/b.xlf": good, "es/a.xlf": good}))
    settings.DIWAN_EXCHANGE_LIMITS = {**settings.DIWAN_EXCHANGE_LIMITS, "archive_files": 2}
    assert "2" in refused(zipped({f"{number}.xlf": good for number in range(3)}))
    settings.DIWAN_EXCHANGE_LIMITS = {**settings.DIWAN_EXCHANGE_LIMITS, "archive_bytes": len(good) - 1}
    assert "es/a.xlf" in refused(whole)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_damaged_anywhere_is_a_message(desk: Desk, method: int) -> None:
    good = translated(export(desk, Format.XLIFF21), Format.XLIFF21, shout)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("é.xlf", good)
    whole = stream.getvalue()
    before = rows()
    for place in [*range(4, 100), *range(len(whole) - 120, len(whole))]:
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        bring(bytes(damaged), dry_run=True)
    assert rows() == before


def test_one_bad_file_in_a_zip_refuses_all_unless_told_otherwise(desk: Desk) -> None:
    good = translated(export(desk, Format.XLIFF12), Format.XLIFF12, shout)
    both = zipped({"a.xlf": good, "b.xlf": good[:200], "__MACOSX/._a.xlf": b"x", "c.txt": b"x"})
    assert "“" in refused(both)
    report = bring(both, partial=True)
    assert ([page.stored for page in report.pages], report.is_refused) == ([3, 0], False)
    assert StringTranslation.objects.count() == 3


def test_other_files(desk: Desk) -> None:
    for data in (
        b"",
        b"\x89PNG\r\n",
        b"<html><body>Session expired</body></html>",
        b"\xff\xfe<\x00",
        b"[]",
        b"PK\x03\x04",
    ):
        assert refused(data)
