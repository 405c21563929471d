"""What Wagtail's workflows do differently for translations."""
