"""Writes of travel advice that are more than one save."""
