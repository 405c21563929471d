"""Words and phrases of the old portal's pages: what is recognised as the same."""

import pytest

from regions.legacy.words import Phrases, words_of


def test_a_hyphen_joins_words_and_a_dash_between_spaces_does_not():
    assert [(word.folded, word.joined) for word in words_of("maroco-chilienne - à")] == [
        ("maroco", True),
        ("chilienne", False),
        ("a", False),
    ]


def test_arabic_particles_are_set_aside_but_the_word_is_kept():
    assert words_of("وللبرازيل")[0].forms == ("وللبرازيل", "للبرازيل", "البرازيل")
    assert words_of("chili")[0].forms == ("chili",)


def test_the_longest_phrase_comes_first_and_a_star_stands_for_any_ending():
    phrases = Phrases([("entretien*", 1), ("entretien* avec le", 2), ("sommet", 3)])
    words = words_of("Entretiens avec le Sommet")
    assert [(match.start, match.end, match.value) for match in phrases.find(words)] == [(0, 3, 2), (0, 1, 1), (3, 4, 3)]


def test_a_phrase_needs_a_word():
    with pytest.raises(ValueError, match="needs a word"):
        Phrases([("- !", 1)])
