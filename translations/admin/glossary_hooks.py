"""The glossary in the admin: the snippet, in the desk's menu, and addresses of its files."""

from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from translations.admin.glossary import GlossaryViewSet
from translations.views import glossary

register_snippet(GlossaryViewSet)


@hooks.register("register_admin_urls")
def register_glossary_urls() -> list[URLResolver]:
    urls = [
        path("", glossary.GlossaryFilesView.as_view(), name="files"),
        path("import/", glossary.glossary_upload, name="import"),
        path("import/<int:job_id>/confirm/", glossary.glossary_confirm, name="confirm"),
        path("export/", glossary.glossary_download, name="export"),
    ]
    return [path("translations/glossary/", include((urls, "translation_glossary"), namespace="translation_glossary"))]
