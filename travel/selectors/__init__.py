"""Reads of travel advice."""
