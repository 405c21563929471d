"""The admin of missions, organisations and people."""
