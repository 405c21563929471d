"""Every contestant under its own path."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from benchmarks.floor import floor_view, limit_view
from cms.urls import urlpatterns as of_the_product

urlpatterns = [
    path("floor/<str:question>/", csrf_exempt(floor_view)),
    path("limit/<str:question>/", csrf_exempt(limit_view)),
    *of_the_product,
]
