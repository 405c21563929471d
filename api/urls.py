"""The one address of the API."""

from django.urls import path

from api.http.view import GraphQLView
from api.schema import schema

app_name = "api"

graphql_view = GraphQLView(schema.graphql_schema)

urlpatterns = [path("", graphql_view, name="graphql")]
