"""The filters of ``mail_text``, by the name that the desk's templates know them by."""

from home.templatetags.mail_text import bdi, isolate, register

__all__ = ["bdi", "isolate", "register"]
