"""Paths that clients ask ``route`` for: checked, decoded and taken apart before anything is looked up."""

from dataclasses import dataclass
from unicodedata import category, normalize
from urllib.parse import unquote

from api.errors import BadUserInput
from home.selectors.locales import locale_codes

MAX_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class RoutePath:
    """A path taken apart: ``locale`` is the language of its prefix, None without one; ``slugs`` what follows.

    ``path`` is the decoded path with slashes at both ends, ``query`` what stood after a question mark.
    """

    locale: str | None
    slugs: tuple[str, ...]
    path: str
    query: str

    @property
    def spellings(self) -> list[str]:
        """What a redirect may be stored under, best first."""
        spellings = [f"{self.path}?{self.query}"] if self.query else []
        return list(dict.fromkeys([*spellings, self.path, self.path.lower()]))


def route_path_parse(text: str) -> RoutePath:
    """Take apart a path, percent-encoded or not, with or without its trailing slash.

    Raises BadUserInput for what is no path: over 2,000 characters, control characters, wrong encoding, dot segments.
    """
    if len(text) > MAX_LENGTH:
        raise BadUserInput(f"A path may have {MAX_LENGTH} characters.", maximum=MAX_LENGTH)
    raw, _hash, _fragment = text.partition("#")
    raw, _mark, query = raw.partition("?")
    try:
        path = normalize("NFC", unquote(raw, errors="strict"))
        path.encode()
        query.encode()
    except UnicodeError:
        raise BadUserInput("The path is not valid UTF-8.") from None
    if any(category(character) == "Cc" for character in path + query):
        raise BadUserInput("A path has no control characters.")
    segments = path.strip("/").split("/") if path.strip("/") else []
    if "\\" in path or any(segment in (".", "..") for segment in segments):
        raise BadUserInput("A path has no dot segments and no backslashes.")
    has_prefix = bool(segments) and segments[0].lower() in locale_codes()
    return RoutePath(
        locale=segments[0].lower() if has_prefix else None,
        slugs=tuple(segments[1:] if has_prefix else segments),
        path="/" + "".join(f"{segment}/" for segment in segments),
        query=query,
    )
