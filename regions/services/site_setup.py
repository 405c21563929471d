"""Everything that a site needs before anybody writes in it."""

from collections.abc import Callable, Collection, Mapping

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from home.services.locales import locale_setup_all
from home.services.site import home_setup_all, site_setup
from home.services.statistics import statistics_refresh
from regions.geography import CONTINENT_CODES
from regions.services.access import group_setup_all, workflow_setup
from regions.services.menus import menu_setup_all, site_settings_setup_all
from regions.services.news_kinds import news_kind_setup_all
from regions.services.sub_regions import sub_region_setup_all
from regions.services.texts import setup_texts, setup_texts_exist
from regions.services.trees import continent_setup_all, country_setup_all, news_index_setup_all
from regions.signals import site_set_up


@transaction.atomic
def site_setup_all(
    *,
    options: Mapping[str, str | int] | None = None,
    continent_codes: Collection[str] = CONTINENT_CODES,
    country_codes: Collection[str] | None = None,
    say: Callable[[str], None] = lambda _line: None,
) -> Site:
    """Make what is missing of locales, site, home pages, trees, kinds, menus, groups and workflow; change nothing else.

    ``options``: ``hostname``, ``port`` and ``site_name`` of the default site. ``continent_codes`` and
    ``country_codes`` keep the trees small, for tests. ``say`` is told what was done, a line for each step. It all
    happens, or none of it does.
    """
    # Two runs at once, as when two containers start: the second waits here, then finds everything made.
    Page.objects.select_for_update().get(depth=1)
    locales, new_locales = locale_setup_all()
    codes = [locale.language_code for locale in locales]
    _report(say, f"locales ({', '.join(codes)})", len(new_locales))
    for code in codes:
        if not setup_texts_exist(code):
            say(f"  no words for {code!r}: its home page, news index and kinds begin in English")

    homes, new_homes = home_setup_all(locales=locales, title_of=lambda code: setup_texts(code).home_title)
    _report(say, "home pages", len(new_homes))
    site, changed = site_setup(source_home=homes[0], options=options or {})
    say(f"site {site.hostname}:{site.port}: {'set' if changed else 'as it was'}")
    if site.root_page_id not in {home.pk for home in homes}:
        say(
            f"  it shows another page (id {site.root_page_id}): choose the home page {homes[0].title!r} in its settings"
        )

    new_indexes = news_index_setup_all(homes=homes)
    _report(say, "news indexes", len(new_indexes))
    _report(say, "sub-regions", sub_region_setup_all(locales=locales))
    _report(say, "continents", len(continent_setup_all(homes=homes, codes=continent_codes)))
    _report(say, "countries and territories", len(country_setup_all(homes=homes, codes=country_codes)))
    _report(say, "kinds of news", news_kind_setup_all(locales=locales))
    _report(say, "site settings", site_settings_setup_all(site=site, locales=locales))
    _report(say, "menus", menu_setup_all(site=site, homes=homes))
    groups = group_setup_all(homes=homes, new_homes=new_homes)
    _report(say, "groups", len(groups), verb="given their rights")
    for each in groups:
        if not each.is_new:
            say(f"  {each.group.name}: {', '.join(each.labels)}")
    workflow_changed = workflow_setup(new_indexes=new_indexes)
    if new_homes:
        statistics_refresh()
    say(f"moderation of news: {'set up' if workflow_changed else 'as it was'}")
    site_set_up.send(sender=site_setup_all, homes=homes, say=say)
    if settings.DIWAN_EXCLUDED_TERRITORIES:
        say(f"  left out as the settings say: {', '.join(sorted(settings.DIWAN_EXCLUDED_TERRITORIES))}")
    return site


def _report(say: Callable[[str], None], what: str, created: int, *, verb: str = "made") -> None:
    say(f"{what}: {created} {verb}" if created else f"{what}: as they were")
