"""Who may come through a door of the API: every route names what must be allowed, and a route without it is shut."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from everycall.access.roles import may
from everycall.access.viewer import Viewer
from everycall.serving.calls import not_yours
from everycall.serving.settings import SESSION_COOKIE_NAME
from everycall.serving.shadow import refuse_hidden
from everycall.serving.shape import RefusedError
from everycall.serving.who import viewer_of

_log = logging.getLogger("everycall.security")


class SystemToken(HttpBearer):
    """A system's token: ``Authorization: Bearer everycall_...``."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """Return the system, if its token's scopes allow what is asked."""
        return _allowed(request, self.action)


class PersonSession(APIKeyCookie):
    """A signed-in person's session, with the page's CSRF token on everything that changes something."""

    param_name = SESSION_COOKIE_NAME

    def __init__(self, action: str) -> None:
        super().__init__(csrf=False)  # asked below, once it is known that somebody is signed in
        self.action = action

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(settings.SESSION_COOKIE_NAME)  # another behind TLS than without

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        """Return the person, if their role allows what is asked and their page sends it."""
        return _from_our_page(request, _allowed(request, self.action))


class AnyPerson(PersonSession):
    """A signed-in person, whatever their role: for their own session alone."""

    def __init__(self) -> None:
        super().__init__("")

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        """Return the person."""
        viewer = viewer_of(request)
        return _from_our_page(request, None if viewer is None or viewer.is_system else viewer)


def _from_our_page(request: HttpRequest, viewer: Viewer | None) -> Viewer | None:
    if viewer is not None and not viewer.is_system and check_csrf(request) is not None:
        raise RefusedError(
            403, "not_from_our_page", "a session needs the page's CSRF token with every change"
        )
    return viewer


SIGNED_IN = AnyPerson()


def _allowed(request: HttpRequest, action: str) -> Viewer | None:
    viewer = viewer_of(request)
    if viewer is not None and not may(viewer, action):
        whose = f"system {viewer.name}" if viewer.is_system else f"account {viewer.account}"
        _log.warning("not allowed: %s, %s", action, whose)
        raise not_yours()
    if viewer is not None:
        refuse_hidden(viewer, action)
    return viewer


def allowed(action: str) -> list[Any]:
    """Return the two ways in for a route, each asking that the action be allowed."""
    return [SystemToken(action), PersonSession(action)]


def who(request: HttpRequest) -> Viewer:
    """Return who asks; the route has let them in."""
    viewer = viewer_of(request)
    if viewer is None:
        raise RefusedError(401, "not_signed_in", "a token or a session is needed")
    return viewer
