"""Reading what was sent: JSON of a bounded size and depth, in UTF-8; anything else is refused clearly."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from django.http import HttpRequest, UnreadablePostError
from pydantic import BaseModel, ValidationError

from everycall.errors import InputError, Problem, problems_of
from everycall.serving import ground
from everycall.serving.shape import RefusedError
from everycall.told_once import read_once, why_not

M = TypeVar("M", bound=BaseModel)

_JSON = ("application/json", "application/merge-patch+json")
_UTF8 = ("utf-8", "utf8", "us-ascii")
_LONGEST_WHY = 200


def text_of(request: HttpRequest) -> str:
    """Return the body as text.

    Raises
    ------
    RefusedError
        415 when it is said to be no JSON in UTF-8, or packed; 400 when it is broken off or no UTF-8.
    """
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    packed = request.headers.get("Content-Encoding", "identity").lower()
    if request.content_type not in _JSON or charset not in _UTF8 or packed != "identity":
        raise RefusedError(415, "no_json", f"send {' or '.join(_JSON)}, in UTF-8 and not packed")
    try:
        return utf8(request.body)
    except UnreadablePostError:
        raise RefusedError(400, "broken_off", "the body ended early") from None


def utf8(body: bytes) -> str:
    """Return a body as text; raise `RefusedError` (400) when it is no UTF-8."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError(400, "no_utf8", "the body is not UTF-8 text") from None


def object_of(request: HttpRequest) -> dict[str, Any]:
    """Return the body as a JSON object."""
    try:
        found = read_once(text_of(request))
    except (ValueError, RecursionError) as error:
        raise InputError("the body cannot be used", [Problem("", why_not(error))]) from None
    if not isinstance(found, dict):
        raise InputError("the body cannot be used", [Problem("", "must be a JSON object")])
    return found


def model_of(request: HttpRequest, model: type[M]) -> M:
    """Return the body as a model; raise `InputError` with every problem."""
    found = object_of(request)
    try:
        return model.model_validate_json(json.dumps(found))
    except ValidationError as error:
        problems = problems_of(error.errors(include_url=False, include_input=False), model.model_fields)
        raise InputError("the body cannot be used", problems) from None


def justification_of(request: HttpRequest, needed: bool = False) -> str | None:
    """Return why somebody looks, as their program tells it (header ``Everycall-Justification``).

    Parameters
    ----------
    needed
        Whether the force may ask for it here; who takes a call is never held up by it.

    Raises
    ------
    InputError
        When the force asks for it and none is given.
    """
    told = told_why(request.headers.get("Everycall-Justification", ""))
    if told is None and needed and ground.ground().justification == "required":
        problem = Problem("Everycall-Justification", "is needed: this force asks why a call is looked at")
        raise InputError("it must be known why", [problem])
    return told


def told_why(header: str) -> str | None:
    """Return what a header says of why somebody looks; None for nothing, and where the force does not ask."""
    if ground.ground().justification == "off":
        return None
    return "".join(c for c in header.strip() if c.isprintable())[:_LONGEST_WHY] or None
