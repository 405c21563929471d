import django.db.models.deletion
from django.db import migrations, models


def locale():
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.locale"
    )


class Migration(migrations.Migration):
    dependencies = [("translations", "0004_memory_words_of_a_pair")]

    operations = [
        migrations.AlterField("memoryword", "source_locale", locale()),
        migrations.AlterField("memoryword", "target_locale", locale()),
        migrations.RemoveConstraint("memoryword", "translations_memory_word_once"),
        migrations.AddConstraint(
            "memoryword",
            models.UniqueConstraint(
                fields=("source_locale", "target_locale", "word", "unit"), name="translations_memory_word_of_pair_once"
            ),
        ),
    ]
