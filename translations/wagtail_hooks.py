"""What the translators' desk adds to the Wagtail admin. Hooks stay thin: the work is in ``translations/admin``."""
