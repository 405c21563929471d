"""What the demonstration holds for the translators' desk."""
