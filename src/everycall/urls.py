"""Which path leads where: the API, the force's own sign-in, and the screens."""

from __future__ import annotations

from django.urls import include, path

from everycall.api.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("everycall.serving.provider")),
    path("", include("everycall.serving.events")),
    path("", include("everycall.web.urls")),
]
