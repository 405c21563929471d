"""A text that HTML would not write otherwise is what wagtail-localize makes of it, without a parser."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wagtail_localize.strings import StringValue

from home.localize import patches

pytestmark = pytest.mark.once


@given(st.text())
@example("")
@example("R&D « x » <b>\n’\u200f\u2068a\u2069\xa0\x85\ufeff")
@example("l'été")
@example('"')
@example("a\r\nb\x0bc")
def test_the_answers_are_the_same(text):
    quick = StringValue.from_plaintext(text).data
    with patches.plain():
        assert StringValue.from_plaintext(text).data == quick
