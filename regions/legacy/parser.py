"""Takes a saved page apart: menus, menu label, heading, text, list of news.

The pages of the old portal have this shape: menus; the continent's name alone on a line, indented; the heading; the
text in paragraphs; the news, one indented line each. Sloppy copies lose the indentation, gain bullets or break lines;
the rules below say what is still recognised. Whatever fits no rule is reported as unrecognised and not imported.
"""

import re
from collections.abc import Callable, Mapping

from home.language.folding import fold
from regions.legacy.data_files import supported_languages, wording
from regions.legacy.dates import date_split
from regions.legacy.lines import Line, tidy
from regions.legacy.news_list import NewsList
from regions.legacy.page import Fate, LegacyPage, PageLine
from regions.legacy.reading import lines_of
from regions.legacy.words import Phrases, words_of

# A list that lost its indentation is recognised by its wording when at least so many lines in a row look like news.
_FEWEST_BARE_ITEMS = 3
# What the fields of a continent's page hold, in characters.
LONGEST_MENU_LABEL = 50
LONGEST_HEADING = 255


def page_parse(
    text: str,
    *,
    language: str,
    continent: str,
    continents: Mapping[str, frozenset[str]],
    is_news: Callable[[str], bool] = lambda line: False,
) -> LegacyPage:
    """Parse the text of a saved page about ``continent`` (UN M49).

    ``continents`` maps UN M49 codes to folded names in ``language``; ``is_news`` tells whether a line is worded like a
    news item, which decides only for lists that have neither indentation, bullets nor a title.
    """
    return _Parser(text, language=language, continent=continent, continents=continents, is_news=is_news).parse()


class _Parser:
    def __init__(
        self,
        text: str,
        *,
        language: str,
        continent: str,
        continents: Mapping[str, frozenset[str]],
        is_news: Callable[[str], bool],
    ) -> None:
        self.lines = [Line(number, raw) for number, raw in enumerate(lines_of(text), start=1)]
        self.language = language
        known = wording(language) if language in supported_languages() else {}
        self.navigation = Phrases(((phrase, True) for phrase in known.get("navigation", ())), article_matters=False)
        self.furniture = {fold(phrase) for phrase in known.get("furniture", ())}
        self.news_titles = {fold(phrase) for phrase in known.get("news_titles", ())}
        self.read_more = {fold(phrase) for phrase in known.get("read_more", ())}
        self.own_names = continents.get(continent, frozenset())
        self.other_names = {name: code for code, names in continents.items() if code != continent for name in names}
        self.is_news = is_news
        indents = [line.indent for line in self.lines if not line.is_blank]
        self.margin = min(indents, default=0)
        self.bare_list_start: int | None = None
        self._reset()

    def _reset(self) -> None:
        self.fates: dict[int, PageLine] = {}
        self.menu_label = ""
        self.heading = ""
        self.paragraphs: list[str] = []
        self.paragraph_end = 0
        self.news = NewsList(language=self.language, read_more=self.read_more)
        self.warnings: list[str] = []
        self.other_continents: tuple[str, ...] = ()

    def parse(self) -> LegacyPage:
        self._run()
        if not self.news.items:
            self.bare_list_start = self._bare_list()
            if self.bare_list_start is not None:
                self._reset()
                self._run()
                self.warnings.append(
                    f"The list of news from line {self.bare_list_start} on has lost its indentation; "
                    "it was recognised by its wording. Look at the report before publishing."
                )
        for line in self.news.fates:
            self.fates[line.number] = line
        return LegacyPage(
            lines=tuple(
                self.fates.get(line.number) or PageLine(line.number, line.raw, Fate.UNRECOGNISED) for line in self.lines
            ),
            menu_label=self.menu_label,
            heading=self.heading,
            paragraphs=tuple(self.paragraphs),
            news=tuple(self.news.items),
            warnings=(*self.warnings, *self.news.warnings),
            other_continents=self.other_continents,
            names_continent=self._names_continent(),
        )

    def _names_continent(self) -> bool:
        titles = f" {fold(self.menu_label)} | {fold(self.heading)} "
        return any(f" {name} " in titles for name in self.own_names)

    def _run(self) -> None:
        content = [line for line in self.lines if not self._is_set_aside(line)]
        rest = self._head(content)
        in_news = False
        for line in rest:
            if line.folded in self.news_titles:
                in_news = True
                self._set(line, Fate.SECTION_TITLE)
            elif in_news or self._starts_news(line):
                in_news = True
                self.news.add(line, is_indented=self._is_indented(line))
            else:
                self._paragraph(line)
        if not self.heading:
            self.warnings.append("No heading was found.")
        if not self._names_continent():
            self.warnings.append("Neither a menu label nor a heading names the continent: is this the right page?")
        if not self.paragraphs:
            self.warnings.append("No text was found.")
        if not self.news.items:
            self.warnings.append("No list of news was found: is the file whole?")

    def _set(self, line: Line, fate: Fate, *, part: int | None = None, note: str = "") -> None:
        self.fates[line.number] = PageLine(line.number, line.raw, fate, part, note)

    def _is_indented(self, line: Line) -> bool:
        return line.indent > self.margin

    def _is_set_aside(self, line: Line) -> bool:
        """Give blank lines, rules and the old site's furniture their fate, wherever they stand."""
        if line.is_blank:
            self._set(line, Fate.BLANK)
        elif not line.has_letters:
            digits = any(character.isdigit() for character in line.text)
            if digits and date_split(line.text, language=self.language).date:
                return False
            self._set(line, Fate.NAVIGATION if digits else Fate.SEPARATOR, note="page numbers" if digits else "")
        elif self._is_furniture(line) or re.match(r"©|\(c\)\s|copyright\b", line.text, re.IGNORECASE):
            self._set(line, Fate.NAVIGATION)
        elif re.fullmatch(r"page \d+( \w+ \d+| \d+)?", line.folded):
            self._set(line, Fate.NAVIGATION, note="page numbers")
        else:
            return False
        return True

    def _is_furniture(self, line: Line) -> bool:
        """Whether the line is "Imprimer", "Suivant" and the like, page numbers beside it set aside."""
        words = [word for word in line.folded.split() if not word.isdigit()]
        return " ".join(words) in self.furniture

    # --- Menus, menu label, heading -------------------------------------------------------------------------------
    def _head(self, content: list[Line]) -> list[Line]:
        """Give the lines above the text their fates; the lines from the text on."""
        end = next((index for index, line in enumerate(content) if self._ends_head(line)), len(content))
        head, rest = content[:end], content[end:]
        label_at = max((i for i, line in enumerate(head) if line.folded in self.own_names), default=None)
        if label_at is None:
            has_text = bool(rest) and rest[0].number != self.bare_list_start and rest[0].folded not in self.news_titles
            return self._head_by_position(head, has_text=has_text) + rest
        for line in head[:label_at]:
            note = "" if self._is_navigation(line) else "stands above the menu label"
            self._set(line, Fate.NAVIGATION, note=note)
        self._set(head[label_at], Fate.MENU_LABEL)
        self.menu_label = head[label_at].text
        for index, line in enumerate(head[label_at + 1 :], start=label_at + 1):
            if self._is_navigation(line) or line.folded in self.other_names:
                self._set(line, Fate.NAVIGATION)
            elif line.is_bulleted or line.folded in self.news_titles:
                return head[index:] + rest
            else:
                self._set(line, Fate.HEADING)
                self.heading = line.text
                return head[index + 1 :] + rest
        return rest

    def _head_by_position(self, head: list[Line], *, has_text: bool) -> list[Line]:
        """Without the continent's name: the label is the indented line, or else the line above the heading."""
        self.other_continents = tuple(
            sorted({self.other_names[line.folded] for line in head if line.folded in self.other_names})
        )
        titles: list[Line] = []
        left: list[Line] = []
        for index, line in enumerate(head):
            if self._is_navigation(line):
                self._set(line, Fate.NAVIGATION)
            elif not has_text and self._ends_titles(titles, line):
                left = head[index:]
                break
            else:
                titles.append(line)
        if not titles:
            return left
        indented = [index for index, line in enumerate(titles) if self._is_indented(line)]
        heading_at = indented[-1] + 1 if indented and indented[-1] + 1 < len(titles) else len(titles) - 1
        for line in titles[: max(heading_at - 1, 0)]:
            self._set(line, Fate.UNRECOGNISED, note="stands above the menu label")
        if heading_at:
            self._label_by_position(titles[heading_at - 1])
        self.heading = titles[heading_at].text
        self._set(titles[heading_at], Fate.HEADING)
        return titles[heading_at + 1 :] + left

    def _label_by_position(self, line: Line) -> None:
        if len(line.text) > LONGEST_MENU_LABEL:
            self._set(line, Fate.UNRECOGNISED, note="too long for a menu label")
            return
        self._set(line, Fate.MENU_LABEL, note="told by its place: it is not the continent's name")
        self.menu_label = line.text

    def _ends_titles(self, titles: list[Line], line: Line) -> bool:
        """Whether the news begins at ``line``, on a page without text."""
        has_heading = any(not self._is_indented(title) for title in titles)
        is_marked = line.is_bulleted or self._is_indented(line)
        return has_heading and (is_marked or len(titles) == 2)

    def _ends_head(self, line: Line) -> bool:
        if line.number == self.bare_list_start or line.folded in self.news_titles:
            return True
        return (line.is_prose or len(line.text) > LONGEST_HEADING) and not self._is_navigation(line)

    def _is_navigation(self, line: Line) -> bool:
        """Whether a line above the text is part of a menu: its wording, a colon at its end, a trail of pages."""
        if line.text.endswith((":", "：")) or line.is_breadcrumb:
            return True
        words = words_of(line.text)
        return not line.is_prose and bool(words) and bool(self.navigation.at(words, 0))

    # --- Text -----------------------------------------------------------------------------------------------------
    def _starts_news(self, line: Line) -> bool:
        if line.number == self.bare_list_start:
            return True
        if not (self._is_indented(line) or line.is_bulleted) or line.is_long_prose:
            return False
        # A list within the text: introduced by a colon, its items ended by semicolons.
        in_text_list = bool(self.paragraphs) and self.paragraphs[-1].endswith((":", ";", "؛"))
        return not (in_text_list or line.text.endswith((";", "؛")))

    def _paragraph(self, line: Line) -> None:
        joins = (
            bool(self.paragraphs)
            and self.paragraph_end == line.number - 1
            and not line.is_bulleted
            and not self.lines[self.paragraph_end - 1].is_ended
            and not self.paragraphs[-1].endswith((":", ";", "؛"))
        )
        if joins:
            self.paragraphs[-1] = tidy(f"{self.paragraphs[-1]} {line.text}")
        else:
            self.paragraphs.append(line.text)
        self.paragraph_end = line.number
        self._set(line, Fate.PARAGRAPH, part=len(self.paragraphs), note="continued" if joins else "")

    def _bare_list(self) -> int | None:
        """Line number where a list without indentation, bullets or title begins at the end of the text, or None."""
        tail: list[Line] = []
        for line in reversed(self.lines):
            fate = self.fates.get(line.number)
            if fate is None or fate.fate not in (Fate.PARAGRAPH, Fate.BLANK, Fate.NAVIGATION, Fate.SEPARATOR):
                break
            if fate.fate is not Fate.PARAGRAPH:
                continue
            is_apart = bool(tail) and tail[-1].number != line.number + 1
            is_text = line.is_prose and (is_apart or not self.is_news(line.text))
            if line.is_long_prose or line.starts_small or is_text:
                break
            tail.append(line)
        tail.reverse()
        while tail and not self.is_news(tail[0].text):
            tail.pop(0)
        worded = sum(self.is_news(line.text) for line in tail)
        return tail[0].number if worded >= _FEWEST_BARE_ITEMS and worded * 2 >= len(tail) else None
