"""One shape for every refusal: whatever goes wrong below, ``{"error": {"code", "message", "details"}}`` comes out."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Iterable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpRequest, HttpResponse

from everycall.errors import EverycallError, InputError, Problem, RecordError, StoreError

_log = logging.getLogger(__name__)

_API = "/api/"


def refusal(
    status: int, code: str, message: str, details: Iterable[Problem] = (), **headers: str
) -> HttpResponse:
    """Return a refusal in the one shape."""
    told = EverycallError(message, details).as_dict()
    told["error"]["code"] = code
    return HttpResponse(
        json.dumps(told, ensure_ascii=False),
        status=status,
        content_type="application/json",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


class RefusedError(EverycallError):
    """A request that is refused with an HTTP status of its own."""

    def __init__(self, status: int, code: str, message: str, details: Iterable[Problem] = ()) -> None:
        super().__init__(message, details)
        self.status = status
        self.code = code


def status_of(error: EverycallError) -> int:
    """Return the HTTP status that says what kind of refusal it is."""
    if isinstance(error, RefusedError):
        return error.status
    if isinstance(error, InputError):
        return 422
    if isinstance(error, RecordError):
        return 409
    if isinstance(error, StoreError):
        return 503
    return {"not_signed_in": 401, "too_many_requests": 429}.get(error.code, 400)


def answer_to(error: Exception) -> HttpResponse:
    """Return the refusal that an error is answered by; a fault of ours tells its kind and place, never its text."""
    if isinstance(error, EverycallError):
        return refusal(status_of(error), error.code, error.message, error.details)
    if isinstance(error, Http404):
        return refusal(404, "not_found", "there is nothing here")
    if isinstance(error, PermissionDenied):
        return refusal(403, "not_allowed", "this is not yours to see or do")
    if isinstance(error, RequestDataTooBig):
        return too_large()
    if isinstance(error, DisallowedHost):
        return refusal(400, "unknown_host", "this server does not go by that name")
    if isinstance(error, (SuspiciousOperation, BadRequest, UnicodeDecodeError)):
        return refusal(400, "bad_request", "the request cannot be read")
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} in {frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
    _log.error("a fault in Everycall itself: %s", where)
    return refusal(500, "fault", f"a fault in Everycall itself ({where})")


def too_large() -> HttpResponse:
    """Return the refusal of a body that is larger than any call."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return refusal(413, "too_large", f"a request has at most {most:,} bytes")


class OneShape:
    """Answers every error under ``/api/`` in the one shape; refuses what is too large before it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if not request.path.startswith(_API):
            return self._get_response(request)
        try:
            request.get_host()
            _readable(request)
            length = int(request.headers.get("Content-Length") or 0)
            if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                return too_large()
            response = self._get_response(request)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller is told in the one shape; it is logged
            return answer_to(error)
        if response.status_code >= 400 and "json" not in response.headers.get("Content-Type", ""):
            return _reshaped(response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what a view raised."""
        return answer_to(error) if request.path.startswith(_API) else None


def _readable(request: HttpRequest) -> None:
    """Refuse what follows the question mark when it is no UTF-8: Django would put other letters in its place."""
    try:
        unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(400, "no_utf8", "the address is not UTF-8 text") from None


_CODES = {
    400: ("bad_request", "the request cannot be read"),
    403: ("not_allowed", "this is not yours to see or do"),
    404: ("not_found", "there is nothing here"),
    405: ("wrong_method", "this cannot be done here"),
    413: ("too_large", "the request is too large"),
}


def _reshaped(response: HttpResponse) -> HttpResponse:
    code, message = _CODES.get(response.status_code, ("refused", "the request is refused"))
    made = refusal(response.status_code, code, message)
    if "Allow" in response.headers:
        made["Allow"] = response["Allow"]
    return made


def not_from_our_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse what a signed-in browser sends without the token of a page of ours."""
    return refusal(
        403, "not_from_our_page", "the request does not come from a page of this server; reload it"
    )
