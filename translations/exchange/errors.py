"""Why a file cannot be taken."""


class ExchangeError(Exception):
    """The file cannot be read. The message tells the user why; ``segment`` is the text where it was seen."""

    def __init__(self, message: str, *, segment: str = "") -> None:
        super().__init__(message)
        self.segment = segment


def shown(text: str, *, limit: int = 60) -> str:
    """``text`` on one line, cut to ``limit`` characters, as messages quote it."""
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[:limit]}…"
