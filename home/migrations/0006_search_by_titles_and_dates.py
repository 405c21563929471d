from django.db import migrations

# What home/selectors/search_ranking.py walks and asks on PostgreSQL: the latest entries, the latest with a title of some
# words, and titles by their words. SQLite ranks all that it finds.
_INDEXES = [
    "CREATE INDEX home_searchentry_titles ON home_searchentry USING gin (title_terms) WITH (fastupdate = off)",
    "CREATE INDEX home_searchentry_latest ON home_searchentry (locale_code, model, recency DESC, page_id DESC)",
    "CREATE INDEX home_searchentry_title_size"
    " ON home_searchentry (locale_code, model, title_size, recency DESC, page_id DESC)",
]
_NAMES = ["home_searchentry_titles", "home_searchentry_latest", "home_searchentry_title_size"]


def make_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in _INDEXES:
            schema_editor.execute(statement, params=None)


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in _NAMES:
            schema_editor.execute(f"DROP INDEX {name}", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0005_pages_by_depth'),
    ]

    operations = [
        migrations.RunPython(make_indexes, drop_indexes, elidable=False),
    ]
