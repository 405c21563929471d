"""The views that stand before wagtail-localize's own at the same addresses."""
