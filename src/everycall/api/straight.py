"""A system's call goes to be assessed past Django's handlers and routes: it is nearly all that is ever asked.

What Django has a request go through is some sixty functions that find nothing to do for it, and whose code is no longer
at hand between two assessments (docs/decisions/0101).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host
from django.middleware.security import SecurityMiddleware

from everycall.access.roles import may
from everycall.access.viewer import Viewer
from everycall.api.body import told_why, utf8
from everycall.call import read_call_text
from everycall.serving import taking
from everycall.serving.headers import Headers
from everycall.serving.shadow import is_hidden
from everycall.serving.shape import answer_to
from everycall.serving.who import lately_good

ROUTE = "/api/v1/assessments"

_JSON = ("application/json", "application/json; charset=utf-8", "application/json;charset=utf-8")

_Asked = dict[str, Any]


class TakenStraight:
    """A WSGI application that has a system's plain calls assessed, and hands everything else to another.

    Plain is a call whose token was good a moment ago and allows it, told as JSON of a bounded size to a name we go by,
    through TLS where that is asked for. Whatever is not so, or is refused before it is read, is the other's to answer.

    Parameters
    ----------
    ordinary
        Django's own application.
    """

    def __init__(self, ordinary: Callable[..., Iterable[bytes]]) -> None:
        self._ordinary = ordinary
        self._headers: list[tuple[str, str]] = []

    def __call__(self, asked: _Asked, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        viewer = lately_good(asked.get("HTTP_AUTHORIZATION", "")) if _is_plain(asked) else None
        if viewer is None or not _may_assess(viewer):
            return self._ordinary(asked, start_response)
        if not self._headers:
            self._headers = _headers_of_every_answer(asked)
        try:
            status, body = "200 OK", _assessed(asked, viewer)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told in the one shape, as a route's is
            refusal = answer_to(error)
            status, body = f"{refusal.status_code} {refusal.reason_phrase}", refusal.content
        start_response(status, [*self._headers, ("Content-Length", str(len(body)))])
        return [body]


def _is_plain(asked: _Asked) -> bool:
    """Say whether nothing of a request needs to be looked at more closely, before its body is read."""
    if asked["PATH_INFO"] != ROUTE or asked["REQUEST_METHOD"] != "POST" or asked.get("QUERY_STRING"):
        return False
    if asked.get("CONTENT_TYPE", "").lower() not in _JSON or "HTTP_CONTENT_ENCODING" in asked:
        return False
    if settings.SECURE_SSL_REDIRECT and asked["wsgi.url_scheme"] != "https":
        return False
    name, _ = split_domain_port(asked.get("HTTP_HOST", ""))
    if not name or not validate_host(name, settings.ALLOWED_HOSTS):
        return False
    length = asked.get("CONTENT_LENGTH", "")
    return length.isdecimal() and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _may_assess(viewer: Viewer) -> bool:
    return viewer.is_system and may(viewer, "assess") and not is_hidden(viewer, "assess")


def _assessed(asked: _Asked, viewer: Viewer) -> bytes:
    """Do what the route does (`everycall.api.assessments.assess`)."""
    body = asked["wsgi.input"].read(int(asked["CONTENT_LENGTH"]))
    read = read_call_text(utf8(body))
    return taking.take(read, viewer, told_why(asked.get("HTTP_EVERYCALL_JUSTIFICATION", ""))).body


def _headers_of_every_answer(asked: _Asked) -> list[tuple[str, str]]:
    """Return what Django and we say beside any answer, however it comes in, but for its length."""
    answered: Any = SecurityMiddleware(Headers(lambda _: HttpResponse(content_type="application/json")))
    said = answered(WSGIRequest(asked)).items()
    return [(name, value) for name, value in said if name != "Content-Length"]
