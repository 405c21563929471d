"""Our views at wagtail-localize's own addresses, before them.

The admin takes the first pattern that fits, and hooks run in their order: these are registered with order -1, under a
namespace of their own, so that ``reverse`` with wagtail-localize's names still gives the address that both share.
"""

from urllib.parse import urlencode

from django.contrib.admin.utils import quote
from django.db import models
from django.urls import URLResolver, include, path, reverse
from wagtail.models import Locale, Page


def submit_url(*, instance: models.Model, select_locale: Locale | None = None, next_url: str | None = None) -> str:
    """The address of the form that starts translations of ``instance``, with one locale chosen beforehand."""
    if isinstance(instance, Page):
        url = reverse("wagtail_localize:submit_page_translation", args=[instance.pk])
    else:
        meta = instance._meta
        url = reverse(
            "wagtail_localize:submit_snippet_translation", args=[meta.app_label, meta.model_name, quote(instance.pk)]
        )
    query = {"select_locale": select_locale.language_code if select_locale else None, "next": next_url}
    given = {name: value for name, value in query.items() if value}
    return f"{url}?{urlencode(given)}" if given else url


def localize_urls() -> list[URLResolver]:
    """The patterns for ``register_admin_urls``."""
    from home.localize.views import convert, pending, po, segments, submit, texts, translation, update

    record = "translate/<int:translation_id>/"
    urls = [
        path("jsi18n/", texts.EditorTextsView.as_view(), name="editor_texts"),
        path("reports/untranslated/", pending.UntranslatedReportView.as_view(), name="untranslated"),
        path(
            "reports/untranslated/results/",
            pending.UntranslatedReportView.as_view(results_only=True),
            name="untranslated_results",
        ),
        path("submit/page/<int:page_id>/", submit.SubmitPageTranslationView.as_view(), name="submit_page"),
        path(
            "submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            submit.SubmitSnippetTranslationView.as_view(),
            name="submit_snippet",
        ),
        path("update/<int:translation_source_id>/", update.UpdateTranslationsView.as_view(), name="update"),
        path(f"{record}strings/<int:string_segment_id>/edit/", segments.string_edit, name="string_edit"),
        path(f"{record}overrides/<int:overridable_segment_id>/edit/", segments.override_edit, name="override_edit"),
        path(f"{record}pofile/download/", po.po_download, name="po_download"),
        path(f"{record}pofile/upload/", po.po_upload, name="po_upload"),
        path(f"{record}machine_translate/", translation.machine_translate, name="machine_translate"),
        path(f"{record}preview/", translation.preview, name="preview"),
        path(f"{record}preview/<str:mode>/", translation.preview, name="preview"),
        path(f"{record}disable/", translation.stop, name="stop"),
        path("page/<int:page_id>/convert_to_alias/", convert.convert_to_alias, name="convert_to_alias"),
        path("api/snippets/<slug:app_label>/<slug:model_name>/", translation.snippet_list, name="snippet_list"),
        path(
            "api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/",
            translation.snippet_detail,
            name="snippet_detail",
        ),
    ]
    return [path("localize/", include((urls, "diwan_localize"), namespace="diwan_localize"))]
