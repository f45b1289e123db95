"""Which path shows which screen."""

from __future__ import annotations

from django.urls import path

from everycall.web import card, signing_in, static_files

urlpatterns = [
    path("", signing_in.first_page),
    path("sign-in", signing_in.sign_in),
    path("sign-out", signing_in.sign_out),
    path("card", card.show),
    path("static/<str:made>/<path:name>", static_files.serve),
]
