"""Hooks of the admin. Each group of them stands in a module of its own."""

from home.localize import hooks as localize_hooks

__all__ = ["localize_hooks"]
