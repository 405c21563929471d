"""Links of news to countries repeat the item's date and locale, for an index that gives each country's latest items."""

import regions.models.news
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    NewsPage = apps.get_model("regions", "NewsPage")
    Link = apps.get_model("regions", "NewsCountryLink")
    page = NewsPage.objects.filter(pk=OuterRef("page_id"))
    Link.objects.update(
        date=Subquery(page.values("date")[:1]), locale_code=Subquery(page.values("locale_code")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]

    operations = [
        migrations.AddField(
            "newscountrylink", "date", regions.models.news.DateOfPage(editable=False, null=True)
        ),
        migrations.AddField(
            "newscountrylink",
            "locale_code",
            regions.models.news.LocaleCodeOfPage(default="", editable=False, max_length=12),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "newscountrylink",
            models.Index(fields=["country", "locale_code", "-date", "-page"], name="regions_news_country_latest"),
        ),
    ]
