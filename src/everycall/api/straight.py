"""A system's call goes to be assessed without the route being looked for: it is nearly all that is ever asked."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from everycall.access.roles import may
from everycall.api.assessments import assess
from everycall.serving.shadow import is_hidden
from everycall.serving.shape import answer_to
from everycall.serving.who import shows_token, viewer_of

ROUTE = "/api/v1/assessments"


class TakenStraight:
    """Has the calls of a system assessed whose token allows it; all else goes the ordinary way, and is refused there.

    It stands behind whatever looks at a request and finds out who is there. A request with a token needs no CSRF token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if not (request.path == ROUTE and request.method == "POST" and shows_token(request)):
            return self._get_response(request)
        viewer = viewer_of(request)
        if viewer is None or not viewer.is_system or not may(viewer, "assess") or is_hidden(viewer, "assess"):
            return self._get_response(request)
        try:
            return assess(request)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told in the one shape, as a route's is
            return answer_to(error)
