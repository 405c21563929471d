"""Times as people write them."""

import pytest

from home.language.times import time_read


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9", "09:00"),
        ("09", "09:00"),
        (" 9h ", "09:00"),
        ("9h30", "09:30"),
        ("9 h 30", "09:30"),
        ("9:30", "09:30"),
        ("09:30", "09:30"),
        ("9.30", "09:30"),
        ("930", "09:30"),
        ("0930", "09:30"),
        ("1630", "16:30"),
        ("2 pm", "14:00"),
        ("12 AM", "00:00"),
        ("12:30 p.m.", "12:30"),
        ("٩:٣٠", "09:30"),
        ("٢ م", "14:00"),
        ("۱۷", "17:00"),
        ("24", "00:00"),
        ("24:00", "00:00"),
        ("0", "00:00"),
        ("23h59", "23:59"),
        ("", None),
        ("24:01", None),
        ("25", None),
        ("9:60", None),
        ("9:5", None),
        ("13 pm", None),
        ("0 am", None),
        ("quand", None),
        ("9-12", None),
        ("9:30:00", None),
        ("9" * 4000, None),
        ("²", None),
    ],
)
def test_times_are_read(text: str, time: str | None) -> None:
    assert time_read(text) == time
