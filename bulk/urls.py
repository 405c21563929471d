"""Addresses of the public directory."""

from django.urls import re_path

from bulk.views.directory import directory

app_name = "directory"
urlpatterns = [
    re_path(
        r"^missions\.(?P<locale>[a-z]{2,3}(?:-[a-z]+)?)\.(?P<form>geojson|csv|vcf|html)\Z", directory, name="missions"
    ),
    re_path(r"^closures\.(?P<locale>[a-z]{2,3}(?:-[a-z]+)?)\.(?P<form>ics)\Z", directory, name="closures"),
]
