"""What a person is told when something cannot be shown or done: one look, in plain words, with a way on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from everycall.serving.shape import answer_to, refusal
from everycall.web.page import page
from everycall.web.screens import is_live

_API = "/api/"

_WORDS = {
    400: ("bad_request", "The request cannot be read."),
    403: ("not_allowed", "This is not yours to see or do."),
    404: ("not_found", "There is nothing here."),
    405: ("wrong_method", "This cannot be done here."),
    500: ("fault", "A fault in Everycall itself."),
}


class AsPages:
    """Answers whatever goes wrong outside the API as a page; a script of ours is told in the API's shape."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if request.path.startswith(_API):
            return self._get_response(request)
        response = self._get_response(request)
        kind = response.headers.get("Content-Type", "")
        if response.status_code < 400 or getattr(response, "is_told", False):
            return response
        if "json" not in kind:
            code, message = _WORDS.get(response.status_code, ("refused", "The request is refused."))
            allowed = response.headers.get("Allow")
            response = refusal(response.status_code, code, message)
            if allowed:
                response["Allow"] = allowed
        return response if is_live(request) else _as_page(request, response)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what a view raised."""
        return None if request.path.startswith(_API) else answer_to(error)


def _as_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    told: dict[str, Any] = json.loads(response.content)["error"]
    made = page(
        request, "refused.html", {"status": response.status_code, "error": told}, response.status_code
    )
    if "Allow" in response.headers:
        made["Allow"] = response["Allow"]
    return made


def told(response: HttpResponse) -> HttpResponse:
    """Mark a page that says itself what was refused (a form with its problems): it is sent as it is."""
    response.is_told = True  # type: ignore[attr-defined]
    return response
