"""Models of the domain: continents, sub-regions, countries and news."""

from regions.models.continent import ContinentPage, ContinentPinnedNews
from regions.models.country import CountryPage
from regions.models.import_record import ImportRecord
from regions.models.news import NewsContinentLink, NewsCountryLink, NewsPage
from regions.models.news_index import NewsIndexPage
from regions.models.news_kind import NewsKind
from regions.models.sub_region import SubRegion

__all__ = [
    "ContinentPage",
    "ContinentPinnedNews",
    "CountryPage",
    "ImportRecord",
    "NewsContinentLink",
    "NewsCountryLink",
    "NewsIndexPage",
    "NewsKind",
    "NewsPage",
    "SubRegion",
]
