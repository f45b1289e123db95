"""``POST /calls/{ref}/decision``: a named person accepts what is recommended, or decides otherwise and says why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from everycall import standing
from everycall.access import processing
from everycall.api.auth import allowed, who
from everycall.api.body import justification_of, model_of
from everycall.api.documented import body_of
from everycall.api.named import by_whom
from everycall.deciding import Choice, Decided, Name, approve, decide
from everycall.errors import InputError, Problem
from everycall.serving import calls, ground
from everycall.serving.announcing import announce
from everycall.serving.shape import RefusedError
from everycall.store import decisions
from everycall.strict import Data
from everycall.telling.events import DECISION

router = Router(tags=["calls"])


class Decision(Data):
    """What is decided. Without a grade, `accepted` is true: as recommended."""

    grade_given: str | None = None
    accepted: bool | None = None
    attendance: str | None = None
    respond_by: AwareDatetime | None = None
    closed_as: str | None = None
    category: str | None = None
    reason: str | None = None
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
    "/calls/{ref}/decision",
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
    calls.must_see(ref, viewer)
    force = ground.force()
    choice = said.model_dump(exclude={"grade_given", "accepted", "by"}, exclude_none=True)
    grade = said.grade_given or _recommended(ref, said)
    if said.accepted and said.grade_given and said.grade_given != _recommended(ref, said):
        problem = Problem("accepted", "is true, and grade_given is not what was recommended")
        raise InputError("the decision cannot be used", [problem])
    made = decide(ref, Choice(grade=grade, by=by, **choice), force, ground.now())
    _announced(ref, made)
    calls.log(force, viewer, {processing.ALTERATION: [ref]}, ref, justification_of(request))
    return _told(made)


@router.post(
    "/calls/{ref}/decision/approval",
    response={200: Standing},
    auth=allowed("approve"),
    operation_id="approve",
    openapi_extra=body_of(Approval),
)
def approve_call(request: HttpRequest, ref: str) -> Standing:
    """Approve, as a supervisor, the last decision on a call, made by somebody else."""
    viewer = who(request)
    model_of(request, Approval)
    calls.must_see(ref, viewer)
    force = ground.force()
    made = approve(ref, viewer.name, force, ground.now())
    _announced(ref, made)
    calls.log(force, viewer, {processing.ALTERATION: [ref]}, ref, justification_of(request))
    return _told(made)


def _announced(ref: str, made: Decided) -> None:
    """Tell those who asked: how the call stands, as codes, not by whom."""
    told = {"link": made.link, "stands": standing.told(made.stands), "accepted": made.accepted}
    announce(ground.force(), DECISION, ref, {**told, "awaits_supervisor": bool(made.awaits_supervisor)})


def _recommended(ref: str, said: Decision) -> str:
    if said.grade_given is None and not said.accepted:
        problem = Problem("grade_given", "is needed, or accepted must be true")
        raise InputError("the decision cannot be used", [problem])
    last = decisions.last_assessment(ground.force().store.connection, ref)
    if last is None:
        raise RefusedError(409, "record", "nothing was recommended for this call")
    return str(last.body["recommendation"]["grade"])


def _told(made: Decided) -> Standing:
    return Standing(
        link=made.link,
        stands=standing.told(made.stands),
        accepted=made.accepted,
        lowers=made.lowers,
        awaits_supervisor=made.awaits_supervisor,
    )
