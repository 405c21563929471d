"""The demonstration: texts in three languages as data files, pictures and documents as programs that draw them.

Nothing here touches the database; ``regions.services.demo`` writes it.

- ``content/news.toml``: what a news item has in common in every language, by its key, which is its slug too.
- ``content/countries.toml``: names and figures of countries in all three languages.
- ``content/media.toml``: pictures and documents.
- ``content/<language>/*.toml``: what is written in that language: ``pages.toml``, ``countries.toml``, ``news.toml``.
"""
