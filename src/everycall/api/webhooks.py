"""``/webhooks``: which systems are told of what, and what could not be told."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from everycall.api.auth import allowed
from everycall.api.body import model_of
from everycall.api.documented import body_of
from everycall.api.watching import Before, Limit, Page
from everycall.serving import announcing, ground
from everycall.strict import Data
from everycall.telling import webhooks

router = Router(tags=["webhooks"])

Number = Annotated[int, Field(ge=1, le=2**62)]


class NewHook(Data):
    """Where to tell, and of what."""

    url: Annotated[str, Field(max_length=500)]
    events: tuple[str, ...]


class Hook(Data):
    """A webhook; its secret is told this once."""

    number: int
    url: str
    events: tuple[str, ...]
    secret: str


_MANAGE = allowed("manage_webhooks")


@router.post(
    "/webhooks",
    response={200: Hook},
    auth=_MANAGE,
    operation_id="add_webhook",
    openapi_extra=body_of(NewHook),
)
def add(request: HttpRequest) -> Hook:
    """Tell a system outside the force's own network; one inside is added at the server (`everycall webhook add`)."""
    wanted = model_of(request, NewHook)
    made, secret = webhooks.add(ground.force().store.connection, wanted.url, wanted.events, ground.now())
    announcing.changed()
    return Hook(number=made.number, url=made.url, events=made.events, secret=secret)


@router.get("/webhooks", response={200: Page}, auth=_MANAGE, operation_id="webhooks")
def every(request: HttpRequest, before: Before = None, limit: Limit = 100) -> Page:
    """Return the webhooks that are not ended, newest first, without their secrets."""
    found = webhooks.page(ground.force().store.connection, before, limit)
    return Page(
        items=[one.as_dict() for one in found], next=found[-1].number if len(found) == limit else None
    )


@router.get("/webhooks/failed", response={200: Page}, auth=_MANAGE, operation_id="failed_messages")
def failed(request: HttpRequest, before: Before = None, limit: Limit = 100) -> Page:
    """Return what could not be told, newest first, and why."""
    found = webhooks.failed(ground.force().store.connection, before, limit)
    return Page(items=found, next=found[-1]["number"] if len(found) == limit else None)


@router.post("/webhooks/failed/{number}/again", response={204: None}, auth=_MANAGE, operation_id="tell_again")
def again(request: HttpRequest, number: Number) -> Status[None]:
    """Try once more."""
    webhooks.again(ground.force().store.connection, number, ground.now())
    return Status(204, None)


@router.delete("/webhooks/{number}", response={204: None}, auth=_MANAGE, operation_id="end_webhook")
def end(request: HttpRequest, number: Number) -> Status[None]:
    """End a webhook."""
    webhooks.end(ground.force().store.connection, number, ground.now())
    announcing.changed()
    return Status(204, None)
