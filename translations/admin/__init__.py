"""What the translators' desk adds to the admin: menus, listings of snippets, panels."""
