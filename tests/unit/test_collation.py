"""Names in the order that CLDR gives them in each language."""

import babel
import pytest
from django.db import connection

from home.language.collation import collation_key, collation_name

pytestmark = pytest.mark.django_db

NAMES = {
    "cote", "Cote", "côte", "coté", "côté", "oeil", "œil", "oeils", "of", "Saint-Marin", "Saint Pierre", "SaintA",
    "Saints", "nada", "Nueva Zelanda", "nzeta", "ñandú", "Ñu", "Omán", "llama", "lz", "chile", "cz", "a-b", "a b", "ab",
    "a’b", "A.b", "إيران", "ايران", "ئيران", "مدرسة", "مدرست", "هدى", "هدي", "آب", "آت", "أب", "اب", "ات", "ءات", "لا",
    "1", "٢", "3",
}  # fmt: skip


def test_what_readers_expect() -> None:
    def ordered(locale: str, names: list[str]) -> bool:
        return sorted(names, key=lambda name: collation_key(name, locale)) == names

    assert ordered("fr", ["Égypte", "El Salvador", "Émirats arabes unis", "États-Unis", "Inde", "Zambie"])
    assert ordered("fr", ["cote", "Cote", "coté", "côte", "côté", "coteau"])
    assert ordered("fr", ["oeil", "œil", "oeils", "of"])
    assert ordered("es", ["nada", "Nueva Zelanda", "nzeta", "ñandú", "Ñu", "Omán"])
    assert ordered("fr", ["nada", "ñandú", "Nueva Zelanda"])
    # Arabic letters first, alef with hamza or without beside each other, ta marbuta before ta, alef maqsura before ya.
    assert ordered("ar", ["إثيوبيا", "أذربيجان", "إيران", "ايران", "بلجيكا", "مدرسة", "مدرست", "هدى", "هدي", "Zambie"])
    assert ordered("fr", ["Zambie", "بلجيكا"])
    assert ordered("ar", ["1", "٢", "3", "ب", "a"])
    # Cursors hold keys, so they have an end.
    assert len(collation_key("É" * 255, "fr")) < 400


def test_keys_are_text_that_databases_and_cursors_take() -> None:
    everything = "".join(chr(code) for code in range(1, 0x11000, 7) if not 0xD800 <= code < 0xE000)
    for start in range(0, len(everything), 60):
        for locale in ("fr", "ar", "es"):
            key = collation_key(everything[start : start + 60], locale)
            assert "\0" not in key
            key.encode()


@pytest.mark.parametrize("locale", ["fr", "es", "ar", "en"])
def test_keys_order_the_territories_as_the_database_does(locale: str) -> None:
    """On PostgreSQL that is ICU itself; on SQLite the collation that is made of the keys."""
    names = {name for code in ("fr", "es", "ar") for name in babel.Locale(code).territories.values()}
    names |= NAMES
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE names (name text)")
        listed = sorted(names)
        for start in range(0, len(listed), 100):
            part = listed[start : start + 100]
            rows = ", ".join("(%s)" for _name in part)
            cursor.execute(f"INSERT INTO names VALUES {rows}", part)  # noqa: S608 - placeholders
        cursor.execute(f'SELECT name FROM names ORDER BY name COLLATE "{collation_name(locale)}"')  # noqa: S608 - our own
        stored = [name for (name,) in cursor.fetchall()]
        cursor.execute("DROP TABLE names")
    assert sorted(names, key=lambda name: collation_key(name, locale)) == stored
