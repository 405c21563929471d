"""What the desk, the exchange of files and the API read of translations."""
