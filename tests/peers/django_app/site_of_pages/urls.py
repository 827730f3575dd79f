"""The way from a path to the project's one app."""

from django.urls import include, path

urlpatterns = [path("", include("pages.urls"))]
