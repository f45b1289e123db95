"""``POST /caller-number``: somebody rings: the card opens with what is known of the number before a word is said."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from everycall.api.auth import allowed, who
from everycall.api.body import justification_of, model_of
from everycall.api.documented import body_of
from everycall.assessment import Assessment
from everycall.call import read_call
from everycall.serving import ground, taking
from everycall.store.calls import current
from everycall.strict import Data

router = Router(tags=["calls"])


class Ringing(Data):
    """The number that rings (null: withheld), the call's reference, and when."""

    call: Annotated[str, Field(min_length=1, max_length=100)]
    number: Annotated[str | None, Field(max_length=40)] = None
    at: Annotated[str, Field(max_length=40)]


@router.post(
    "/caller-number",
    response={200: Assessment},
    by_alias=True,
    auth=allowed("caller_number"),
    operation_id="caller_number",
    openapi_extra=body_of(Ringing),
)
def caller_number(request: HttpRequest) -> HttpResponse:
    """Open a call at pick-up; for one that is open already the number is added, where none is known."""
    said, viewer = model_of(request, Ringing), who(request)
    facts: dict[str, Any] = {"ref": said.call, "received_at": said.at, "status": "open"}
    if said.number:
        facts["caller"] = {"phone": said.number}
    read = read_call(facts)
    force = ground.ground().force_if_there()
    known = current(force.store.connection, [said.call]).get(said.call) if force else None
    if known is not None:  # what the handler has typed stands: only a number that was not known is added
        read = taking.with_number(known.payload, said.number)
    told = taking.take(read, viewer, justification_of(request))
    return HttpResponse(told.body, content_type="application/json")
