"""Writes of the floor that are more than one save."""
