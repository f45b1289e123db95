"""Who looked at what, and broken glass: for supervisors, inspectors and administrators."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import AwareDatetime, Field

from everycall.access import conflicts, logged
from everycall.api.auth import allowed, who
from everycall.api.body import model_of
from everycall.api.documented import body_of
from everycall.serving import glass, ground
from everycall.strict import Data

router = Router(tags=["watching"])

Operation = Literal["collection", "alteration", "consultation", "combination", "disclosure", "erasure"]
Limit = Annotated[int, Query(ge=1, le=500)]
Before = Annotated[int | None, Query(ge=1, le=2**62)]


class Page(Data):
    """A page, newest first; ``next`` is the ``before`` of the page that follows, null on the last."""

    items: list[dict[str, Any]]
    next: int | None


class BreakGlass(Data):
    """Why somebody must see a call they are in conflict with."""

    why: Annotated[str, Field(min_length=10, max_length=500)]


@router.get("/processing", response={200: Page}, auth=allowed("see_log"), operation_id="processing_log")
def processing_log(
    request: HttpRequest,
    about: Annotated[str | None, Query(max_length=100)] = None,
    by: Annotated[str | None, Query(max_length=100)] = None,
    operation: Annotated[Operation | None, Query()] = None,
    since: Annotated[AwareDatetime | None, Query()] = None,
    until: Annotated[AwareDatetime | None, Query()] = None,
    before: Before = None,
    limit: Limit = 100,
) -> Page:
    """Return who did what to which record, when and why (DPA 2018 s.62): newest first, ``until`` itself left out."""
    found = logged.entries(ground.force().store.connection, about, by, before, limit, operation, since, until)
    return Page(
        items=[one.as_dict() for one in found], next=found[-1].number if len(found) == limit else None
    )


@router.get("/alerts", response={200: Page}, auth=allowed("see_alerts"), operation_id="alerts")
def alerts(request: HttpRequest, unseen: bool = False, before: Before = None, limit: Limit = 100) -> Page:
    """Return where the glass was broken: by whom, for which call, and why."""
    found = conflicts.alerts(ground.force().store.connection, before, limit, unseen)
    return Page(
        items=[one.as_dict() for one in found], next=found[-1].number if len(found) == limit else None
    )


@router.post(
    "/alerts/{number}/seen", response={204: None}, auth=allowed("see_alerts"), operation_id="alert_seen"
)
def alert_seen(request: HttpRequest, number: Annotated[int, Field(ge=1, le=2**62)]) -> Status[None]:
    """Note that an alert was seen, by somebody else than who broke the glass."""
    conflicts.seen(ground.force().store.connection, number, who(request), ground.now())
    return Status(204, None)


@router.post(
    "/calls/{path:ref}/broken-glass",
    response={204: None},
    auth=allowed("break_glass"),
    operation_id="break_glass",
    openapi_extra=body_of(BreakGlass),
)
def break_glass(request: HttpRequest, ref: str) -> Status[None]:
    """Let the person who asks see a call they are in conflict with, for an hour; it raises an alert."""
    glass.break_for(who(request), ref, model_of(request, BreakGlass).why)
    return Status(204, None)
