"""Models of the floor: base page, home page, plain pages, media, site settings, navigation, registries."""

from home.models.base_page import BasePage
from home.models.content_version import ContentVersion
from home.models.group_grant import GroupGrant
from home.models.home_page import HomePage
from home.models.index_page import IndexPage
from home.models.media import CustomDocument, CustomImage, CustomRendition
from home.models.navigation import NavigationMenu
from home.models.record_page import RecordPage
from home.models.search_entry import SearchEntry, SearchTexts
from home.models.site_settings import SiteSettings, SocialLink
from home.models.standard_page import StandardPage
from home.models.translation_schedule import TranslationSchedule
from home.models.trusted_document import TrustedDocument

__all__ = [
    "BasePage",
    "ContentVersion",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "GroupGrant",
    "HomePage",
    "IndexPage",
    "NavigationMenu",
    "RecordPage",
    "SearchEntry",
    "SearchTexts",
    "SiteSettings",
    "SocialLink",
    "StandardPage",
    "TranslationSchedule",
    "TrustedDocument",
]
