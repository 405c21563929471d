"""Writes of missions, organisations and people that are more than one save."""
