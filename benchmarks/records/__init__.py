"""What an import of many missions and events costs."""
