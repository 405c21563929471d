from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BulkAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "import and export",
                "permissions": [
                    ("import_records", "Import and export missions, organisations, agreements and events")
                ],
                "managed": False,
                "default_permissions": (),
            },
        ),
    ]
