"""Who is there: a system by its token, or a person by the session of their browser; else nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from everycall.access.viewer import Viewer, of_person, of_token
from everycall.accounts import sessions, tokens
from everycall.accounts.people import Person
from everycall.errors import StoreError
from everycall.serving import ground
from everycall.serving.ground import StoreAwayError

_BEARER = "bearer "

ASKED_BY_ITSELF = "/events"
"""What a page asks without anybody being there: a session ends by silence all the same."""


class WhoIsThere:
    """Looks a request's token or session up, and keeps what it finds for `viewer_of`.

    A request with a token needs no cookie, so a foreign page cannot make a browser send it: no CSRF token is asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        request.everycall_viewer = _viewer(request)  # type: ignore[attr-defined]
        if shows_token(request):
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return self._get_response(request)


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Return who sent a request; None: nobody we know."""
    found: Viewer | None = getattr(request, "everycall_viewer", None)
    return found


def lately_good(authorization: str) -> Viewer | None:
    """Return whose token a header shows when it was good a moment ago; None for any that must be looked up."""
    token = _bearer(authorization)
    here = ground.ground()
    return None if token is None else here.known_viewers.get(token, here.trust_tokens_seconds)


def shows_token(request: HttpRequest) -> bool:
    """Say whether a request comes with a token, good or not."""
    return _token(request) is not None


def _token(request: HttpRequest) -> str | None:
    return _bearer(request.headers.get("Authorization", ""))


def _bearer(authorization: str) -> str | None:
    shown = authorization.lower().startswith(_BEARER)
    return authorization[len(_BEARER) :].strip() if shown else None


def _viewer(request: HttpRequest) -> Viewer | None:
    token, key = _token(request), request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if token is None and not key:
        return None
    shown, held = token or key or "", ground.ground().known_viewers
    if token is not None and (lately := held.get(token, ground.ground().trust_tokens_seconds)):
        return lately
    asks_by_itself = request.path == ASKED_BY_ITSELF or request.headers.get("Everycall-Live") == "unasked"
    for _ in range(2):
        try:
            found = _look_up(token, key or "", asks_by_itself)
        except StoreAwayError:
            return held.get(shown)
        except (DatabaseError, StoreError):
            ground.ground().let_go()  # a connection that broke: once more with a new one
            continue
        held.keep(shown, found)
        return found
    return held.get(shown)


def _look_up(token: str | None, key: str, asks_by_itself: bool) -> Viewer | None:
    connection, at = ground.force().store.connection, ground.now()
    if token is not None:
        system = tokens.whose(connection, token, at)
        return of_token(system) if system else None
    person = sessions.whose(connection, key, at, noted=not asks_by_itself)
    return of_person(person) if person else None


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


def sign_out(request: HttpRequest, response: HttpResponse, everywhere: bool = False) -> None:
    """End this browser's session, here and at the server; or every session of the same person."""
    viewer = viewer_of(request)
    _end(request)
    if everywhere and viewer is not None and viewer.account is not None:
        sessions.end_all(ground.force().store.connection, viewer.account)
        ground.ground().known_viewers.forget_account(viewer.account)
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite=settings.SESSION_COOKIE_SAMESITE)
    request.everycall_viewer = None  # type: ignore[attr-defined]


def _end(request: HttpRequest) -> None:
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if key:
        sessions.end(ground.force().store.connection, key)
        ground.ground().known_viewers.forget(key)
