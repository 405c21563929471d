"""Writes the demonstration: users, pictures, documents and pages in three languages."""
