"""The translation memory: what enters it, what is found again, files of it, and who may do what with it."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from tests.integration.translating import (
    client_for,
    desk_open,
    editor_make,
    is_refused,
    messages_of,
    speak_english,
    translator_make,
)
from translations.models import DeskJob, MemoryUnit, MemoryWord, TranslationState
from translations.selectors.memory import match_list, matches_for
from translations.services.memory import memory_record

pytestmark = pytest.mark.django_db

BODY = json.dumps(
    [{"type": "rich_text", "value": "<p>Les deux ministres ont <b>signé</b> un accord de pêche à Brasilia.</p>"}]
)


@pytest.fixture
def admin(site_tree: Any, django_user_model: Any) -> Any:
    user = django_user_model.objects.create_superuser("admin", "admin@example.org", "password")
    speak_english(user)
    return user


@pytest.fixture
def pair(site_tree: Any) -> dict[str, Locale]:
    return {
        "source_locale": Locale.objects.get(language_code="fr"),
        "target_locale": Locale.objects.get(language_code="es"),
    }


def units() -> list[tuple[str, str, str, str, int]]:
    rows = MemoryUnit.objects.order_by("source_text", "target_text")
    return list(rows.values_list("source_text", "target_text", "origin", "origin_name", "uses"))


def stored() -> tuple[list[Any], list[Any]]:
    return (
        list(MemoryUnit.objects.order_by("pk").values()),
        list(MemoryWord.objects.order_by("pk").values_list("unit", "word")),
    )


def shown(matches: list[Any]) -> list[tuple[int, str, str, str]]:
    return [(match.score, match.target, match.origin.value, match.origin_name) for match in matches]


def test_what_a_translator_saves_is_found_again(
    site_tree: Any, admin: Any, pair: Any, django_capture_on_commit_callbacks: Any
) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Accord", body=BODY), "es")
    source = "Les deux ministres ont <b>signé</b> un accord de pêche à Brasilia."
    assert {row["source"] for row in desk.strings()} == {"Accord", source}
    target = "Los dos ministros <b>firmaron</b> un acuerdo de pesca en Brasilia."
    with django_capture_on_commit_callbacks(execute=True):
        desk.translate({"Accord": "Acuerdo", source: target})
    assert units() == [
        ("Accord", "Acuerdo", "translation", "Accord", 1),
        (source, target, "translation", "Accord", 1),
    ]
    unit = MemoryUnit.objects.get(source_text=source)
    assert (unit.translator, unit.length) == (admin, len("Les deux ministres ont signé un accord de pêche à Brasilia."))

    assert shown(match_list(text=source, **pair)) == [(100, target, "translation", "Accord")]
    # Five of sixty-one characters differ; then the tags too; then nothing but the tags.
    alike = "Les deux ministres ont <b>signé</b> un accord de pêche à Caracas."
    assert shown(match_list(text=alike, **pair)) == [(88, target, "translation", "Accord")]
    plain = "Les deux ministres ont signé un accord de pêche à Brasilia."
    (match,) = match_list(text=plain, **pair)
    assert (match.score, match.tags_differ, match.source) == (96, True, source)
    assert match_list(text="Un tout autre sujet, sans rien de commun.", **pair) == []
    arabic = {**pair, "target_locale": Locale.objects.get(language_code="ar")}
    assert match_list(text=source, **arabic) == []


def test_earlier_translations_stay_and_the_last_comes_first(
    site_tree: Any, admin: Any, pair: Any, django_capture_on_commit_callbacks: Any
) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "es")
    for target in ("Acuerdo", "Convenio"):
        with django_capture_on_commit_callbacks(execute=True):
            desk.translate({"Accord": target})
    assert [match.target for match in match_list(text="Accord", **pair)] == ["Convenio", "Acuerdo"]
    assert [match.target for match in match_list(text="Accord", limit=1, **pair)] == ["Convenio"]
    StringTranslation.objects.update(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE, data="Trato")
    memory_record(translations=StringTranslation.objects.values_list("pk", flat=True))
    assert shown(match_list(text="Accord", **pair))[-1] == (100, "Trato", "machine", "Accord")
    # Deleting page and texts leaves the memory.
    StringTranslation.objects.all().delete()
    desk.record.get_target_instance().delete()
    assert len(match_list(text="Accord", **pair)) == 3


def test_texts_with_errors_and_slugs_stay_out(
    site_tree: Any, admin: Any, django_capture_on_commit_callbacks: Any
) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "es")
    segment = desk.record.source.stringsegment_set.get(context__path="title")
    with django_capture_on_commit_callbacks(execute=True):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=desk.record.target_locale,
            data="<p>Acuerdo",
            translation_type="manual",
        )
    assert StringTranslation.objects.get().has_error
    assert units() == []


def test_build_memory(site_tree: Any, admin: Any, capsys: Any) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Accord", introduction="Signé hier"), "es")
    desk.translate({"Accord": "Acuerdo", "Signé hier": "Firmado ayer"})
    other = desk_open(client_for(admin), site_tree.news("Accord", slug="accord-2"), "es")
    other.translate({"Accord": "Acuerdo"})
    # A text that no page has any more.
    desk.record.source.stringsegment_set.filter(context__path="introduction").delete()
    MemoryUnit.objects.all().delete()
    call_command("build_memory")
    assert capsys.readouterr().out == "2 texts are new in the memory; 0 known ones changed.\n"
    assert units() == [
        ("Accord", "Acuerdo", "translation", "Accord", 2),
        ("Signé hier", "Firmado ayer", "translation", "Accord", 1),
    ]
    assert sorted(MemoryWord.objects.values_list("word", flat=True)) == ["accord", "hi", "sign"]
    before = stored()
    call_command("build_memory")
    assert capsys.readouterr().out == "0 texts are new in the memory; 0 known ones changed.\n"
    assert stored() == before
    MemoryUnit.objects.filter(source_text="Accord").delete()
    assert not MemoryWord.objects.filter(word="accord").exists()


def test_a_translation_that_begins_takes_suggestions_only_where_the_site_wants_it(
    site_tree: Any, admin: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_for(admin)
    with django_capture_on_commit_callbacks(execute=True):
        desk_open(client, site_tree.news("Accord"), "es").translate({"Accord": "Acuerdo"})
        desk_open(client, site_tree.news("Accord", slug="accord-2"), "es")
    assert StringTranslation.objects.count() == 1

    settings.DIWAN_MEMORY_PREFILL = True
    with django_capture_on_commit_callbacks(execute=True):
        desk = desk_open(client, site_tree.news("Accord", slug="accord-3", introduction="Signé hier"), "es")
    (row,) = desk.props()["initialStringTranslations"]
    assert (row["data"], row["error"]) == ("Acuerdo", "De la memoria de traducción: léalo y guárdelo.")
    assert len(desk.strings()) == 2
    # It is no translation yet: it counts as missing, stands on no page, and cannot be published.
    state = TranslationState.objects.get(translation=desk.record)
    assert (state.segments, state.segments_done) == (2, 0)
    assert desk.target.draft_title != "Acuerdo"
    assert any("2 segments are not translated" in message for message in messages_of(desk.publish()))
    assert not desk.target.live
    # The memory does not learn from itself, and saving makes it a translation.
    assert MemoryUnit.objects.get().uses == 1
    with django_capture_on_commit_callbacks(execute=True):
        desk.translate({"Accord": "Acuerdo", "Signé hier": "Firmado ayer"})
    assert not StringTranslation.objects.filter(has_error=True).exists()
    assert MemoryUnit.objects.get(source_text="Accord").uses == 2


# --- The page of the memory ----------------------------------------------------------------------------------------
INDEX = "translation_memory:index"


@pytest.fixture
def remembered(site_tree: Any, admin: Any, django_capture_on_commit_callbacks: Any) -> dict[str, MemoryUnit]:
    with django_capture_on_commit_callbacks(execute=True):
        page = site_tree.news("Accord & paix")
        desk_open(client_for(admin), page, "es").translate({"Accord &amp; paix": "Acuerdo y <b>paz</b>"})
        desk_open(client_for(admin), page, "ar").translate({"Accord &amp; paix": "اتفاق وسلام"})
    return {unit.target_locale.language_code: unit for unit in MemoryUnit.objects.all()}


def listed(client: Any, **query: str) -> list[str]:
    response = client.get(reverse(INDEX, query=query))
    assert response.status_code == 200
    return [target for _unit, _source, target in response.context["units"]]


def test_looking_texts_up_and_forgetting_one(remembered: dict[str, MemoryUnit], admin: Any) -> None:
    translator, editor = client_for(translator_make("es")), client_for(editor_make("es"))
    assert listed(translator) == ["Acuerdo y paz"]
    assert listed(translator, q="PAIX") == listed(translator, q="acuerdo") == ["Acuerdo y paz"]
    assert listed(translator, q="xyz") == []
    # Another language's memory is not hers to read, whatever she asks for.
    assert listed(translator, target="ar") == []
    assert listed(client_for(admin), target="ar") == ["اتفاق وسلام"]
    html = translator.get(reverse(INDEX)).content.decode()
    assert "Forget" not in html
    assert "Bring a memory in" not in html
    delete = {code: reverse("translation_memory:delete", args=[unit.pk]) for code, unit in remembered.items()}
    assert is_refused(translator.post(delete["es"], follow=True))
    assert is_refused(editor.post(delete["ar"], follow=True))
    assert editor.get(delete["es"]).status_code == 405
    assert MemoryUnit.objects.count() == 2
    response = editor.post(delete["es"], follow=True)
    assert [message.strip() for message in messages_of(response)] == ["The memory has forgotten this text."]
    assert list(MemoryUnit.objects.all()) == [remembered["ar"]]


def tried(client: Any, data: bytes, run: Any, **fields: str) -> Any:
    """The answer to the form, or the page of the dry run."""
    url = reverse("translation_memory:import")
    with run(execute=True):
        response = client.post(
            url, {"file": SimpleUploadedFile("m.tmx", data), "source": "fr", "target": "es", **fields}
        )
    if response.status_code != 302 or response.url == reverse("wagtailadmin_home"):
        return response
    return client.get(response.url)


def upload(client: Any, data: bytes, run: Any, **fields: str) -> Any:
    """Try a file, then import it, if there is anything to import."""
    response = tried(client, data, run, **fields)
    job = response.context.get("job") if response.context else None
    if job is None or not job.result_name:
        return response
    assert "Import these texts" in response.content.decode()
    with run(execute=True):
        done = client.post(reverse("translation_memory:confirm", args=[job.pk]))
    return client.get(done.url)


def report_of(response: Any) -> list[tuple[str, str, str]]:
    return [(item["level"], item["title"], item["message"]) for item in response.context["job"].report]


def test_a_memory_goes_out_and_comes_back(
    remembered: dict[str, MemoryUnit], admin: Any, django_capture_on_commit_callbacks: Any
) -> None:
    editor = client_for(editor_make("es"))
    response = editor.get(reverse("translation_memory:export", query={"source": "fr", "target": "es"}))
    assert response["Content-Disposition"] == 'attachment; filename="memory-fr-es.tmx"'
    data = b"".join(response.streaming_content)
    assert "Acuerdo y " in data.decode()
    assert "اتفاق" not in data.decode()
    assert is_refused(
        editor.get(reverse("translation_memory:export", query={"source": "fr", "target": "ar"}), follow=True)
    )

    before = stored()
    known = upload(editor, data, django_capture_on_commit_callbacks)
    assert report_of(known) == [("success", "m.tmx", "Dry run: 0 texts would be new in the memory.")]
    assert stored() == before

    unit = remembered["es"]
    found = (unit.source_text, unit.target_text, unit.uses, unit.length)
    MemoryUnit.objects.filter(pk=unit.pk).delete()
    back = upload(editor, data, django_capture_on_commit_callbacks)
    assert report_of(back) == [("success", "m.tmx", "1 text is new in the memory.")]
    unit = MemoryUnit.objects.get(target_locale__language_code="es")
    assert (unit.source_text, unit.target_text, unit.uses, unit.length) == found
    assert (unit.origin, unit.origin_name) == ("import", "Accord & paix")
    assert set(unit.words.values_list("word", flat=True)) == {"accord", "paix"}


def test_a_machines_text_is_a_machines_when_it_comes_back(
    remembered: dict[str, MemoryUnit], admin: Any, django_capture_on_commit_callbacks: Any
) -> None:
    MemoryUnit.objects.update(origin=MemoryUnit.Origin.MACHINE)
    editor = client_for(editor_make("es"))
    response = editor.get(reverse("translation_memory:export", query={"source": "fr", "target": "es"}))
    data = b"".join(response.streaming_content)
    for _time in range(2):
        upload(editor, data, django_capture_on_commit_callbacks)
        assert MemoryUnit.objects.get(target_locale__language_code="es").origin == "machine"
        MemoryUnit.objects.filter(target_locale__language_code="es").delete()


TU = "<tu><tuv xml:lang='fr'><seg>{0}</seg></tuv><tuv xml:lang='es'><seg>{1}</seg></tuv></tu>"
HEAD = "<tmx version='1.4'><header/><body>"
GOOD = TU.format("Visite", "Visita")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", ""),
        (b" ", "m.tmx: This is not XML: it has no first element."),
        (b"PK\x03\x04 no memory", "m.tmx: This is not XML"),
        (f"{HEAD}{GOOD}<tu>".encode(), "m.tmx: “Visite”: The file is damaged or cut off"),
        (
            f"<!DOCTYPE tmx [<!ENTITY a 'b'>]>{HEAD}{GOOD}</body></tmx>".encode(),
            "m.tmx: The file declares a document type (DTD): that is not accepted.",
        ),
        (f"{HEAD}{GOOD}{GOOD * 12}</body></tmx>".encode(), "m.tmx: “Visite”: The file holds more than 50 elements."),
        (
            f"{HEAD}{GOOD}{TU.format('x' * 100_001, 'y')}</body></tmx>".encode(),
            "A text is longer than 100000 characters.",
        ),
        (
            f"{HEAD}<tu><tuv xml:lang='fr'><seg>Visite</seg></tuv></tu></body></tmx>".encode(),
            "m.tmx: The file has no text in both languages, fr and es.",
        ),
        (b"<xliff/>", "m.tmx: This is not a TMX file: its first element is <xliff>."),
    ],
)
def test_files_that_are_refused(
    remembered: dict[str, MemoryUnit],
    admin: Any,
    settings: Any,
    data: bytes,
    message: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.DIWAN_EXCHANGE_LIMITS = {**settings.DIWAN_EXCHANGE_LIMITS, "elements": 50}
    before = stored()
    response = upload(client_for(admin), data, django_capture_on_commit_callbacks)
    if "job" not in response.context:
        assert (data, list(response.context["import_form"].errors)) == (b"", ["file"])
    else:
        (item,) = response.context["job"].report
        assert item["level"] == "error"
        assert message in item["title"]
        assert item["title"].endswith("Nothing was imported.")
        assert response.context["job"].state == "failed"
    assert stored() == before


def test_a_file_is_tried_first(
    remembered: dict[str, MemoryUnit], admin: Any, django_capture_on_commit_callbacks: Any
) -> None:
    data = f"{HEAD}{GOOD}{TU.format('Accord', 'Acuerdo')}</body></tmx>".encode()
    editor, before = client_for(editor_make("es")), stored()
    dry = tried(editor, data, django_capture_on_commit_callbacks)
    assert report_of(dry) == [("success", "m.tmx", "Dry run: 2 texts would be new in the memory.")]
    assert stored() == before
    job = DeskJob.objects.get()
    confirm = reverse("translation_memory:confirm", args=[job.pk])
    assert editor.get(confirm).status_code == 405
    # Another's file is nobody's to import.
    assert client_for(admin).post(confirm, follow=True).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        confirmed = editor.post(confirm)
    done = editor.get(confirmed.url)
    assert report_of(done) == [("success", "m.tmx", "2 texts are new in the memory.")]
    assert MemoryUnit.objects.count() == len(before) + 2
    again = editor.post(confirm, follow=True)
    assert [message.strip() for message in messages_of(again)] == ["There is nothing to import."]
    assert DeskJob.objects.count() == 2
    job.refresh_from_db()
    assert (job.result, job.result_name) == (None, "")


def test_who_may_bring_a_memory_in(
    remembered: dict[str, MemoryUnit], admin: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    data = f"{HEAD}{GOOD}</body></tmx>".encode()
    assert is_refused(upload(client_for(translator_make("es")), data, django_capture_on_commit_callbacks))
    editor = client_for(editor_make("es"))
    refused = upload(editor, data, django_capture_on_commit_callbacks, target="ar")
    assert list(refused.context["import_form"].errors) == ["target"]
    same = upload(client_for(admin), data, django_capture_on_commit_callbacks, target="fr")
    assert same.context["import_form"].non_field_errors() == ["Choose two languages."]
    settings.DIWAN_EXCHANGE_LIMITS = {**settings.DIWAN_EXCHANGE_LIMITS, "upload_bytes": 10}
    large = upload(editor, data, django_capture_on_commit_callbacks)
    assert list(large.context["import_form"].errors) == ["file"]
    assert DeskJob.objects.count() == 0
    assert MemoryUnit.objects.count() == 2
    settings.DIWAN_EXCHANGE_LIMITS = {**settings.DIWAN_EXCHANGE_LIMITS, "upload_bytes": 10_000}
    done = upload(editor, data, django_capture_on_commit_callbacks)
    assert report_of(done) == [("success", "m.tmx", "1 text is new in the memory.")]
    unit = MemoryUnit.objects.get(source_text="Visite")
    assert (unit.origin, unit.origin_name, unit.target_text) == ("import", "m.tmx", "Visita")
    assert not Translation.objects.filter(source__object_repr="Visite").exists()


def test_a_page_of_texts_at_once(remembered: dict[str, MemoryUnit], pair: Any) -> None:
    texts = ["Accord &amp; paix", "Accord &amp; paix", "Accord et paix", "", "x" * 30_000]
    found = matches_for(texts=texts, **pair)
    assert list(found) == ["Accord &amp; paix", "Accord et paix", "", "x" * 30_000]
    assert [match.score for match in found["Accord &amp; paix"]] == [100]
    assert [match.score for match in found["Accord et paix"]] == [85]
    assert found[""] == found["x" * 30_000] == []
