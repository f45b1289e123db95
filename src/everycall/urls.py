"""Which path leads where: the API, and the screens."""

from __future__ import annotations

from django.urls import path

from everycall.api.api import api

urlpatterns = [path("api/v1/", api.urls)]
