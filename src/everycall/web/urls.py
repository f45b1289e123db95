"""Which path shows which screen."""

from __future__ import annotations

from django.urls import path

from everycall.web import card, signing_in, static_files
from everycall.web.call import deciding, screen, where
from everycall.web.desk import paths as desk

urlpatterns = [
    path("", signing_in.first_page),
    path("sign-in", signing_in.sign_in),
    path("password", signing_in.password),
    path("sign-out", signing_in.sign_out),
    path("card", card.show),
    path("calls/new", screen.new),
    path("calls/<path:ref>/facts", screen.typed),
    path("calls/<path:ref>/look", screen.look),
    path("calls/<path:ref>/glass", screen.glass),
    path("calls/<path:ref>/decision", deciding.decide),
    path("calls/<path:ref>/approval", deciding.approve),
    path("calls/<path:ref>/same", deciding.same),
    path("calls/<path:ref>/map", where.larger),
    path("calls/<path:ref>", screen.card),
    *desk,
    path("static/<str:made>/<path:name>", static_files.serve),
]
