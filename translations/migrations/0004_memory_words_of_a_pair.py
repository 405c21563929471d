import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def take_from_units(apps, schema_editor):
    unit = apps.get_model("translations", "MemoryUnit").objects.filter(pk=OuterRef("unit"))
    apps.get_model("translations", "MemoryWord").objects.update(
        source_locale=Subquery(unit.values("source_locale")[:1]),
        target_locale=Subquery(unit.values("target_locale")[:1]),
    )


def locale():
    return models.ForeignKey(
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to="wagtailcore.locale",
    )


class Migration(migrations.Migration):
    """The columns and what they hold. The next one forbids that they are empty: not in one transaction, for PostgreSQL
    changes no table whose rows wait for their foreign keys to be checked."""

    dependencies = [("translations", "0003_memory_dates_and_glossary_files")]

    operations = [
        migrations.AddField("memoryword", "source_locale", locale()),
        migrations.AddField("memoryword", "target_locale", locale()),
        migrations.RunPython(take_from_units, migrations.RunPython.noop),
    ]
