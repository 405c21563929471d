"""Files of translations through the admin's views and the command line."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from tests.integration.exchanging import rows, translated
from tests.integration.translating import Desk, client_for, desk_open, is_refused, messages_of, translator_make
from translations.exchange.units import Format
from translations.models import DeskJob, GlossaryTerm

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def desks(site_tree: Any, admin: Any) -> list[Desk]:
    """Three news items under way in Spanish and one in Arabic, at the administrator's desk."""
    client = client_for(admin)
    pages = [site_tree.news(f"Accord {number}", introduction=f"Texte {number}.") for number in range(3)]
    return [*(desk_open(client, page, "es") for page in pages), desk_open(client, pages[0], "ar")]


def shout(text: str) -> str:
    return text.upper()


def download_url(desk: Desk, form: str) -> str:
    return reverse("translations_exchange:download", args=[desk.record.pk, form])


def upload(client: Any, data: bytes, run: Any, name: str = "a.xlf", **fields: Any) -> Any:
    """Send the form; the page of the job, which has run."""
    with run(execute=True):
        response = client.post(
            reverse("translations_exchange:import"), {"file": SimpleUploadedFile(name, data), **fields}
        )
    assert response.status_code == 302, response.content
    return client.get(response.url)


def report_of(response: Any) -> list[tuple[str, str, str]]:
    return [(item["level"], item["title"], item["message"]) for item in response.context["job"].report]


def test_one_page_out_and_in(desks: list[Desk], django_capture_on_commit_callbacks: Any) -> None:
    translator = client_for(translator_make("es"))
    page = translator.get(reverse("translations_exchange:page", args=[desks[0].target.pk]))
    html = page.content.decode()
    for form in Format:
        assert download_url(desks[0], form.value) in html
    editor = translator.get(desks[0].edit_url).content.decode()
    assert f'data-url="{reverse("translations_exchange:page", args=[0])}"' in editor
    explorer = translator.get(reverse("wagtailadmin_explore", args=[desks[0].target.pk])).content.decode()
    assert reverse("translations_exchange:page", args=[desks[0].target.pk]) in explorer

    response = translator.get(download_url(desks[0], "xliff21"))
    assert response["Content-Type"] == "application/xliff+xml"
    assert response["Content-Disposition"].endswith('.xlf"')
    data = translated(response.content, Format.XLIFF21, shout)

    before = rows()
    tried = upload(translator, data, django_capture_on_commit_callbacks)
    assert rows() == before
    assert report_of(tried) == [
        ("success", "a.xlf", "Dry run: 2 translated texts would be imported."),
        ("success", "a.xlf: Accord 0", "2 texts to store, 0 unchanged"),
    ]
    job = tried.context["job"]
    confirm = reverse("translations_exchange:confirm", args=[job.pk])
    assert confirm in tried.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = translator.post(confirm)
    shown = translator.get(done.url)
    assert report_of(shown)[0] == ("success", "a.xlf", "2 translated texts were imported.")
    assert {row["data"] for row in rows()} == {"ACCORD 0", "TEXTE 0."}
    assert not desks[0].target.live
    again = translator.post(confirm, follow=True)
    assert [message.strip() for message in messages_of(again)] == ["There is nothing to import."]
    assert not DeskJob.objects.exclude(upload=None).exists()


def test_what_does_not_fit_is_named_and_cannot_be_confirmed(
    desks: list[Desk], django_capture_on_commit_callbacks: Any
) -> None:
    translator = client_for(translator_make("es"))
    data = translated(translator.get(download_url(desks[0], "po")).content, Format.PO, shout)
    data = data.replace(b"ACCORD 0", b"A" * 300)
    before = rows()
    tried = upload(translator, data, django_capture_on_commit_callbacks, name="a.po")
    levels = [level for level, _title, _message in report_of(tried)]
    assert levels == ["error", "error", "error"]
    assert report_of(tried)[2][2].startswith("“Accord 0”: ")
    confirm = reverse("translations_exchange:confirm", args=[tried.context["job"].pk])
    assert confirm not in tried.content.decode()
    translator.post(confirm)
    assert rows() == before

    partial = upload(translator, data, django_capture_on_commit_callbacks, name="a.po", partial="on")
    assert report_of(partial)[1][2] == "1 text to store, 0 unchanged, 1 left out"
    with django_capture_on_commit_callbacks(execute=True):
        translator.post(reverse("translations_exchange:confirm", args=[partial.context["job"].pk]))
    assert {row["data"] for row in rows()} == {"TEXTE 0."}


def test_a_selection_out_and_in(desks: list[Desk], admin: Any, django_capture_on_commit_callbacks: Any) -> None:
    client = client_for(admin)
    form = {"locale": desks[0].record.target_locale_id, "form": "xliff12"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("translations_exchange:export"), form)
    page = client.get(response.url)
    job = page.context["job"]
    assert [item["title"] for item in job.report] == ["Accord 0", "Accord 1", "Accord 2"]
    download = reverse("translation_desk:job_result", args=[job.pk])
    assert download in page.content.decode()
    data = client.get(download).content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert sorted(manifest["files"]) == sorted(name for name in archive.namelist() if name != "manifest.json")
        assert (manifest["format"], manifest["source_language"], manifest["target_language"]) == ("xliff12", "fr", "es")
        assert len(manifest["files"]) == 3

    tried = upload(client, translated(data, Format.XLIFF12, shout), django_capture_on_commit_callbacks, name="a.zip")
    assert report_of(tried)[0][2] == "Dry run: 6 translated texts would be imported."
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("translations_exchange:confirm", args=[tried.context["job"].pk]))
    assert StringTranslation.objects.count() == 6
    assert client.get(reverse("translations_exchange:index")).status_code == 200
    assert [job.kind for job in DeskJob.objects.all()] == ["import", "import", "export"]


def test_the_desk_exports_what_is_chosen(
    desks: list[Desk], admin: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, url = client_for(admin), reverse("translation_desk:action", args=["es"])
    pages = [desk.record.source.get_source_instance().pk for desk in desks[1:3]]
    asked = {"action": "export", "pages": pages}
    assert "XLIFF 2.1" in client.post(url, asked).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, {**asked, "confirmed": "1", "format": "po"})
    job = client.get(response.url).context["job"]
    assert [(item["level"], item["title"]) for item in job.report] == [("success", "Accord 1"), ("success", "Accord 2")]
    data = client.get(reverse("translation_desk:job_result", args=[job.pk])).content
    assert zipfile.ZipFile(io.BytesIO(data)).namelist()[0].startswith("es/fr-actualites-accord-1-")


def test_statuses_narrow_a_selection(desks: list[Desk], admin: Any) -> None:
    client = client_for(admin)
    form = {"locale": desks[0].record.target_locale_id, "form": "po", "status": ["ready"]}
    response = client.post(reverse("translations_exchange:export"), form, follow=True)
    assert [message.strip() for message in messages_of(response)] == ["There is nothing to export."]
    assert not DeskJob.objects.exists()
    bad = client.post(reverse("translations_exchange:export"), {**form, "form": "doc"})
    assert bad.status_code == 200
    assert bad.context["export_form"].errors.keys() == {"form"}


def test_a_large_file_is_refused_by_its_size(desks: list[Desk], admin: Any, settings: Any) -> None:
    settings.DIWAN_EXCHANGE_LIMITS = {**settings.DIWAN_EXCHANGE_LIMITS, "upload_bytes": 1024 * 1024}
    file = SimpleUploadedFile("a.xlf", b"<" * (1024 * 1024 + 1))
    response = client_for(admin).post(reverse("translations_exchange:import"), {"file": file})
    assert response.context["import_form"].errors["file"] == ["The file is too large: at most 1 MB are accepted."]
    assert not DeskJob.objects.exists()


def test_nobody_reaches_the_translations_or_the_files_of_others(
    desks: list[Desk], admin: Any, django_capture_on_commit_callbacks: Any
) -> None:
    spanish, arabic = desks[0], desks[3]
    stranger = client_for(translator_make("ar"))
    assert stranger.get(download_url(arabic, "po")).status_code == 200
    for form in Format:
        assert is_refused(stranger.get(download_url(spanish, form.value)))
    assert is_refused(stranger.get(reverse("translations_exchange:page", args=[spanish.target.pk])))
    assert stranger.get(download_url(arabic, "docx"), follow=True).status_code == 404
    asked = {"locale": spanish.record.target_locale_id, "form": "po"}
    assert stranger.post(reverse("translations_exchange:export"), asked).context["export_form"].errors.keys() == {
        "locale"
    }

    client = client_for(admin)
    with django_capture_on_commit_callbacks(execute=True):
        job_url = client.post(reverse("translations_exchange:export"), asked).url
    job = DeskJob.objects.get()
    assert is_refused(stranger.get(job_url))
    assert is_refused(stranger.get(reverse("translation_desk:job_result", args=[job.pk])))
    assert stranger.post(reverse("translations_exchange:confirm", args=[job.pk]), follow=True).status_code == 404

    data = translated(client.get(download_url(spanish, "xliff12")).content, Format.XLIFF12, shout)
    tried = upload(stranger, data, django_capture_on_commit_callbacks)
    assert report_of(tried)[0][0] == "error"
    assert not StringTranslation.objects.exists()


def test_commands(desks: list[Desk], tmp_path: Path) -> None:
    out, said = tmp_path / "es.zip", io.StringIO()
    call_command("export_translations", "--locale", "es", "--output", str(out), stdout=said)
    assert said.getvalue() == f"{out}: 3 translations\n"
    out.write_bytes(translated(out.read_bytes(), Format.XLIFF21, shout))

    call_command("import_translations", str(out), "--dry-run", stdout=said)
    assert not StringTranslation.objects.exists()
    translator_make("ar")
    with pytest.raises(CommandError):
        call_command("import_translations", str(out), "--user", "translator-ar", stdout=said)
    assert not StringTranslation.objects.exists()
    translator_make("es")
    call_command("import_translations", str(out), "--user", "translator-es", stdout=said)
    assert StringTranslation.objects.count() == 6
    assert {row.last_translated_by.username for row in StringTranslation.objects.all()} == {"translator-es"}

    one = tmp_path / "one.po"
    page = desks[1].target.pk
    call_command(
        "export_translations",
        "--locale",
        "es",
        "--format",
        "po",
        "--pages",
        str(page),
        "--output",
        str(one),
        stdout=said,
    )
    assert 'msgstr "ACCORD 1"' in one.read_text(encoding="utf-8")
    for wrong in (
        ["export_translations", "--locale", "de", "--output", str(one)],
        ["export_translations", "--locale", "ar", "--pages", "999999", "--output", str(one)],
        ["import_translations", str(tmp_path / "absent.po")],
        ["import_translations", str(one), "--user", "nobody"],
    ):
        with pytest.raises(CommandError):
            call_command(*wrong, stdout=said)


def test_a_file_names_the_terms_of_the_glossary(desks: list[Desk], admin: Any) -> None:
    record = desks[0].record
    GlossaryTerm.objects.create(
        source_locale=record.source.locale,
        target_locale=record.target_locale,
        source_term="accord",
        target_term="acuerdo",
        forbidden="trato\nconvenio",
    )
    GlossaryTerm.objects.create(
        source_locale=record.source.locale,
        target_locale=record.target_locale,
        source_term="traité",
        target_term="tratado",
    )
    data = client_for(admin).get(download_url(desks[0], "xliff12")).content.decode()
    first, second = data.split("</trans-unit>")[:2]
    for note in ("accord = acuerdo", "accord ≠ trato", "accord ≠ convenio"):
        assert f"<note>{note}</note>" in first
    assert "acuerdo" not in second
    assert "tratado" not in data
    assert "acuerdo" not in client_for(admin).get(download_url(desks[3], "xliff12")).content.decode()
