"""Kinds of news by wording, in three languages."""

import pytest

from regions.legacy.classifier import Classifier
from regions.legacy.data_files import supported_languages, wording

SLUGS = {
    "communique",
    "meeting",
    "visit",
    "credentials",
    "consultations",
    "humanitarian-aid",
    "multilateral",
    "agreement",
}

TITLES = {
    "fr": {
        "Communiqué : visite du Roi au Ghana": "communique",
        "COMMUNIQUE suite à la réunion": "communique",
        "12. Communique de presse": "communique",
        "Entretien avec le Président du Sénat": "meeting",
        "Entretiens lors du sommet": "meeting",
        "Mme Benali reçoit un envoyé spécial": "meeting",
        "Le Ministre s’entretient avec son homologue": "meeting",
        "L'Ambassadeur remet ses lettres de créance lors d'un entretien": "credentials",
        "Le nouvel ambassadeur présente les copies figurées": "credentials",
        "Consultations politiques avec la Suède": "consultations",
        "Tenue de la commission mixte": "consultations",
        "Envoi d'une aide alimentaire au Mali": "humanitarian-aid",
        "Hôpital de campagne à Amman": "humanitarian-aid",
        "Signature d'un accord de pêche": "agreement",
        "Le Royaume accorde une bourse aux étudiants": "other",
        "Visite de travail: entretien avec le Président": "visit",
        "Entretien en marge de la visite": "meeting",
        "Rabat prend part à une réunion ministérielle": "multilateral",
        "Réunion ministérielle de la coalition": "multilateral",
        "Réunion avec les exportateurs": "meeting",
        "Sommet de l'Union": "multilateral",
        "Retrait de la reconnaissance": "other",
        "": "other",
        "!": "other",
    },
    "es": {
        "Comunicado de la Presidencia": "communique",
        "El Ministro recibe al Embajador": "meeting",
        "Se reúne con el Canciller": "meeting",
        "Presentación de cartas credenciales": "credentials",
        "Consultas políticas": "consultations",
        "Ayuda humanitaria a Haití": "humanitarian-aid",
        "Firma de un convenio": "agreement",
        "Visita oficial del Canciller": "visit",
        "Marruecos participa en la Cumbre": "multilateral",
        "Nueva sede": "other",
    },
    "ar": {
        "بلاغ صحفي": "communique",
        "الوزير يستقبل السفير": "meeting",
        "مباحثات مع وزير الخارجية": "meeting",
        "السفير يقدم أوراق اعتماده": "credentials",
        "مشاورات سياسية": "consultations",
        "مساعدات إنسانية عاجلة": "humanitarian-aid",
        "التوقيع على اتفاقية": "agreement",
        "زيارة رسمية": "visit",
        "المغرب يشارك في القمة": "multilateral",
        "مقر جديد": "other",
    },
}


@pytest.mark.parametrize(
    ("language", "title", "slug"),
    [(language, title, slug) for language, titles in TITLES.items() for title, slug in titles.items()],
)
def test_the_wording_tells_the_kind(language, title, slug):
    assert Classifier(language=language).kind_of(title).slug == slug


def test_the_words_that_decided_are_told():
    assert Classifier(language="fr").kind_of("M. Alaoui reçoit un sénateur").because == "recoit"


def test_every_language_knows_every_kind_and_no_other():
    assert supported_languages() == {"fr", "ar", "es"}
    for language in supported_languages():
        assert {rule["slug"] for rule in wording(language)["kinds"]} == SLUGS
