"""The way from a path to its view."""

from django.urls import path
from django.views.static import serve

from . import views

urlpatterns = [
    path("", views.hello, name="hello"),
    path("form", views.form, name="form"),
    path("cookies", views.cookies),
    path("visits", views.visits),
    path("redirect/relative", views.redirect_relative),
    path("redirect/absolute", views.redirect_absolute),
    path("redirect/non-ascii", views.redirect_non_ascii),
    path("slash/", views.slash),
    path("upload", views.upload),
    path("echo", views.echo),
    path("stream", views.stream),
    path("stream/endless", views.stream_endless),
    path("stream/broken", views.stream_broken),
    path("path/<path:rest>", views.path),
    path("städte/<str:name>", views.town, name="town"),
    path("query", views.query),
    path("environ", views.environ),
    path("error", views.error),
    path("file", views.file),
    path("file/attached", views.file_attached),
    path("file/memory", views.file_memory),
    path("static/<path:path>", serve, {"document_root": views.FILES}),
    path("etag", views.etag),
    path("headers", views.headers),
    path("api/items", views.Items.as_view()),
    path("api/items/<int:number>", views.Item.as_view(), name="item"),
]
