"""Writes of the domain that are more than one save."""
