"""Who is there: a system by its token, or a person by the session of their browser; else nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from everycall.access.viewer import Viewer, of_person, of_token
from everycall.accounts import sessions, tokens
from everycall.accounts.people import Person
from everycall.serving import ground
from everycall.serving.ground import StoreAwayError

_BEARER = "bearer "


class WhoIsThere:
    """Looks a request's token or session up, and keeps what it finds for `viewer_of`.

    A request with a token needs no cookie, so a foreign page cannot make a browser send it: no CSRF token is asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        request.everycall_viewer = _viewer(request)  # type: ignore[attr-defined]
        if _token(request) is not None:
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return self._get_response(request)


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Return who sent a request; None: nobody we know."""
    found: Viewer | None = getattr(request, "everycall_viewer", None)
    return found


def _token(request: HttpRequest) -> str | None:
    given = request.headers.get("Authorization", "")
    return given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER) else None


def _viewer(request: HttpRequest) -> Viewer | None:
    token, key = _token(request), request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if token is None and not key:
        return None
    held = ground.ground().known_viewers
    try:
        connection = ground.force().store.connection
        at = ground.now()
        if token is not None:
            system = tokens.whose(connection, token, at)
            found = of_token(system) if system else None
        else:
            person = sessions.whose(connection, key or "", at)
            found = of_person(person) if person else None
    except StoreAwayError:
        return held.get(token or key or "")
    held.keep(token or key or "", found)
    return found


def sign_in(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Begin a session for a person in this browser; an earlier one of the same browser ends."""
    connection = ground.force().store.connection
    _end(request)
    key = sessions.begin(connection, person, ground.now())
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        key,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )
    request.everycall_viewer = of_person(person)  # type: ignore[attr-defined]


def sign_out(request: HttpRequest, response: HttpResponse) -> None:
    """End this browser's session, here and at the server."""
    _end(request)
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite=settings.SESSION_COOKIE_SAMESITE)
    request.everycall_viewer = None  # type: ignore[attr-defined]


def _end(request: HttpRequest) -> None:
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if key:
        sessions.end(ground.force().store.connection, key)
        ground.ground().known_viewers.forget(key)
