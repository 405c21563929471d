"""The project's URLs with wagtail-localize's own views before ours, to show what the guards prevent."""

from django.urls import include, path
from wagtail_localize.wagtail_hooks import register_admin_urls

from cms.urls import urlpatterns as project_urlpatterns

urlpatterns = [path("admin/", include(register_admin_urls())), *project_urlpatterns]
