"""The glossary in the admin: terms, who may change which, and its files."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale

from tests.integration.translating import (
    client_for,
    editor_make,
    is_refused,
    messages_of,
    speak_english,
    translator_make,
)
from translations.models import DeskJob, GlossaryTerm
from translations.services.glossary_demo import glossary_load

pytestmark = [pytest.mark.once, pytest.mark.django_db]

LIST = "wagtailsnippets_translations_glossaryterm:list"
ADD = "wagtailsnippets_translations_glossaryterm:add"
EDIT = "wagtailsnippets_translations_glossaryterm:edit"
DELETE = "wagtailsnippets_translations_glossaryterm:delete"
INSPECT = "wagtailsnippets_translations_glossaryterm:inspect"
HEADER = "source_language,target_language,term,translation,forbidden,kind,match_case,note"


@pytest.fixture
def admin(site_tree: Any, django_user_model: Any) -> Any:
    user = django_user_model.objects.create_superuser("admin", "admin@example.org", "password")
    speak_english(user)
    return user


@pytest.fixture
def terms(site_tree: Any) -> dict[str, GlossaryTerm]:
    french = Locale.objects.get(language_code="fr")
    made = {}
    for code, target, forbidden in (("es", "=Embajador", "Legado\n-Nuncio"), ("ar", "سفير", "")):
        made[code] = GlossaryTerm.objects.create(
            source_locale=french,
            target_locale=Locale.objects.get(language_code=code),
            source_term="ambassadeur",
            target_term=target,
            forbidden=forbidden,
            kind="title",
            match_case=code == "es",
            note='\'=1+1, "cité"\nsur deux lignes' if code == "es" else "",
        )
    return made


def rows() -> list[tuple[Any, ...]]:
    return list(
        GlossaryTerm.objects.order_by("pk").values_list(
            "pk",
            "target_locale__language_code",
            "source_term",
            "target_term",
            "forbidden",
            "kind",
            "match_case",
            "note",
        )
    )


def listed(client: Any, **query: Any) -> list[str]:
    response = client.get(reverse(LIST, query=query))
    assert response.status_code == 200
    return [term.target_term for term in response.context["object_list"]]


def fields(**values: Any) -> dict[str, Any]:
    french, spanish = (Locale.objects.get(language_code=code) for code in ("fr", "es"))
    return {
        "source_locale": french.pk,
        "target_locale": spanish.pk,
        "source_term": "consul",
        "target_term": "cónsul",
        "forbidden": "",
        "kind": "title",
        "note": "",
        **values,
    }


def test_searching_and_filtering(terms: dict[str, GlossaryTerm], admin: Any) -> None:
    client = client_for(admin)
    assert sorted(listed(client)) == ["=Embajador", "سفير"]
    assert listed(client, q="embaja") == listed(client, q="nuncio") == ["=Embajador"]
    assert listed(client, q="سفي") == ["سفير"]
    arabic = Locale.objects.get(language_code="ar")
    assert listed(client, target_locale=arabic.pk) == ["سفير"]
    assert listed(client, source_locale=arabic.pk) == []
    assert listed(client, kind="country") == []
    assert len(listed(client, kind="title")) == 2


def test_each_changes_the_terms_of_her_own_language(terms: dict[str, GlossaryTerm], admin: Any) -> None:
    translator, editor = client_for(translator_make("es")), client_for(editor_make("es"))
    # A translator reads all of it.
    assert len(listed(translator)) == 2
    assert translator.get(reverse(INSPECT, args=[terms["es"].pk])).status_code == 200
    for name, args in ((ADD, []), (EDIT, [terms["es"].pk]), (DELETE, [terms["es"].pk])):
        assert is_refused(translator.get(reverse(name, args=args), follow=True))
        assert is_refused(translator.post(reverse(name, args=args), fields(), follow=True))
    # An editor changes the terms into her language, and no others.
    for name in (EDIT, DELETE):
        url = reverse(name, args=[terms["ar"].pk])
        assert is_refused(editor.get(url, follow=True))
        assert is_refused(editor.post(url, fields(), follow=True))
    html = editor.get(reverse(LIST)).content.decode()
    assert reverse(EDIT, args=[terms["es"].pk]) in html
    assert reverse(EDIT, args=[terms["ar"].pk]) not in html
    foreign = editor.post(reverse(ADD), fields(target_locale=terms["ar"].target_locale_id))
    assert list(foreign.context["form"].errors) == ["target_locale"]
    bulk = reverse("wagtail_bulk_action", args=["translations", "glossaryterm", "delete"])
    editor.post(f"{bulk}?id={terms['ar'].pk}")
    assert GlossaryTerm.objects.count() == 2
    assert editor.post(reverse(ADD), fields()).status_code == 302
    assert editor.post(reverse(EDIT, args=[terms["es"].pk]), fields(source_term="ambassadeur")).status_code == 302
    assert editor.post(reverse(DELETE, args=[terms["es"].pk])).status_code == 302
    assert [(row[1], row[2], row[3]) for row in rows()] == [("ar", "ambassadeur", "سفير"), ("es", "consul", "cónsul")]
    twice = editor.post(reverse(ADD), fields())
    assert twice.context["form"].non_field_errors() == ["The glossary has this term already for these two languages."]


def test_the_desks_menu_leads_there(terms: dict[str, GlossaryTerm], admin: Any) -> None:
    html = client_for(admin).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(LIST) in html
    assert reverse("translation_memory:index") in html


# --- Files ---------------------------------------------------------------------------------------------------------
def export(client: Any, form: str, **query: str) -> bytes:
    response = client.get(reverse("translation_glossary:export", query={"form": form, **query}))
    assert response.status_code == 200
    return bytes(response.content)


def upload(client: Any, data: bytes | str, run: Any, name: str = "g.csv", **values: str) -> Any:
    """Send the form; the page of the job, which has run, or the form again."""
    file = SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())
    with run(execute=True):
        response = client.post(
            reverse("translation_glossary:import"), {"file": file, "source_locale": "fr", **values}, follow=True
        )
    return (
        response if is_refused(response) or "job" not in response.context else client.get(response.redirect_chain[0][0])
    )


def report_of(response: Any) -> list[tuple[str, str, str]]:
    return [(item["level"], item["title"], item["message"]) for item in response.context["job"].report]


def confirm(client: Any, tried: Any, run: Any) -> Any:
    with run(execute=True):
        response = client.post(reverse("translation_glossary:confirm", args=[tried.context["job"].pk]), follow=True)
    return client.get(response.redirect_chain[0][0])


@pytest.mark.parametrize("form", ["csv", "tbx"])
def test_a_glossary_goes_out_and_comes_back(
    terms: dict[str, GlossaryTerm], admin: Any, form: str, django_capture_on_commit_callbacks: Any
) -> None:
    client, run = client_for(admin), django_capture_on_commit_callbacks
    data = export(client, form)
    before = rows()
    known = upload(client, data, run, f"g.{form}")
    assert report_of(known) == [("success", f"g.{form}", "Dry run: 0 new terms, 0 changed, 2 unchanged.")]
    assert rows() == before

    terms["ar"].delete()
    GlossaryTerm.objects.update(target_term="otro")
    tried = upload(client, data, run, f"g.{form}")
    assert report_of(tried) == [("success", f"g.{form}", "Dry run: 1 new term, 1 changed, 0 unchanged.")]
    assert [row[3] for row in rows()] == ["otro"]
    done = confirm(client, tried, run)
    assert report_of(done) == [("success", f"g.{form}", "Imported: 1 new term, 1 changed, 0 unchanged.")]
    assert {row[1:] for row in rows()} == {row[1:] for row in before}
    again = client.post(reverse("translation_glossary:confirm", args=[tried.context["job"].pk]), follow=True)
    assert [message.strip() for message in messages_of(again)] == ["There is nothing to import."]
    assert b"\xd8\xb3" not in export(client, form, target_locale="es")


def test_no_cell_is_a_formula(terms: dict[str, GlossaryTerm], admin: Any) -> None:
    text = export(client_for(admin), "csv", target_locale="es").decode("utf-8-sig")
    assert text == (
        '"source_language","target_language","term","translation","forbidden","kind","match_case","note"\r\n'
        '"fr","es","ambassadeur","\'=Embajador","Legado\n-Nuncio","title","yes",'
        '"\'\'=1+1, ""cité""\nsur deux lignes"\r\n'
    )


LINE = "fr,es,consul,cónsul,,title,no,"


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (b"\xff\xfe\x00\x81", [("g.csv", "The file is no text in UTF-8: save it as “CSV UTF-8”, or as TBX.")]),
        ("a\0b", [("g.csv", "The file is no text in UTF-8: save it as “CSV UTF-8”, or as TBX.")]),
        (
            "term,translation\nconsul,cónsul",
            [("g.csv", f"The first line must name the columns: {HEADER.replace(',', ', ')}.")],
        ),
        (f"{HEADER}\n", [("g.csv", "The file has no terms in these languages.")]),
        (f"{HEADER}\n{LINE}\nfr,es,accord", [("g.csv, line 3", "It has 3 cells instead of 8.")]),
        (f'{HEADER}\n{LINE}\n"fr', [("g.csv", "Line 3 cannot be read: unexpected end of data.")]),
        (
            f"{HEADER}\n{LINE}\nfr,xx,accord,a,,,,\nfr,es,,a,,,,\nfr,es,pacte,p,,bad,,\nfr,es,b,c,,,maybe,\n{LINE}",
            [
                ("g.csv, line 3", "There is no language “xx” here."),
                ("g.csv, line 4", "term: This field cannot be blank."),
                ("g.csv, line 5", "The kind “bad” is none of title, institution, country, agreement, other."),
                ("g.csv, line 6", "match_case is “maybe”, not yes or no."),
                ("g.csv, line 7", "The term stands there twice: see line 2."),
            ],
        ),
        (
            f"{HEADER}\n{LINE}\nfr,fr,a,b,,,,\nfr,es,a,b,b,,,\nfr,es,{'x' * 201},b,,,,\nfr,es,c\x01,b,,,,",
            [
                ("g.csv, line 3", "into: Choose another language than that of the term."),
                ("g.csv, line 4", "forbidden forms: The approved translation cannot be forbidden."),
                (
                    "g.csv, line 5",
                    "term: Ensure this value has at most 200 characters (it has 201).",
                ),
                ("g.csv, line 6", "A text holds control characters."),
            ],
        ),
        (
            f"{HEADER}\n" + "\n".join(f"fr,es,t{n},c,,,," for n in range(12)),
            [("g.csv", "The file holds more than 10 terms.")],
        ),
        ("<tmx/>", [("g.csv", "This is not a TBX file: its first element is <tmx>.")]),
        (
            "<!DOCTYPE martif [<!ENTITY a 'b'>]><martif/>",
            [("g.csv", "The file declares a document type (DTD): that is not accepted.")],
        ),
    ],
)
def test_files_that_are_refused(
    terms: dict[str, GlossaryTerm],
    admin: Any,
    settings: Any,
    data: bytes | str,
    problems: list[tuple[str, str]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.DIWAN_GLOSSARY_MAX_TERMS = 10
    before = rows()
    response = upload(client_for(admin), data, django_capture_on_commit_callbacks)
    assert report_of(response) == [
        ("error", "g.csv", "Nothing was imported: the file does not fit in every place."),
        *(("error", *problem) for problem in problems),
    ]
    assert not response.context["job"].result_name
    assert rows() == before


def test_spreadsheets_of_other_countries(
    terms: dict[str, GlossaryTerm], admin: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, run = client_for(admin), django_capture_on_commit_callbacks
    data = "\ufeffTerm;Translation;Source_Language;Target_Language\r\nconsul;cónsul;fr;es\r\n"
    assert report_of(confirm(client, upload(client, data, run), run)) == [
        ("success", "g.csv", "Imported: 1 new term, 0 changed, 0 unchanged.")
    ]
    assert rows()[-1][1:] == ("es", "consul", "cónsul", "", "other", False, "")


def test_who_may_bring_terms_in(
    terms: dict[str, GlossaryTerm], admin: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    run = django_capture_on_commit_callbacks
    translator, editor = client_for(translator_make("es")), client_for(editor_make("es"))
    assert is_refused(upload(translator, f"{HEADER}\n{LINE}", run))
    page = translator.get(reverse("translation_glossary:files"))
    assert page.context["import_form"] is None
    assert export(translator, "csv")
    before = rows()
    refused = upload(editor, f"{HEADER}\n{LINE}\nfr,ar,consul,قنصل,,,,", run)
    assert report_of(refused)[1:] == [("error", "g.csv, line 3", "You may not change terms in Arabic.")]
    assert rows() == before
    tried = upload(editor, f"{HEADER}\n{LINE}", run)
    confirm_url = reverse("translation_glossary:confirm", args=[tried.context["job"].pk])
    assert client_for(admin).post(confirm_url, follow=True).status_code == 404
    assert is_refused(translator.post(confirm_url, follow=True))
    assert rows() == before
    assert DeskJob.objects.count() == 2
    confirm(editor, tried, run)
    assert len(rows()) == 3
    settings.DIWAN_EXCHANGE_LIMITS = {**settings.DIWAN_EXCHANGE_LIMITS, "upload_bytes": 10}
    large = editor.post(
        reverse("translation_glossary:import"),
        {"file": SimpleUploadedFile("g.csv", HEADER.encode()), "source_locale": "fr"},
    )
    assert list(large.context["import_form"].errors) == ["file"]


def test_the_demonstrations_glossary(site_tree: Any) -> None:
    assert glossary_load() == 66
    assert glossary_load() == 0
    term = GlossaryTerm.objects.get(source_term="ministre des Affaires étrangères", target_locale__language_code="ar")
    assert (term.target_term, term.forbidden_list(), term.kind) == ("وزير الشؤون الخارجية", ["وزير الخارجية"], "title")
    assert term.note == "Démonstration : terme à vérifier par le ministère avant usage."
    GlossaryTerm.objects.filter(pk=term.pk).update(target_term="غير ذلك")
    GlossaryTerm.objects.filter(source_term="note verbale").delete()
    assert glossary_load() == 2
    term.refresh_from_db()
    assert term.target_term == "غير ذلك"
