"""Interface texts: collected from code and templates into ``locale/<language>/LC_MESSAGES/*.po`` and compiled.

``django`` is the domain of the server's texts, ``djangojs`` that of texts that scripts show: Wagtail's, for Diwan's own
scripts are given theirs by the server.

Babel does what GNU gettext would: a fresh machine has no xgettext or msgfmt. The compiled ``.mo`` files are committed,
so that every way of starting Diwan finds them, and problems() tells when they no longer match.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from cms.env import BASE_DIR

# locale/*.py may list texts of other packages that Diwan translates itself, one gettext call each.
SOURCES = ("cms", "api", "bulk", "translations", "travel", "relations", "missions", "regions", "home", "locale")
JS_TEXTS = Path("locale") / "wagtail_js_texts.py"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
WIDTH = 120
# The order of Arabic plural forms that GNU gettext and Django use; Babel's own swaps the last two.
PLURALS = {"ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"}


def languages() -> list[str]:
    """Codes of the languages that need a catalogue."""
    return [code for code, _name in settings.LANGUAGES]


def domains() -> list[str]:
    """The domains that have texts."""
    return ["django", "djangojs"] if (BASE_DIR / JS_TEXTS).exists() else ["django"]


def catalogue_path(language: str, domain: str = "django") -> Path:
    """The ``.po`` file of ``language``; its ``.mo`` stands beside it."""
    return BASE_DIR / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def _source_files(domain: str) -> Iterator[Path]:
    if domain == "djangojs":
        yield BASE_DIR / JS_TEXTS
        return
    for folder in SOURCES:
        for path in sorted((BASE_DIR / folder).rglob("*")):
            if "migrations" in path.parts or path == BASE_DIR / JS_TEXTS:
                continue
            if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
                yield path


def _python_of(path: Path) -> bytes:
    """The file as Python for Babel: templates become the gettext calls that they make, line by line."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Indentation means something in Python and nothing in a template.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    return source.encode()


def catalogue_collect(domain: str = "django") -> Catalog:
    """Every text marked for translation in Diwan's own code and templates, with the files that hold it."""
    collected = Catalog(charset="utf-8", project="Diwan")
    for path in _source_files(domain):
        found = extract("python", io.BytesIO(_python_of(path)), keywords=KEYWORDS, comment_tags=("Translators:",))
        for _line, text, comments, context in found:
            # No line numbers: they would change the catalogue with every edit above a text.
            location = (path.relative_to(BASE_DIR).as_posix(), 0)
            collected.add(text, None, [location], auto_comments=comments, context=context)
    return collected


def catalogue_read(language: str, domain: str = "django") -> Catalog:
    """The committed catalogue of ``language``; an empty one when there is none."""
    path = catalogue_path(language, domain)
    if not path.exists():
        header = f"# Diwan's interface texts ({language}). make messages keeps this file."
        catalogue = Catalog(locale=language, charset="utf-8", project="Diwan", fuzzy=False, header_comment=header)
        if language in PLURALS:
            catalogue.mime_headers = [("Plural-Forms", PLURALS[language])]
        return catalogue
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _compiled(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def catalogues_update() -> list[Path]:
    """Bring every ``.po`` and ``.mo`` up to date with the code; new texts stand untranslated. Returns changed files."""
    changed: list[Path] = []
    for domain in domains():
        collected = catalogue_collect(domain)
        for language in languages():
            changed += _update(collected, language, domain)
    return changed


def _update(collected: Catalog, language: str, domain: str) -> Iterator[Path]:
    catalogue = catalogue_read(language, domain)
    collected.creation_date = catalogue.creation_date  # a date of its own would change the file at every call
    catalogue.update(collected, no_fuzzy_matching=True)
    text = io.BytesIO()
    write_po(text, catalogue, width=WIDTH, ignore_obsolete=True, include_lineno=False, sort_by_file=True)
    compiled = _compiled(read_po(io.BytesIO(text.getvalue()), locale=language))
    path = catalogue_path(language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    for target, content in ((path, text.getvalue()), (path.with_suffix(".mo"), compiled)):
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)
            yield target


def _texts(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    texts = {}
    for message in catalogue:
        if message.id:
            singular = message.id[0] if isinstance(message.id, list | tuple) else message.id
            texts[message.context, singular] = message
    return texts


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def problems() -> Iterator[str]:
    """One line for each thing that makes a catalogue stale, incomplete or wrong; none when all is well."""
    for domain in domains():
        wanted = _texts(catalogue_collect(domain))
        for language in languages():
            yield from _problems(wanted, language, domain)


def _problems(wanted: dict[tuple[str | None, str], Message], language: str, domain: str) -> Iterator[str]:
    path = catalogue_path(language, domain)
    name = path.relative_to(BASE_DIR)
    if not path.exists():
        yield f"{name}: missing"
        return
    catalogue = catalogue_read(language, domain)
    present = _texts(catalogue)
    for key in sorted(wanted.keys() - present.keys(), key=lambda item: item[1]):
        yield f"{name}: lacks {key[1]!r}"
    for key in sorted(present.keys() - wanted.keys(), key=lambda item: item[1]):
        yield f"{name}: nothing uses {key[1]!r}"
    for key, message in present.items():
        if not _is_translated(message):
            yield f"{name}: {key[1]!r} is not translated"
        elif message.fuzzy:
            yield f"{name}: {key[1]!r} is fuzzy"
        for error in message.check(catalogue):
            yield f"{name}: {key[1]!r}: {error}"
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        yield f"{name.with_suffix('.mo')}: missing"
    elif not _same_texts(compiled.read_bytes(), _compiled(catalogue)):
        yield f"{name.with_suffix('.mo')}: differs from the .po file"


def _same_texts(one: bytes, other: bytes) -> bool:
    def strings(content: bytes) -> dict[tuple[str | None, str], object]:
        return {key: message.string for key, message in _texts(read_mo(io.BytesIO(content))).items()}

    return strings(one) == strings(other)
