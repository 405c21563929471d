"""Views of the admin of this app."""
