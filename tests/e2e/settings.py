"""Development's settings for browser tests: a page is saved when the test says so, not while it is written."""

from cms.settings.development import *  # noqa: F403

# A page that is published while it saves itself for the first time becomes two pages, in Wagtail 8.0 as it comes.
WAGTAIL_AUTOSAVE_INTERVAL = 0
