"""Writes of the translators' desk that are more than one save."""
