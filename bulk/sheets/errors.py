"""Why a table cannot be read."""


class SheetError(Exception):
    """The table cannot be read; the message tells the user why. ``line`` and ``column`` say where, if that is known."""

    def __init__(self, message: str, *, line: int = 0, column: str = "") -> None:
        super().__init__(message)
        self.line, self.column = line, column
