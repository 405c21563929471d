"""Texts that a spreadsheet would take for formulas."""

import re

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula, and what was protected before.
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_PROTECTED = re.compile("'+[=+\\-@\t\r＝＋－＠]")
# Coordinates of the south and the west: a number calculates nothing, and with an apostrophe it would be none.
_NUMBER = re.compile(r"-[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?\Z")


def cell_protect(cell: str) -> str:
    """An apostrophe before what would be a formula; ``cell_unprotect`` takes it off again."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell


def cell_unprotect(cell: str) -> str:
    """The text that ``cell_protect`` was given."""
    return cell[1:] if _PROTECTED.match(cell) else cell


def cell_text(cell: str) -> str:
    """The text of a cell of any format: CSV that a spreadsheet has saved as a workbook keeps its apostrophes.

    That of a hyphen alone stays, because such a cell means something.
    """
    text = cell.strip().replace("\r\n", "\n")
    return text if text == "'-" else cell_unprotect(text)


def cell_keep(cell: str) -> str:
    """What is written where no formula threatens, so that ``cell_text`` gives the text back."""
    return f"'{cell}" if cell == "-" or _PROTECTED.match(cell) else cell
