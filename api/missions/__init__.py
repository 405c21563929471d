"""Missions, organisations and people in GraphQL."""
