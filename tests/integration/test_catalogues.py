"""make messages and make messages-check: what is collected, and what makes a catalogue stale."""

import gettext
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.management import CommandError, call_command

from cms import catalogues

pytestmark = pytest.mark.once

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
title = _("Title")
pages = ngettext("%(n)s page", "%(n)s pages", 3)
month = pgettext_lazy("month", "May")
"""
TEMPLATE = """{% load i18n %}<p>It's (open "{{ x|default:_("nothing") }}"
    {% translate "Read more" %}{# a note #}
  {% blocktranslate count n=x trimmed %}One item
     left{% plural %}{{ n }} items left{% endblocktranslate %}"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one Python file and one template, and no catalogue yet."""
    monkeypatch.setattr(catalogues, "BASE_DIR", tmp_path)
    monkeypatch.setattr("cms.management.commands.catalogues.BASE_DIR", tmp_path)
    (tmp_path / "home" / "templates").mkdir(parents=True)
    (tmp_path / "home" / "models.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "home" / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def translate_all(language: str) -> None:
    """Fill every text of a catalogue by hand, as a translator would, and leave the .mo as it was."""
    path = catalogues.catalogue_path(language)
    text = path.read_text(encoding="utf-8")
    for message in read_po(path.open("rb"), locale=language):
        if message.id and isinstance(message.id, str):
            text = text.replace(f'msgid "{message.id}"\nmsgstr ""', f'msgid "{message.id}"\nmsgstr "x {message.id}"')
    for form in range(6):
        text = text.replace(f'msgstr[{form}] ""', f'msgstr[{form}] "%(n)s x"')
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def finished(project: Path) -> Path:
    catalogues.catalogues_update()
    for language in catalogues.languages():
        translate_all(language)
    catalogues.catalogues_update()
    return project


def test_collects_code_and_templates_with_contexts_and_plurals(project: Path) -> None:
    collected = {(message.context, message.id) for message in catalogues.catalogue_collect() if message.id}
    assert collected == {
        (None, "Title"),
        (None, ("%(n)s page", "%(n)s pages")),
        ("month", "May"),
        (None, "nothing"),
        (None, "Read more"),
        (None, ("One item left", "%(n)s items left")),
    }


def test_new_catalogues_are_made_but_not_complete(project: Path) -> None:
    call_command("catalogues", stdout=StringIO())
    with pytest.raises(CommandError, match=r"fr/LC_MESSAGES/django.po: 'Title' is not translated"):
        call_command("catalogues", check=True)


def test_finished_catalogues_pass_and_are_left_alone(finished: Path) -> None:
    assert list(catalogues.problems()) == []
    assert catalogues.catalogues_update() == []


def test_new_text_in_code_is_missed(finished: Path) -> None:
    with (finished / "home" / "models.py").open("a") as file:
        file.write('fresh = _("Fresh")\n')
    assert list(catalogues.problems()) == [
        f"locale/{language}/LC_MESSAGES/django.po: lacks 'Fresh'" for language in catalogues.languages()
    ]


def test_text_gone_from_code_is_noticed_and_removed(finished: Path) -> None:
    source = finished / "home" / "models.py"
    source.write_text(source.read_text().replace("Title", "Heading"))
    assert "locale/ar/LC_MESSAGES/django.po: nothing uses 'Title'" in list(catalogues.problems())
    catalogues.catalogues_update()
    assert "Title" not in catalogues.catalogue_path("ar").read_text()


def test_mo_that_was_not_compiled_again_is_noticed(finished: Path) -> None:
    path = catalogues.catalogue_path("es")
    path.write_text(path.read_text().replace("x Title", "Título"))
    assert list(catalogues.problems()) == ["locale/es/LC_MESSAGES/django.mo: differs from the .po file"]


def test_lost_placeholder_is_noticed(finished: Path) -> None:
    path = catalogues.catalogue_path("fr")
    path.write_text(path.read_text().replace('"%(n)s x"', '"%(m)s x"'))
    assert any("'%(n)s page'" in line and "placeholder" in line for line in catalogues.problems())


def test_fuzzy_text_is_noticed(finished: Path) -> None:
    path = catalogues.catalogue_path("fr")
    path.write_text(path.read_text().replace('msgid "Title"', '#, fuzzy\nmsgid "Title"'))
    assert "locale/fr/LC_MESSAGES/django.po: 'Title' is fuzzy" in list(catalogues.problems())


def test_arabic_has_its_six_plural_forms(finished: Path) -> None:
    with catalogues.catalogue_path("ar").with_suffix(".mo").open("rb") as file:
        plural = gettext.GNUTranslations(file).plural
    assert [plural(count) for count in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)] == [0, 1, 2, 3, 3, 4, 4, 5, 5, 3]
