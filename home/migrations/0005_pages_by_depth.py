from django.db import migrations


class Migration(migrations.Migration):
    # The pages directly below a page are those of the next depth within its branch. Wagtail's own index on the path alone
    # would read the whole branch: below a home page, that is everything. The table is Wagtail's, so the index is in SQL;
    # where SQLite rebuilds the table without it, answers are as before, and slower.

    dependencies = [
        ('home', '0004_trusted_document'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX home_page_depth_path ON wagtailcore_page (depth, path)",
            "DROP INDEX IF EXISTS home_page_depth_path",
        ),
    ]
