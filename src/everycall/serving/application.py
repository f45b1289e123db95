"""The WSGI application that a server runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from everycall.serving.ground import Ground, stand_on


def application(ground: Ground, hosts: Sequence[str] = ()) -> Any:
    """Return the application for one force; Django is made ready for it."""
    stand_on(ground, hosts)
    from django.core.handlers.wsgi import WSGIHandler  # reads Django's settings when it is loaded

    handler = WSGIHandler()
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # loads the API before the first call, and before processes part
    return handler
