"""What the quality checks find, and what they leave alone."""

import pytest
from django.test import override_settings
from django.utils import translation

from home.language.words import words_in
from translations.checks import Check, Level, Pair, Term, Terms, check
from translations.checks import terms as terms_module
from translations.checks.figures import Day, days_in, numbers_in
from translations.checks.terms import Place, places_of, terms_in


def found(source: str, target: str, into: str = "ar", *, terms=(), limit=None, source_locale="fr") -> list[str]:
    with translation.override("en"):
        return [
            f"{finding.check.value}: {finding.message}"
            for finding in check(Pair(source, target, source_locale, into, limit), terms)
        ]


CLEAN = [
    ("Le ministre a reçu l'ambassadeur.", "استقبل الوزير السفير.", "ar"),
    ("Signé le 12 janvier 2005 à Rabat", "وقع في 12 يناير 2005 بالرباط", "ar"),
    ("Signé le 1er août 2005", "وقع في ١ غشت ٢٠٠٥", "ar"),
    ("Signé le 1er août 2005", "Firmado el 1 de agosto de 2005", "es"),
    ("12 500 tonnes, soit 3,5 %", "12.500 toneladas, es decir 3,5 %", "es"),
    ("12 500 tonnes", "١٢٬٥٠٠ طن", "ar"),
    ("Qui a signé ?", "من وقع؟", "ar"),
    ("Qui a signé ?", "¿Quién ha firmado?", "es"),
    ('Lire <a id="a1">le texte</a> <b>ici</b>', 'اقرأ <b>هنا</b> <a id="a1">النص</a>', "ar"),
    ("Costa Rica", "Costa Rica", "es"),
    ("Cuba", "Cuba", "es"),
    ("Le CARICOM et l'ONU", "الكاريكوم والأمم المتحدة", "ar"),
    ("Accord avec Coca Cola Company Morocco", "اتفاق مع Coca Cola Company Morocco", "ar"),
    ("الوزير: من وقع؟", "Le ministre\u00a0: qui a signé\u202f?", "fr"),
    ("قال «نعم»", "Il a dit «\u00a0oui\u00a0»", "fr"),
    ("Voir https://example.org/a?b=1", "انظر https://example.org/a?b=1", "ar"),
    ("A<br/>B", "أ<br/>ب", "ar"),
    ("Le 05/01/2024 à 9 h 05", "في 5/1/2024 على الساعة 09:05", "ar"),
    ("0,5 tonne sur 05", "0,5 tonelada de 5", "es"),
    ("Voir https://example.org/?a=1 ici", "Véase https://example.org/?a=1 aquí", "es"),
    ("ALE (2020), UE", "ALE (2020), UE", "ar"),
]


@pytest.mark.parametrize(("source", "target", "into"), CLEAN)
def test_good_translation_is_left_alone(source, target, into):
    assert found(source, target, into, source_locale="ar" if into == "fr" else "fr") == []


WRONG = [
    ("Bonjour", "  ", "ar", ["empty: The text is empty."]),
    ('<a id="a1">Lire</a>', "اقرأ", "ar", ['tags: <a id="a1"> of the source is missing.']),
    ("Lire", '<a id="a2">اقرأ</a>', "ar", ['tags: <a id="a2"> is not in the source.']),
    ("<b>Lire</b>", "<b>اقرأ", "ar", ["tags: A tag is not closed, or closed in the wrong order."]),
    ("<b><i>a</i></b>", "<b><i>أ</b></i>", "ar", ["tags: A tag is not closed, or closed in the wrong order."]),
    (
        "En 2004, 15 pays",
        "في 2005، 15 دولة",
        "ar",
        [
            "numbers: Numbers of the source that are missing: 2004.",
            "numbers: Numbers that are not in the source: 2005.",
        ],
    ),
    (
        "Le 12 janvier",
        "El 12 de febrero",
        "es",
        ["dates: The date 12/1 of the source is 12/2 here."],
    ),
    (
        "Le 12 janvier 2005",
        "في 12 فبراير 2005",
        "ar",
        ["dates: The date 12/1/2005 of the source is 12/2/2005 here."],
    ),
    ("Le ministre parle", "Le ministre parle", "es", ["untranslated: The text is the same as the source."]),
    (
        "Le ministre a signé un accord de pêche.",
        "الوزير a signé un accord de pêche.",
        "ar",
        ["untranslated: 6 words in a row are in another script: “a signé un accord de pêche”."],
    ),
    ("Le ministre", "الوزير  هنا", "ar", ["spaces: There are two spaces in a row."]),
    ("Le ministre", " الوزير", "ar", ["spaces: A space at the beginning differs from the source."]),
    ("Oui, non", "نعم, لا", "ar", ["punctuation: Arabic has “،” in place of “,”."]),
    (
        "Qui ?",
        "من?",
        "ar",
        ["punctuation: Arabic has “؟” in place of “?”."],
    ),
    (
        "Accord (2020), « hier » ; a-t-il signé (oui) ?",
        "اتفاق (2020), «أمس»; هل وقعه (نعم)?",
        "ar",
        [
            "punctuation: Arabic has “،” in place of “,”.",
            "punctuation: Arabic has “؛” in place of “;”.",
            "punctuation: Arabic has “؟” in place of “?”.",
        ],
    ),
    (
        "0,5 tonne",
        "5 toneladas",
        "es",
        ["numbers: Numbers of the source that are missing: 05.", "numbers: Numbers that are not in the source: 5."],
    ),
    ("Qui ?", "Quién?", "es", ["punctuation: Spanish has “¿” before what ends with “?”."]),
    ("من؟", "Qui ?", "fr", ["punctuation: French has a no-break space before ?."]),
    ("«نعم»", "«oui\u00a0»", "fr", ["punctuation: French has a no-break space after «."]),
    (
        "Il part.",
        "سيغادر",
        "ar",
        ["punctuation: The source ends with “.” and this text with no sign."],
    ),
    (
        "Il part",
        "سيغادر\u202e",
        "ar",
        ["direction: The text holds invisible direction marks: right-to-left override."],
    ),
]


@pytest.mark.parametrize(("source", "target", "into", "expected"), WRONG)
def test_wrong_translation_is_told(source, target, into, expected):
    assert found(source, target, into, source_locale="ar" if into == "fr" else "fr") == expected


def test_length_is_that_of_the_text_without_tags():
    assert found("Un", "<b>أهلا</b>", limit=4) == ["tags: <b> is not in the source."]
    assert found("Un", "أهلا", limit=3) == ["length: The text has 4 characters; 3 fit."]


TERMS = [
    Term("Ministre des Affaires étrangères", "وزير الشؤون الخارجية", ("وزير الخارجية",)),
    Term("Union africaine", "Unión Africana"),
]


def test_terms_of_the_glossary():
    source = "Le ministre des affaires étrangères a parlé"
    assert found(source, "تحدث وزير الشؤون الخارجية", terms=TERMS[:1]) == []
    assert found(source, "تحدث السيد وزير الخارجية", terms=TERMS[:1]) == [
        "glossary: “وزير الخارجية” is forbidden for “Ministre des Affaires étrangères”: write “وزير الشؤون الخارجية”."
    ]
    assert found(source, "تحدث السفير", terms=TERMS[:1]) == [
        "glossary: “Ministre des Affaires étrangères” is “وزير الشؤون الخارجية” in the glossary."
    ]
    assert found("L'Union africaine", "La Unión Africana", "es", terms=TERMS[1:]) == []
    assert found("Il parle", "تحدث", terms=TERMS) == []


def test_terms_are_found_inflected_and_where_they_stand():
    text = "Les accords de pêche et l'accord de pêche"
    assert places_of("accord de pêche", text, "fr") == [Place(4, 20), Place(26, 41)]
    assert places_of("Accord de pêche", text, "fr", match_case=True) == []
    assert places_of("البرلمان", "زار برلمان المغرب", "ar") == [Place(4, 10)]
    assert places_of("", text, "fr") == []


def test_a_large_glossary_is_analysed_once_and_looked_up_by_the_words_of_a_text(monkeypatch):
    others = [Term(f"terme{number} de la mer", f"مصطلح{number}") for number in range(3_000)]
    terms = Terms([*others, Term("accord de pêche", "اتفاق الصيد"), Term("Accords", "اتفاقات"), Term("", "؟")])
    asked = []

    def counted(text):
        asked.append(text)
        return words_in(text)

    monkeypatch.setattr(terms_module, "words_in", counted)
    texts = [f"Texte {number} : un accord de pêche et la mer" for number in range(20)]
    for text in texts:
        assert [term.source for term in terms_in(text, terms, "fr")] == ["accord de pêche", "Accords"]
    assert terms_in("terme7 de la mer", [*terms], "fr") == [others[7]]
    assert len(asked) <= len(terms) + len(texts) + 1


def test_numbers_and_days_of_each_script():
    assert sorted(numbers_in("١٢٬٥٠٠ و 3,5 و 2005 100")) == ["100", "12500", "2005", "35"]
    assert days_in("١٢ يوليوز ٢٠٢٠ و 3 شتنبر", "ar") == [Day(12, 7, 2020), Day(3, 9, None)]
    assert days_in("les 3 mars et 1er mai 2004", "fr") == [Day(3, 3, None), Day(1, 5, 2004)]
    assert days_in("3 mars", "xx") == []


def test_levels_follow_the_setting():
    pair = Pair('<a id="a1">Oui, non</a>', "نعم, لا", "fr", "ar")
    assert [(each.check, each.level) for each in check(pair)] == [
        (Check.TAGS, Level.BLOCKING),
        (Check.PUNCTUATION, Level.ADVISORY),
    ]
    with override_settings(DIWAN_TRANSLATION_CHECKS={"tags": "off", "punctuation": "blocking"}):
        assert [(each.check, each.level) for each in check(pair)] == [(Check.PUNCTUATION, Level.BLOCKING)]
    with override_settings(DIWAN_TRANSLATION_CHECKS={"tagz": "off"}), pytest.raises(ValueError, match="tagz"):
        check(pair)


def test_enormous_texts_take_no_longer_than_their_length():
    for piece in ("<a ", "1 ", "1.", "« ", "نعم, ", "? ", "a" * 50, "<b>", "12 janvier "):
        check(Pair(piece * 5_000, piece * 5_000, "fr", "ar"), TERMS)
