"""The list of news at the end of a saved page."""

from home.language.folding import fold
from regions.legacy.dates import DatedText, date_split
from regions.legacy.lines import Line, tidy
from regions.legacy.page import Fate, ListedNews, PageLine

# No title is this long: such a line is text that strayed into the list.
_LONGEST_TITLE = 1_000


class NewsList:
    """Collects the lines of the list; ``items``, ``fates`` and ``warnings`` are complete after the last ``add``.

    An item is one line, indented or bulleted as the first one is. A line that begins with a small letter continues the
    item on the line above it. A date alone on a line belongs to the item below it when the list begins with one, and
    to the item above it otherwise.
    """

    def __init__(self, *, language: str, read_more: set[str]) -> None:
        self._language = language
        self._read_more = read_more
        self._texts: list[DatedText] = []
        self._lines: list[list[int]] = []
        self._fates: dict[int, PageLine] = {}
        self._is_marked: bool | None = None
        self._last: Line | None = None
        self._dates_lead: bool | None = None
        self._waiting: tuple[Line, DatedText] | None = None
        self.warnings: list[str] = []

    @property
    def items(self) -> list[ListedNews]:
        return [
            ListedNews(number, tuple(lines), dated.text, dated.date)
            for number, (dated, lines) in enumerate(zip(self._texts, self._lines, strict=True), start=1)
        ]

    @property
    def fates(self) -> list[PageLine]:
        if self._waiting:
            line = self._waiting[0]
            self._set(line, Fate.UNRECOGNISED, note="a date with no item below it")
        return list(self._fates.values())

    def add(self, line: Line, *, is_indented: bool) -> None:
        """Take the next line of the list that is neither blank nor the old site's furniture."""
        is_marked = is_indented or line.is_bulleted
        if self._is_marked is None:
            self._is_marked = is_marked
        dated = date_split(line.unbulleted, language=self._language)
        if dated.date and not dated.text:
            self._add_date(line, dated)
        elif self._continues(line, is_marked=is_marked):
            self._continue(line)
        elif not is_marked and self._is_marked and line.is_long_prose:
            self._set(line, Fate.UNRECOGNISED, note="text below the list of news")
        elif len(line.text) > _LONGEST_TITLE:
            self._set(line, Fate.UNRECOGNISED, note=f"longer than any title: {len(line.text):,} characters")
        else:
            self._add_item(line, dated, note="" if is_marked or not self._is_marked else "not indented like the others")

    def _set(self, line: Line, fate: Fate, *, part: int | None = None, note: str = "") -> None:
        self._fates[line.number] = PageLine(line.number, line.raw, fate, part, note)

    def _continues(self, line: Line, *, is_marked: bool) -> bool:
        if self._last is None or line.number != self._last.number + 1 or line.is_bulleted or self._last.is_ended:
            return False
        if len(self._texts[-1].text) + len(line.text) > _LONGEST_TITLE:
            return False
        # Arabic has no small letters: there, a line that lost the indentation of the list continues the one above.
        caseless = not line.text[0].isupper() and not line.text[0].islower() and line.text[0].isalpha()
        return line.starts_small or (caseless and bool(self._is_marked) and not is_marked)

    def _continue(self, line: Line) -> None:
        before = self._texts[-1]
        more = date_split(f"{before.text} {line.text}", language=self._language)
        self._texts[-1] = DatedText(self._title(more.text), before.date or more.date)
        self._lines[-1].append(line.number)
        self._set(line, Fate.NEWS_ITEM, part=len(self._texts), note="continued")
        self._last = line

    def _add_item(self, line: Line, dated: DatedText, *, note: str) -> None:
        title = self._title(dated.text)
        if not fold(title):
            self._set(line, Fate.NAVIGATION if fold(line.text) in self._read_more else Fate.UNRECOGNISED)
            return
        date = dated.date
        if self._dates_lead is None:
            self._dates_lead = False
        if self._waiting:
            waiting_line, waiting = self._waiting
            date = date or waiting.date
            self._set(waiting_line, Fate.NEWS_DATE, part=len(self._texts) + 1)
            self._waiting = None
        if dated.impossible:
            note = "; ".join(filter(None, [note, "its date does not exist and was left in the title"]))
            self.warnings.append(f"Line {line.number} states a date that does not exist.")
        self._texts.append(DatedText(title, date))
        self._lines.append([line.number])
        self._set(line, Fate.NEWS_ITEM, part=len(self._texts), note=note)
        self._last = line

    def _add_date(self, line: Line, dated: DatedText) -> None:
        if self._dates_lead is None:
            self._dates_lead = True
        if self._dates_lead:
            if self._waiting:
                self._set(self._waiting[0], Fate.UNRECOGNISED, note="a date with no item below it")
            self._waiting = (line, dated)
        elif self._texts and self._texts[-1].date is None:
            self._texts[-1] = DatedText(self._texts[-1].text, dated.date)
            self._set(line, Fate.NEWS_DATE, part=len(self._texts))
        else:
            self._set(line, Fate.UNRECOGNISED, note="a date with no item above it")
        self._last = None

    def _title(self, text: str) -> str:
        """``text`` without the words that only lead to the full text ("Lire la suite")."""
        folded = fold(text)
        for words in self._read_more:
            if folded == words or folded.endswith(f" {words}"):
                kept = text
                # Cut whole words from the end until the leading words are gone.
                while kept and fold(kept) != folded.removesuffix(words).strip():
                    kept = kept[:-1]
                if folded != words and not kept:
                    return tidy(text)
                return tidy(kept).rstrip("[(…>»").rstrip(" .")
        return tidy(text)
