"""Texts that a spreadsheet would take for formulas."""

import re

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula, and what was protected before.
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_PROTECTED = re.compile("'+[=+\\-@\t\r＝＋－＠]")


def cell_protect(cell: str) -> str:
    """An apostrophe before what would be a formula; ``cell_unprotect`` takes it off again."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def cell_unprotect(cell: str) -> str:
    """The text that ``cell_protect`` was given."""
    return cell[1:] if _PROTECTED.match(cell) else cell
