"""Forms, mapping and progress in the admin."""
