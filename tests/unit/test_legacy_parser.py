"""Saved pages taken apart: each line has one fate, and nothing of a part is lost."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regions.legacy.classifier import OTHER, classifier_for
from regions.legacy.gazetteer import continent_names
from regions.legacy.language import other_language, script_expected, script_of
from regions.legacy.page import Fate, LegacyPage
from regions.legacy.parser import page_parse
from regions.legacy.reading import lines_of

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "legacy"
NBSP = "\u00a0"

PROSE = "Le royaume entretient avec cette région des relations anciennes, fondées sur le respect et sur l'échange."
OTHER_PROSE = "Une seconde phrase, assez longue pour être du texte et non un titre, ferme ce court passage de la page."


def parsed(text: str, *, language: str = "fr", continent: str = "019") -> LegacyPage:
    classifier = classifier_for(language=language)
    return page_parse(
        text,
        language=language,
        continent=continent,
        continents=continent_names(language),
        is_news=lambda line: classifier.kind_of(line).slug != OTHER,
    )


def fates(page: LegacyPage) -> list[str]:
    return [f"{line.fate.value} {line.part}" if line.part else line.fate.value for line in page.lines]


def sample(name: str) -> str:
    return (FIXTURES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "language", "continent", "menus", "paragraphs", "news"),
    [
        ("fr_asie.txt", "fr", "142", 3, 3, 9),
        ("es_america.txt", "es", "019", 2, 2, 10),
        ("ar_ifriqya.txt", "ar", "002", 2, 2, 10),
    ],
)
def test_well_formed_pages(name, language, continent, menus, paragraphs, news):
    page = parsed(sample(name), language=language, continent=continent)
    expected = ["navigation"] * menus + ["blank", "menu label", "heading", "blank", "blank"]
    for number in range(1, paragraphs + 1):
        expected += [f"paragraph {number}", "blank"]
    expected += [f"news item {number}" for number in range(1, news + 1)]
    assert fates(page) == expected
    assert page.warnings == ()
    assert (len(page.paragraphs), len(page.news)) == (paragraphs, news)
    lines = lines_of(sample(name))
    assert page.menu_label == lines[menus + 1].strip()
    assert page.heading == lines[menus + 2]
    assert list(page.paragraphs) == [lines[line.number - 1] for line in page.lines if line.fate is Fate.PARAGRAPH]


def test_a_sloppy_page():
    page = parsed(sample("fr_europe_sloppy.txt"), continent="150")
    assert fates(page) == [
        "blank",
        "navigation",
        "navigation",
        "menu label",
        "separator",
        "heading",
        "blank",
        "paragraph 1",
        "paragraph 1",
        "paragraph 1",
        "paragraph 2",
        "paragraph 3",
        "paragraph 4",
        "paragraph 5",
        "blank",
        "navigation",
        "blank",
        "section title",
        "news item 1",
        "news item 2",
        "news item 2",
        "news item 3",
        "news item 4",
        "news item 5",
        "news item 6",
        "navigation",
        "navigation",
    ]
    assert page.paragraphs[0].startswith("L'Union européenne et le Maroc ont signé leur accord d'association en 1996 ;")
    assert [(item.title, item.date) for item in page.news[:5]] == [
        ("Entretien avec le Ministre français de l'Intérieur", datetime.date(2017, 4, 3)),
        ("Visite au Royaume Uni d'une délégation de la Chambre des représentants", datetime.date(2017, 5, 4)),
        ("31/02/2017 : Communique: mise en place d'un groupe de travail maroco-espagnol", None),
        ("M. Dominique Martin reçu par le Secrétaire général", None),
        ("Réunion à la Grenade, en Espagne", None),
    ]
    assert page.news[0].source_key == page.news[5].source_key
    assert [line.note for line in page.lines if line.note] == [
        "stands above the menu label",
        "continued",
        "continued",
        "continued",
        "its date does not exist and was left in the title",
        "not indented like the others",
    ]
    assert page.warnings == ("Line 22 states a date that does not exist.",)


def test_label_by_position_where_the_continent_is_not_named():
    page = parsed(f"{NBSP} Le Nouveau Monde\nNos relations\n\n{PROSE}\n{NBSP} Entretien à Rabat\n")
    assert fates(page) == ["menu label", "heading", "blank", "paragraph 1", "news item 1"]
    assert (page.menu_label, page.heading) == ("Le Nouveau Monde", "Nos relations")


def test_unknown_lines_above_an_unknown_label_are_reported_and_not_imported():
    page = parsed(f"Bla\nLe Nouveau Monde\nNos relations\n\n{PROSE}\n")
    assert fates(page) == ["unrecognised", "menu label", "heading", "blank", "paragraph 1"]


def test_the_last_mention_of_the_continent_is_the_label_and_other_continents_are_menus():
    page = parsed(f"Afrique\nAmérique\nAsie\n\nAmérique\nAsie\nNos relations\n{PROSE}\n")
    assert fates(page) == [
        "navigation",
        "navigation",
        "navigation",
        "blank",
        "menu label",
        "navigation",
        "heading",
        "paragraph 1",
    ]


def test_a_page_about_another_continent_is_noticed():
    assert parsed(f"Afrique\nNos relations\n{PROSE}\n").other_continents == ("002",)
    assert parsed(f"Amérique\nNos relations\n{PROSE}\n").other_continents == ()


def test_heading_or_text_may_be_missing_and_is_told():
    page = parsed(f"Amérique\n{PROSE}\n")
    no_news = "No list of news was found: is the file whole?"
    assert (page.heading, page.warnings, page.names_continent) == ("", ("No heading was found.", no_news), True)
    page = parsed("Amérique\nNos relations\n- Entretien à Rabat\n- Visite à Oslo\n")
    assert (page.paragraphs, len(page.news), page.warnings) == ((), 2, ("No text was found.",))
    assert page.is_recognised


@pytest.mark.parametrize(
    ("text", "is_named", "is_recognised"),
    [
        (f"Nouveau Monde\nNos relations\n{PROSE}\n", False, True),
        (f"Nouveau Monde\nL'Amérique et nous\n{PROSE}\n", True, True),
        ("Courses\n- lait\n- Pain\n", False, False),
        ("Rien\nde\nconnu\nici\n", False, False),
    ],
)
def test_a_page_that_does_not_name_the_continent_needs_running_text_and_is_warned_of(text, is_named, is_recognised):
    page = parsed(text)
    assert (page.names_continent, page.is_recognised) == (is_named, is_recognised)
    assert any("is this the right page?" in warning for warning in page.warnings) is not is_named


@pytest.mark.parametrize("text", ["", "abc\n", "Amérique\nNos relations\n", "Accueil\nContact :\n\n"])
def test_what_is_no_page_is_not_recognised(text):
    assert not parsed(text).is_recognised


def test_a_list_that_lost_its_indentation_is_recognised_by_its_wording():
    text = (
        f"Amérique\nNos relations\n\n{PROSE}\n\nEntretien à Rabat\nVisite au Chili\nUne brève\nCommuniqué : un fait\n"
    )
    page = parsed(text)
    assert [item.title for item in page.news] == [
        "Entretien à Rabat",
        "Visite au Chili",
        "Une brève",
        "Communiqué : un fait",
    ]
    assert page.paragraphs == (PROSE,)
    assert len(page.warnings) == 1
    assert "line 6" in page.warnings[0]


def test_a_paragraph_broken_into_lines_is_no_list():
    lines = ["Le Royaume a reçu en", "visite officielle trois", "ambassadeurs venus du", "sud du continent."]
    text = "\n".join(["Amérique", "Nos relations", "", *lines])
    page = parsed(text)
    assert page.paragraphs == ("Le Royaume a reçu en visite officielle trois ambassadeurs venus du sud du continent.",)
    assert page.news == ()


def test_text_below_the_list_is_reported_and_not_imported():
    page = parsed(f"Amérique\nNos relations\n{PROSE}\n{NBSP} Entretien à Rabat\n\n{PROSE} {OTHER_PROSE}\n")
    assert fates(page)[-1] == "unrecognised"
    assert page.lines[-1].note == "text below the list of news"


def test_a_line_too_long_for_a_title_is_reported_and_not_imported():
    page = parsed(f"Amérique\nNos relations\n{PROSE}\n{NBSP} Entretien à Rabat\n{NBSP} {'mot ' * 300}\n")
    assert fates(page)[-1] == "unrecognised"
    assert "1,199 characters" in page.lines[-1].note


@pytest.mark.parametrize(
    ("lines", "dates"),
    [
        (["12/03/2017", "Entretien", "13/03/2017", "Visite"], [12, 13]),
        (["Entretien", "12/03/2017", "Visite", "13/03/2017"], [12, 13]),
        (["Entretien", "Visite", "13/03/2017"], [None, 13]),
    ],
)
def test_dates_on_lines_of_their_own(lines, dates):
    text = "\n".join(["Amérique", "Nos relations", PROSE, *(f"{NBSP} {line}" for line in lines)])
    page = parsed(text)
    assert [item.date.day if item.date else None for item in page.news] == dates
    assert [line.fate for line in page.lines[3:]].count(Fate.NEWS_DATE) == sum("/" in line for line in lines)


def test_a_date_without_its_item_is_reported():
    page = parsed(f"Amérique\nNos relations\n{PROSE}\n{NBSP} 12/03/2017\n{NBSP} Entretien\n{NBSP} 13/03/2017\n")
    assert fates(page)[3:] == ["news date 1", "news item 1", "unrecognised"]


def test_a_broken_arabic_item_continues_without_indentation():
    text = (
        "إفريقيا\nعلاقاتنا\n\nتربط المغرب بالقارة الإفريقية علاقات قديمة ومتجددة تقوم على الاحترام والتعاون المتبادل.\n"
        f"{NBSP} مباحثات مع وزير\nالخارجية السنغالي\n{NBSP} زيارة إلى رواندا\n"
    )
    page = parsed(text, language="ar", continent="002")
    assert [item.title for item in page.news] == ["مباحثات مع وزير الخارجية السنغالي", "زيارة إلى رواندا"]


def test_source_keys_ignore_spelling_and_place_but_not_dates():
    def keys(*lines: str) -> list[str]:
        return [item.source_key for item in parsed("\n".join(["Amérique", "Titre", PROSE, *lines])).news]

    one = keys("- Communiqué : l'été", "- Entretien")
    assert one == list(reversed(keys("- Entretien", "- COMMUNIQUE: l’ete!")))
    assert one[0] != keys("- 12/03/2017 Communiqué : l'été")[0]
    assert parsed(f"Amérique\nTitre\n{PROSE}\n- 12/03/2017 Communiqué : l'été").news[0].undated_key == one[0]


def test_the_margin_of_a_page_that_is_indented_as_a_whole_is_no_indentation():
    body = "\n".join(["Amérique", "Nos relations", PROSE, f"{NBSP} Entretien"])
    indented = "\n".join("    " + line for line in body.split("\n"))
    assert fates(parsed(indented)) == fates(parsed(body))


# Lines that pages are made of, and lines of nonsense.
LINES = st.one_of(
    st.sampled_from(
        [
            "",
            NBSP,
            "Accueil",
            "Missions :",
            "Accueil > Pays",
            "Amérique",
            f"{NBSP} Amérique",
            "Afrique",
            "Nos relations",
            PROSE,
            OTHER_PROSE,
            "Actualités",
            f"{NBSP} Entretien avec un ministre",
            "- 12/03/2017 : Communiqué",
            "12/03/2017",
            "Visite au Chili Lire la suite",
            "Lire la suite",
            "suite en minuscules",
            "* * *",
            "1 2 3",
            "© Ministère",
            "- un point ;",
            "31/02/2017 - Entretien",
        ]
    ),
    st.text(max_size=60),
)


@settings(max_examples=150)
@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["fr", "ar", "es"]))
def test_each_line_has_one_fate_and_no_word_of_a_part_is_lost(lines, end, language):
    text = end.join(lines)
    page = parsed(text, language=language)
    raw = lines_of(text)
    assert [line.number for line in page.lines] == list(range(1, len(raw) + 1))
    assert [line.raw for line in page.lines] == raw
    # A part has the lines that say they belong to it, and each part has one.
    for fate, count in ((Fate.PARAGRAPH, len(page.paragraphs)), (Fate.NEWS_ITEM, len(page.news))):
        assert {line.part for line in page.lines if line.fate is fate} == set(range(1, count + 1))
    for item in page.news:
        assert item.lines == tuple(n.number for n in page.lines if n.fate is Fate.NEWS_ITEM and n.part == item.number)
        assert item.title
    for number, paragraph in enumerate(page.paragraphs, start=1):
        said = "".join(line.raw for line in page.lines if line.fate is Fate.PARAGRAPH and line.part == number)
        assert letters(paragraph) == letters(said)
    for fate, value in ((Fate.MENU_LABEL, page.menu_label), (Fate.HEADING, page.heading)):
        assert letters("".join(line.raw for line in page.lines if line.fate is fate)) == letters(value)
    blank = [line.fate is Fate.BLANK for line in page.lines]
    assert all(letters(line.raw) == "" for line, is_blank in zip(page.lines, blank, strict=True) if is_blank)


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def test_scripts_and_languages_are_told_apart():
    french, spanish, arabic = sample("fr_asie.txt"), sample("es_america.txt"), sample("ar_ifriqya.txt")
    assert [script_of(text) for text in (french, spanish, arabic, "12 !")] == ["Latn", "Latn", "Arab", ""]
    assert [script_expected(code) for code in ("fr", "es", "ar", "ru")] == ["Latn", "Latn", "Arab", "Cyrl"]
    assert other_language(french, language="es") == "fr"
    assert other_language(spanish, language="fr") == "es"
    assert other_language(french, language="fr") is None
    assert other_language("Court texte", language="es") is None
