"""What this app adds to the plain pages of regions and missions."""

from missions.models import OrganisationPage, PersonPage
from regions.extensions import FaceSection, face_section_add
from regions.models import ContinentPage, CountryPage
from relations.selectors import plain_face

_TIMELINE, _AGREEMENTS = "relations/face/timeline_section.html", "relations/face/agreements_section.html"


def face_sections_add() -> None:
    """Show timelines and agreements on the pages of those they are about; called once."""
    face_section_add(CountryPage, FaceSection(_AGREEMENTS, plain_face.agreements_of_country, place=2))
    face_section_add(CountryPage, FaceSection(_TIMELINE, plain_face.timeline_of_country, place=3))
    face_section_add(ContinentPage, FaceSection(_TIMELINE, plain_face.timeline_of_continent, place=3))
    face_section_add(OrganisationPage, FaceSection(_AGREEMENTS, plain_face.agreements_of_organisation, place=2))
    face_section_add(OrganisationPage, FaceSection(_TIMELINE, plain_face.timeline_of_organisation, place=3))
    face_section_add(PersonPage, FaceSection(_TIMELINE, plain_face.timeline_of_person, place=3))
