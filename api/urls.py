"""The one address of the API."""

from django.urls import path

from api.http.view import GraphQLView
from api.schema import schema

app_name = "api"

urlpatterns = [path("", GraphQLView.as_view(schema=schema.graphql_schema), name="graphql")]
