"""Trusted documents: those that ``manage.py sync_documents`` registered."""

from api.persisted.texts import KeptTexts
from home.selectors.trusted_documents import trusted_document_text

# So long may a process answer a document that was removed or replaced elsewhere. New ones are answered at once,
# because what is not there is not remembered.
SECONDS = 60
_kept = KeptTexts(max_bytes=8 * 1024 * 1024, seconds=SECONDS)


def trusted_text(document_id: str) -> str | None:
    """The text under a canonical id, or None. Takes one statement where this process has not read it lately."""
    text = _kept.get(document_id)
    if text is None:
        text = trusted_document_text(document_id)
        if text is not None:
            _kept.keep(document_id, text)
    return text


def trusted_forget() -> None:
    """Read each document anew."""
    _kept.clear()
