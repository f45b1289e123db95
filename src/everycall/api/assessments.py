"""``POST /assessments``: a call in, its assessment out. ``PATCH /calls/{ref}``: more facts, a new version."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from everycall.api.auth import allowed, who
from everycall.api.body import justification_of, object_of, text_of
from everycall.api.documented import body_of
from everycall.assessment import Assessment
from everycall.call import Call, read_call_text
from everycall.serving import calls, patching, taking

router = Router(tags=["calls"])
taken = Router(tags=["calls"])
"""The route that is asked far more often than all others together, to be looked for first."""


def _json(text: str | bytes) -> HttpResponse:
    return HttpResponse(text, content_type="application/json")


@taken.post(
    "/assessments",
    response={200: Assessment},
    auth=allowed("assess"),
    by_alias=True,
    summary="Assess a call",
    operation_id="assess",
    openapi_extra=body_of(Call),
)
def assess(request: HttpRequest) -> HttpResponse:
    """Take a call, or newer facts of one that was told before (the same `ref`), and assess it.

    Told again with the same facts it makes nothing new. What is shown of others' records is logged.
    """
    read = read_call_text(text_of(request))
    return _json(taking.take(read, who(request), justification_of(request)).body)


@router.patch(
    "/calls/{path:ref}",
    response={200: Assessment},
    auth=allowed("assess"),
    by_alias=True,
    summary="Tell more facts of a call",
    operation_id="tell_more",
    openapi_extra=body_of(Call, partial=True, content_type="application/merge-patch+json"),
)
def tell_more(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a call by JSON Merge Patch (RFC 7396) and assess it again.

    A null, or an empty list, takes a fact back; log lines are added, and are the same when time, author and text are.
    """
    viewer = who(request)
    return _json(patching.patch(ref, object_of(request), viewer, justification_of(request)).body)


@router.get(
    "/calls/{path:ref}", response={200: dict[str, Any]}, auth=allowed("see_call"), operation_id="see_call"
)
def see_call(request: HttpRequest, ref: str) -> HttpResponse:
    """Return a call with its last assessment, the last decision, and how it stands: what the viewer may see of it."""
    found = calls.see(ref, who(request), justification_of(request, needed=True))
    return _json(json.dumps(found, ensure_ascii=False))
