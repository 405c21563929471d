"""The demo site goes out to a translation tool and comes back, in each format."""

import string
from collections import Counter
from typing import Any

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from home.localize.prefill import translation_prefill
from home.models import RecordPage
from tests.factories.demo import demo_make
from tests.integration.exchanging import html_changed, rows, translated
from tests.unit.exchange.schemas import XLIFF_2, XLIFF_12, assert_valid
from translations.exchange.archive import ArchiveLimits, archive_read
from translations.exchange.units import Format
from translations.selectors.exchange import record_list
from translations.services.exchange import ImportOptions, exchange_import
from translations.services.exchange_export import exchange_export

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.xdist_group("demo")]
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنه"
SCHEMAS = {Format.XLIFF12: XLIFF_12, Format.XLIFF21: XLIFF_2}


@pytest.fixture
def arabic(db: None) -> Locale:
    """The demo site, whose French pages are being translated into Arabic: of each type a few."""
    demo_make()
    locale = Locale.objects.get(language_code="ar")
    taken: Counter[type] = Counter()
    for page in Page.objects.filter(locale__language_code="fr", depth__gt=1, alias_of=None).order_by("path").specific():
        taken[type(page)] += 1
        if taken[type(page)] > (3 if isinstance(page, RecordPage) else 15):
            continue
        source, _created = TranslationSource.get_or_create_from_instance(page)
        target = page.get_translation_or_none(locale) or page.copy_for_translation(locale)
        Translation.objects.create(source=source, target_locale=locale)
        translation_prefill(source=source, locale=locale, target=target)
    return locale


def moved(by: int) -> Any:
    """A change of words that keeps their length: each Latin letter becomes an Arabic one."""
    letters = ARABIC[by:] + ARABIC[:by]
    table = str.maketrans(string.ascii_lowercase + string.ascii_uppercase, letters * 2)
    return lambda text: text.translate(table)


def test_nothing_is_lost(arabic: Locale) -> None:
    segments = list(StringSegment.objects.select_related("string", "context"))
    assert len(segments) > 400
    assert any("<a id=" in segment.string.data for segment in segments)
    assert StringTranslation.objects.exists()
    for number, form in enumerate(Format):
        export = exchange_export(records=record_list(locale=arabic), form=form)
        files = list(archive_read(data=export.data, limits=ArchiveLimits()))
        assert len(files) == Translation.objects.count()
        assert len({name for name, _data in files}) == len(files)
        for _name, data in files:
            if form in SCHEMAS:
                assert_valid(data, SCHEMAS[form])

        if form is Format.XLIFF21:  # every format is brought back as it was in test_exchange_refusals.py
            before = rows()
            unchanged = exchange_import(name="a.zip", data=export.data, user=None, options=ImportOptions())
            assert (unchanged.has_errors, unchanged.stored, unchanged.unchanged) == (False, 0, len(before))
            assert rows() == before

        change = moved(number + 1)
        done = exchange_import(
            name="a.zip", data=translated(export.data, form, change), user=None, options=ImportOptions()
        )
        assert not done.has_errors, [(page.name, page.errors) for page in done.pages if page.errors][:5]
        stored = {(row.translation_of_id, row.context_id): row for row in StringTranslation.objects.all()}
        for segment in segments:
            row = stored[segment.string_id, segment.context_id]
            assert row.data == html_changed(segment.string.data, change)
            assert not row.has_error
