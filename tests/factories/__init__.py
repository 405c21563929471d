"""Objects for tests: one factory for each model of content, and small sites to put them in."""

from tests.factories.content import (
    ContinentPageFactory,
    CountryPageFactory,
    DocumentFactory,
    HomePageFactory,
    ImageFactory,
    LocaleFactory,
    NewsIndexPageFactory,
    NewsKindFactory,
    NewsPageFactory,
    StandardPageFactory,
    SubRegionFactory,
)
from tests.factories.site import SiteTree, site_tree_make

__all__ = [
    "ContinentPageFactory",
    "CountryPageFactory",
    "DocumentFactory",
    "HomePageFactory",
    "ImageFactory",
    "LocaleFactory",
    "NewsIndexPageFactory",
    "NewsKindFactory",
    "NewsPageFactory",
    "SiteTree",
    "StandardPageFactory",
    "SubRegionFactory",
    "site_tree_make",
]
