"""What is read for a sheet."""
