"""``POST /calls/{ref}/decision``: a named person accepts what is recommended, or decides otherwise and says why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from everycall import standing
from everycall.api.auth import allowed, who
from everycall.api.body import justification_of, model_of
from everycall.api.documented import body_of
from everycall.api.named import by_whom
from everycall.deciding import Decided, Name, Words
from everycall.field_kinds import Moment
from everycall.serving import decided
from everycall.strict import Data

router = Router(tags=["calls"])


class Decision(Data):
    """What is decided. Without a grade, `accepted` is true: as recommended."""

    grade_given: str | None = None
    accepted: bool | None = None
    attendance: str | None = None
    respond_by: Moment | None = None
    closed_as: str | None = None
    category: str | None = None
    reason: str | None = None
    words: Words | None = None
    by: Name | None = None


class Approval(Data):
    """A supervisor's word that the last decision stands; the supervisor is who is signed in."""


class Standing(Data):
    """How a call stands after a decision, and for what it awaits a supervisor."""

    link: int
    stands: dict[str, Any]
    accepted: bool
    lowers: tuple[str, ...]
    awaits_supervisor: tuple[str, ...]


@router.post(
    "/calls/{path:ref}/decision",
    response={200: Standing},
    auth=allowed("decide"),
    operation_id="decide",
    openapi_extra=body_of(Decision),
)
def decide_call(request: HttpRequest, ref: str) -> Standing:
    """Record a decision; told again, the same makes nothing. Lowering may wait for a supervisor."""
    viewer = who(request)
    said = model_of(request, Decision)
    by = by_whom(viewer, said.by)
    more = said.model_dump(exclude={"grade_given", "accepted", "by"}, exclude_none=True)
    made = decided.decide_for(
        viewer, ref, by, said.grade_given, bool(said.accepted), more, justification_of(request)
    )
    return _told(made)


@router.post(
    "/calls/{path:ref}/decision/approval",
    response={200: Standing},
    auth=allowed("approve"),
    operation_id="approve",
    openapi_extra=body_of(Approval),
)
def approve_call(request: HttpRequest, ref: str) -> Standing:
    """Approve, as a supervisor, the last decision on a call, made by somebody else."""
    viewer = who(request)
    model_of(request, Approval)
    return _told(decided.approve_for(viewer, ref, justification_of(request)))


def _told(made: Decided) -> Standing:
    return Standing(
        link=made.link,
        stands=standing.told(made.stands),
        accepted=made.accepted,
        lowers=made.lowers,
        awaits_supervisor=made.awaits_supervisor,
    )
