"""The admin of events and agreements."""
