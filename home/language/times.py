"""Times as people write them: 9, 9h30, 09:30, 2 pm, ٩:٣٠. The hours editor's script reads them by the same rules."""

import re

_DIGITS = {ord(digit): str(index % 10) for index, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.,h٫]\s*(?P<minute>\d{2})?|(?P<packed>\d{2}))?\s*(?:min|mn)?\s*(?P<half>am|pm|a\.m\.|p\.m\.|ص|م)?\Z"
)


def time_read(text: str) -> str | None:
    """``"HH:MM"``; None for what is no time. Midnight at the end of a day, 24:00, is 00:00."""
    match = _TIME.match(text.translate(_DIGITS).strip().lower())
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or match["packed"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] in ("pm", "p.m.", "م") else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
