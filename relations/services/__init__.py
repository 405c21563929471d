"""Writes of events and agreements that are more than one save."""
