"""Reads of the domain: continents, countries, news and what describes them. Rows as in ``home.selectors.pages``."""
