"""Countries and organisations that titles name, and what only looks like them."""

import pytest

from home.language.folding import fold
from regions.geography import CONTINENT_CODES, country_entries, country_entry_get, territory_name
from regions.legacy.data_files import organisations, places, supported_languages
from regions.legacy.gazetteer import Gazetteer, MentionKind, continent_names, gazetteer_for


def named(title: str, kind: MentionKind = MentionKind.COUNTRY, *, language: str = "fr", home: str = "MA") -> list[str]:
    """The codes, or for regions and ambiguous names the words, of the mentions of one kind."""
    found = [m for m in gazetteer_for(language=language, home=home).mentions(title) if m.kind is kind]
    if kind in (MentionKind.REGION, MentionKind.AMBIGUOUS):
        return [mention.text for mention in found]
    return [code for mention in found for code in mention.codes]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Visite aux États-Unis", ["US"]),
        ("Visite aux Etats Unis d'Amérique", ["US"]),
        ("L'ambassadeur des Etats-Unis d’Amérique", ["US"]),
        ("Le Sénat des États-Unis mexicains", ["MX"]),
        ("Un diplomate américain, des élues américaines", ["US", "US"]),
        ("Commissions maroco-chiliennes", ["CL"]),
        ("Forum franco-marocain", ["FR"]),
        ("Sommet sino-africain", ["CN"]),
        ("République dominicaine et Commonwealth de la Dominique", ["DO", "DM"]),
        ("Séjour à la Dominique", ["DM"]),
        ("Antigua-et-Barbuda", ["AG"]),
        ("ANTIGUA ET BARBUDA", ["AG"]),
        ("Guinée, Guinée équatoriale, Guinée-Bissau, Papouasie-Nouvelle-Guinée", ["GN", "GQ", "GW", "PG"]),
        ("Équato-guinéen et guinéen", ["GQ", "GN"]),
        ("Congo, RDC et République démocratique du Congo", ["CG", "CD", "CD"]),
        ("Nigérien et nigérian, Niger et Nigeria", ["NE", "NG", "NE", "NG"]),
        ("Corée du Sud et nord-coréenne", ["KR", "KP"]),
        ("Soudan du Sud, Soudan, sud-soudanais", ["SS", "SD", "SS"]),
        ("Afrique du Sud et sud-africain", ["ZA", "ZA"]),
        ("Samoa américaines et Îles Vierges américaines", ["AS", "VI"]),
        ("République bolivarienne du Venezuela", ["VE"]),
        ("La Géorgie, la Géorgie du Sud et les Géorgiens", ["GE", "GS", "GE"]),
        ("Trinité-et-Tobago, Trinidad et Tobago", ["TT", "TT"]),
        ("Le président cubain au Guatemala", ["CU", "GT"]),
        ("Birmanie, Myanmar", ["MM", "MM"]),
        ("Ambassade du Maroc à Castries", ["LC"]),
        ("Consulat général du Royaume du Maroc à New York", ["US"]),
        ("Ambassadeur mauricien, ministre mauritanien", ["MU", "MR"]),
    ],
)
def test_french_titles_name_countries(title, codes):
    assert named(title) == codes


@pytest.mark.parametrize(
    "title",
    [
        "Les pays d'Amérique latine",
        "Le continent américain",
        "Parlementaires latino-américains",
        "Sommet ibéro-américain",
        "La réunion ministérielle",
        "Golfe de Guinée",
        "Coopération autour du lac Tchad",
        "Commission de l'océan Indien",
        "Nouveau-Mexique",
        "Colombie-Britannique",
        "Cours de langue française",
        "M. Dominique Petit",
        "M. Maurice Blanc",
        "Attaque à la grenade",
        "Une délégation coréenne",
        "Le peuple congolais",
        "Signature à Washington",
        "Le franco de port",
        "Congrès de pédiatrie",
        "Sahara marocain, Royaume du Maroc, à Rabat",
        "Chiliade",
        "",
    ],
)
def test_what_only_holds_a_countrys_name_is_not_linked(title):
    assert named(title) == []


def test_ambiguous_names_are_told():
    assert named("Délégation coréenne chez Maurice", MentionKind.AMBIGUOUS) == ["coreenne", "maurice"]


def test_a_city_counts_only_close_to_a_mission():
    assert named("L'Ambassadeur du Maroc à Brasilia") == ["BR"]
    assert named("L'Ambassadeur du Chili à Brasilia") == ["CL"]
    far = "Ambassade du Maroc : un colloque sur la recherche universitaire et scientifique à Brasilia"
    assert named(far) == []
    assert named(far, MentionKind.PLACE) == ["BR"]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Envoyée de l'ONU", ["UN"]),
        ("Envoyée de l’O.N.U.", ["UN"]),
        ("Conseil de sécurité", ["UN"]),
        ("L'UE et l'UA", ["EU", "AU"]),
        ("Cela ne se joue pas, il a su", []),
        ("Organisation des États américains", ["OAS"]),
        ("Secrétaire général de la CARICOM", ["CARICOM"]),
        ("Accord avec l'AEC et le groupe ACP", ["ACS", "OACPS"]),
        ("Ligue arabe, Ligue des États arabes", ["LAS", "LAS"]),
        ("Organisation internationale de la Francophonie", ["OIF"]),
        ("Le Commonwealth", ["COMMONWEALTH"]),
        ("Commonwealth des Bahamas", []),
    ],
)
def test_organisations_are_recognised(title, codes):
    assert named(title, MentionKind.ORGANISATION) == codes


def test_the_home_country_is_recognised_and_never_linked():
    title = "Le Maroc et le Chili : consultations maroco-chiliennes à Rabat"
    assert named(title) == ["CL", "CL"]
    assert named(title, MentionKind.HOME) == ["MA", "MA", "MA"]
    assert named(title, home="CL") == ["MA", "MA"]
    assert named(title, MentionKind.HOME, home="CL") == ["CL", "CL"]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Estados Unidos Mexicanos y Estados Unidos de América", ["MX", "US"]),
        ("Empresarios estadounidenses, congreso de EE. UU.", ["US", "US"]),
        ("El continente americano, países americanos", []),
        ("Delegación norteamericana", []),
        ("Reunión con el Ministro", []),
        ("Consultas hispano-marroquíes", ["ES"]),
        ("República Dominicana, Dominica, dominicanos", ["DO", "DM", "DO"]),
        ("Guinea Ecuatorial y Guinea", ["GQ", "GN"]),
        ("Diputados españoles, alemanes y franceses", ["ES", "DE", "FR"]),
        ("El Salvador y San Salvador", ["SV"]),
        ("Fiestas de Granada", []),
    ],
)
def test_spanish_titles_name_countries(title, codes):
    assert named(title, language="es") == codes


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("سفير الولايات المتحدة الأمريكية", ["US"]),
        ("الولايات المتحدة المكسيكية", ["MX"]),
        ("وفد أمريكي", ["US"]),
        ("دول أمريكا اللاتينية والقارة الأمريكية", []),
        ("زيارة إلى البرازيل وللأرجنتين وبالشيلي", ["BR", "AR", "CL"]),
        ("غينيا الاستوائية، غينيا بيساو، غينيا", ["GQ", "GW", "GN"]),
        ("النيجر ونيجيريا", ["NE", "NG"]),
        ("الكونغو الديمقراطية والكونغو", ["CD", "CG"]),
        ("المباحثات المغربية الفرنسية", ["FR"]),
        ("الوفود البرازيلية والمسؤولون البرازيليون", ["BR", "BR"]),
        ("دعم مالي", []),
        ("جمهورية مالي", ["ML"]),
        ("الأمير تركي والوزير التركي", ["TR"]),
        ("بلدان المغرب العربي والمحيط الهندي", []),
        ("سلطنة عُمان", ["OM"]),
        ("سفارة المغرب بواشنطن", ["US"]),
        ("لقاء في واشنطن", []),
        ("الوفد الكوري الجنوبي", ["KR"]),
    ],
)
def test_arabic_titles_name_countries(title, codes):
    assert named(title, language="ar") == codes


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_every_country_is_found_by_its_cldr_name_or_set_aside_by_the_data(language):
    data = places(language)
    dropped = {fold(name) for name in data["dropped"]["names"]}
    missed = []
    for entry in country_entries():
        name = territory_name(entry.alpha2, language_code=language)
        if fold(name) not in dropped and named(name, language=language, home="ZZ") != [entry.alpha2]:
            missed.append((entry.alpha2, name))
    assert missed == []


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_the_data_names_known_codes_and_no_two_meanings(language):
    data = places(language)
    for table in ("countries", "adjectives", "prefixes", "cities"):
        assert [code for code in data[table] if country_entry_get(code) is None] == [], table
    for codes in data["ambiguous"].values():
        assert all(country_entry_get(code) for code in codes)
    meanings: dict[str, set[str]] = {}
    for code, names in data["countries"].items():
        for name in names:
            meanings.setdefault(fold(name), set()).add(code)
    for code, adjectives in data["adjectives"].items():
        for adjective in adjectives.split(","):
            meanings.setdefault(fold(adjective), set()).add(code)
    assert {name: codes for name, codes in meanings.items() if len(codes) > 1} == {}


def test_every_language_has_every_organisation_and_table():
    tables = {
        "continents",
        "countries",
        "dropped",
        "ambiguous",
        "regions",
        "missions",
        "prefixes",
        "adjectives",
        "cities",
    }
    for language in supported_languages():
        assert set(places(language)) == tables
        assert all(organisation[language] for organisation in organisations())
    codes = [organisation["code"] for organisation in organisations()]
    assert len(codes) == len(set(codes))


def test_continents_have_their_cldr_names_and_no_name_twice():
    for language in supported_languages():
        names = continent_names(language)
        assert set(names) == set(CONTINENT_CODES)
        everything = [name for group in names.values() for name in group]
        assert len(everything) == len(set(everything))
    assert "amerique" in continent_names("fr")["019"]
    assert fold("إفريقيا") in continent_names("ar")["002"]


def test_an_unknown_language_is_an_error():
    with pytest.raises(KeyError):
        Gazetteer(language="xx", home="MA")
