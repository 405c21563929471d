"""Reads of missions, organisations and people."""
