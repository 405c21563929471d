"""What is written: imports, their jobs."""
