"""``/conflicts``: which members of staff are a party or a neighbour, and so do not see calls about whom."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from everycall.access import conflicts
from everycall.accounts import people
from everycall.api.auth import allowed
from everycall.api.body import model_of
from everycall.api.documented import body_of
from everycall.api.watching import Before, Limit, Page
from everycall.serving import ground
from everycall.strict import Data

router = Router(tags=["accounts"])


class NewConflict(Data):
    """Whose conflict it is, with whom or with which address, and why."""

    account: Annotated[str, Field(min_length=1, max_length=100)]
    party: dict[str, Any]
    why: Annotated[str, Field(min_length=1, max_length=200)]


_MANAGE = allowed("manage_conflicts")


@router.post(
    "/conflicts",
    response={204: None},
    auth=_MANAGE,
    operation_id="add_conflict",
    openapi_extra=body_of(NewConflict),
)
def add(request: HttpRequest) -> Status[None]:
    """Keep that somebody may not see calls about a person or an address, named as a call would."""
    said = model_of(request, NewConflict)
    connection = ground.force().store.connection
    account = people.known(connection, said.account).number
    conflicts.add(connection, account, said.party, said.why, ground.now())
    return Status(204, None)


@router.get("/conflicts", response={200: Page}, auth=_MANAGE, operation_id="conflicts")
def every(request: HttpRequest, before: Before = None, limit: Limit = 100) -> Page:
    """Return the conflicts, newest first: whose, why and since when; not with whom, which is not the list's to tell."""
    found = conflicts.every(ground.force().store.connection, before, limit)
    return Page(items=found, next=found[-1]["number"] if len(found) == limit else None)


@router.delete("/conflicts/{number}", response={204: None}, auth=_MANAGE, operation_id="end_conflict")
def end(request: HttpRequest, number: Annotated[int, Field(ge=1, le=2**62)]) -> Status[None]:
    """End a conflict."""
    conflicts.end(ground.force().store.connection, number, ground.now())
    return Status(204, None)
