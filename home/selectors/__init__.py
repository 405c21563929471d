"""Reads of the floor. Every page goes through the gate of ``visibility``; rows are plain dicts, never page objects."""
