"""The admin views of the translators' desk."""
