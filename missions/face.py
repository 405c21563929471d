"""What this app adds to the plain pages of regions."""

from missions.selectors.plain_face import missions_of_country, people_and_organisations_of_news
from regions.extensions import FaceSection, face_section_add
from regions.models import CountryPage, NewsPage


def face_sections_add() -> None:
    """Show missions on the pages of countries, people and organisations on those of news; called once."""
    face_section_add(CountryPage, FaceSection("missions/face/country_missions.html", missions_of_country, place=1))
    face_section_add(NewsPage, FaceSection("missions/face/news_links.html", people_and_organisations_of_news, place=1))
