"""Links of news repeat their place's translation key, so that one look at an index gives a place's latest items."""

from uuid import UUID

import regions.models.news
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    NewsPage = apps.get_model("regions", "NewsPage")
    for name, place in (("NewsCountryLink", "country_id"), ("NewsContinentLink", "continent_id")):
        page = NewsPage.objects.filter(pk=OuterRef("page_id"))
        apps.get_model("regions", name).objects.update(
            place_key=Subquery(Page.objects.filter(pk=OuterRef(place)).values("translation_key")[:1]),
            date=Subquery(page.values("date")[:1]),
            locale_code=Subquery(page.values("locale_code")[:1]),
        )


def place_key(model):
    return migrations.AddField(
        model,
        "place_key",
        regions.models.news.KeyOfPlace(default=UUID(int=0), editable=False),
        preserve_default=False,
    )


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_latest_news_of_countries")]

    operations = [
        migrations.RemoveIndex("newscountrylink", "regions_news_country_latest"),
        place_key("newscountrylink"),
        place_key("newscontinentlink"),
        migrations.AddField(
            "newscontinentlink", "date", regions.models.news.DateOfPage(editable=False, null=True)
        ),
        migrations.AddField(
            "newscontinentlink",
            "locale_code",
            regions.models.news.LocaleCodeOfPage(default="", editable=False, max_length=12),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "newscountrylink",
            models.Index(fields=["place_key", "locale_code", "-date", "-page"], name="regions_news_country_latest"),
        ),
        migrations.AddIndex(
            "newscountrylink",
            models.Index(fields=["locale_code", "-date", "-page", "place_key"], name="regions_news_countries_latest"),
        ),
        migrations.AddIndex(
            "newscontinentlink",
            models.Index(fields=["place_key", "locale_code", "-date", "-page"], name="regions_news_continent_latest"),
        ),
    ]
