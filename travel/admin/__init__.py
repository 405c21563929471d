"""Travel advice in the admin: forms, listings, the report."""
