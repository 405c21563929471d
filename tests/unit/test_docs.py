"""What the documents show and quote: pictures that exist, links that lead somewhere, buttons as they are called."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

from cms.env import BASE_DIR
from translations.exchange.units import Format

DOCS = BASE_DIR / "docs"
PAGES = [BASE_DIR / "README.md", *sorted(DOCS.rglob("*.md"))]
GUIDES = {"fr": DOCS / "translation.fr.md", "ar": DOCS / "translation.ar.md"}
LINK = re.compile(r"(!?)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(([^)\s]+)\)")


def links_of(page: Path, *, pictures: bool) -> list[str]:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [target for mark, target in LINK.findall(text) if bool(mark) == pictures and "://" not in target]


def anchors_of(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def test_every_picture_is_there_and_shown() -> None:
    shown = {(page.parent / target).resolve() for page in PAGES for target in links_of(page, pictures=True)}
    kept = {path for path in (DOCS / "images").rglob("*") if path.is_file()}
    assert shown == kept


def test_pictures_stay_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (DOCS / "images").rglob("*.png")}
    assert {name for name, size in sizes.items() if size > 120_000} == set()
    assert sum(sizes.values()) < 4_000_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    lost = []
    for target in links_of(page, pictures=False):
        name, _hash, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        if not found.exists() or (anchor and found.suffix == ".md" and anchor not in anchors_of(found)):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("language", GUIDES)
def test_a_guide_shows_every_screen_in_its_own_language(language: str) -> None:
    screens = {f"images/desk/{path.name}" for path in (DOCS / "images/desk").glob(f"*-{language}.png")}
    assert set(links_of(GUIDES[language], pictures=True)) == screens
    assert screens


def as_read(text: str) -> str:
    """Without what differs in typography alone, and with an ellipsis for what the program fills in."""
    text = re.sub(r"%\(\w+\)[sd]|\{\w*\}", "…", text)
    return " ".join(text.replace("\u00a0", " ").replace("’", "'").split())


@cache
def interface(language: str) -> set[str]:
    """Every text of the admin and of the scripts of its pages, as they are shown in ``language``."""
    texts = {"XLIFF 1.2", *(form.label for form in Format), *(name for _code, name in NATIVE)}
    for domain in ("django", "djangojs"):
        catalogue: Any = DjangoTranslation(language, domain=domain)
        texts |= {str(catalogue._catalog[key]) for key in catalogue._catalog.keys()}  # noqa: SIM118 - no dict
    return {as_read(text) for text in texts}


NATIVE = settings.WAGTAILADMIN_PERMITTED_LANGUAGES


@pytest.mark.parametrize("language", GUIDES)
def test_a_guide_quotes_the_interface_word_for_word(language: str) -> None:
    quoted = re.findall(r"\*\*(.+?)\*\*", GUIDES[language].read_text(encoding="utf-8"), re.DOTALL)
    assert len(quoted) > 100
    assert {text for text in quoted if as_read(text) not in interface(language)} == set()
