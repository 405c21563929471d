"""E-mails of the translators' desk."""

from home.services.mails import mails_send

__all__ = ["event_templates", "mails_send"]


def event_templates(event: str) -> dict[str, str]:
    """The templates of one of the desk's own e-mails: assigned, submitted, approved, rejected or reminder."""
    base = f"translations/mails/{event}"
    return {"subject": f"{base}_subject.txt", "text": f"{base}.txt", "html": f"{base}.html"}
