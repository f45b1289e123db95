"""A named person decides how a call is graded; what would lower it for a victim waits for a supervisor."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from everycall import codes, standing
from everycall.errors import InputError, Problem, Problems, RecordError, not_allowed
from everycall.force import Force
from everycall.policy.lowering import Standing, lowering
from everycall.policy.pack import Pack
from everycall.store import decisions
from everycall.store.calls import current
from everycall.store.decisions import Recorded
from everycall.store.writing import writing
from everycall.strict import Data

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Words = Annotated[str, Field(max_length=1_000)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Choice(Data):
    """What a named person chooses; what is not given stays as it stands.

    Parameters
    ----------
    reason
        A code of ``decision_reason``; needed where the choice is not what was recommended.
    by, approved_by
        Who decides, and which supervisor approves; the caller has made sure of who they are.
    words
        Why, in the person's own words, beside the code.
    seconds_on_screen, edits
        How long the assessment was before them, and how often they changed something of the call: evidence that a
        decision was one.
    """

    grade: str
    attendance: str | None = None
    respond_by: AwareDatetime | None = None
    closed_as: str | None = None
    category: str | None = None
    reason: str | None = None
    by: Name
    approved_by: Name | None = None
    words: Words | None = None
    seconds_on_screen: Count | None = None
    edits: Count | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision.

    Parameters
    ----------
    link
        Its link of the record.
    stands
        How the call stands now.
    accepted
        Whether it is what was recommended.
    lowers
        In what ways it is less than what stood.
    awaits_supervisor
        The facts for which the higher stands until a supervisor approves; empty: nothing is awaited.
    """

    link: int
    stands: Standing
    accepted: bool
    lowers: tuple[str, ...]
    awaits_supervisor: tuple[str, ...]


def decide(ref: str, choice: Choice, force: Force, now: datetime) -> Decided:
    """Record a decision on a call; told again, the same decision makes nothing.

    Contract, "Lowering means": the higher stands until a supervisor approves, where the person is vulnerable,
    repeat, hate, domestic abuse or burst, as any recorded assessment of the call found. A decision stands against
    the recommendation it knew of; a later one that recommends more raises what stands.

    Parameters
    ----------
    now
        When it is decided (aware).

    Raises
    ------
    InputError
        When a code is none of the pack's or the published ones, a reason is missing, or somebody approves their own.
    RecordError
        When nothing was recommended for this call.
    StoreError
        When it could not be recorded: then nothing was decided.
    """
    force.store.mend()
    connection = force.store.connection
    with writing(connection):
        decisions.hold(connection, ref)
        return _decide(ref, choice, force, now)


def approve(ref: str, by: str, force: Force, now: datetime) -> Decided:
    """Record that a supervisor approves the last decision on a call, which then stands; again, it makes nothing.

    Raises
    ------
    RecordError
        When no decision on this call awaits a supervisor.
    InputError
        When somebody approves their own.
    """
    force.store.mend()
    connection = force.store.connection
    with writing(connection):
        decisions.hold(connection, ref)
        last = decisions.last_decision(connection, ref)
        if last is not None and last.body["approves"] and last.body["approved_by"] == by:
            return _decided(last)
        if last is None or not last.body["awaits_supervisor"]:
            raise RecordError("no decision on this call awaits a supervisor")
        wanted = asdict(standing.read_told(last.body["wanted"]))
        said = {"reason": last.body["reason"], "words": last.body.get("words"), "by": last.body["by"]}
        choice = Choice(**wanted, **said, approved_by=by)
        return _decide(ref, choice, force, now, approves=last.link)


def refuse(ref: str, by: str, reason: str, force: Force, now: datetime) -> Decided:
    """Record that a supervisor refuses the last decision on a call: the higher, which stands, is what they decide.

    Parameters
    ----------
    reason
        A code of ``decision_reason``.

    Raises
    ------
    RecordError
        When no decision on this call awaits a supervisor.
    InputError
        When somebody refuses their own: they can decide anew.
    """
    force.store.mend()
    connection = force.store.connection
    with writing(connection):
        decisions.hold(connection, ref)
        last = decisions.last_decision(connection, ref)
        if last is not None and last.body.get("refuses") and last.body["by"] == by:
            return _decided(last)
        if last is None or not last.body["awaits_supervisor"]:
            raise RecordError("no decision on this call awaits a supervisor")
        if last.body["by"].strip() == by.strip():
            raise InputError("the decision cannot be refused", [Problem("by", "is who decided it")])
        stands = asdict(standing.read_told(last.body["stands"]))
        return _decide(ref, Choice(**stands, reason=reason, by=by), force, now, refuses=last.link)


def _decide(
    ref: str,
    choice: Choice,
    force: Force,
    now: datetime,
    approves: int | None = None,
    refuses: int | None = None,
) -> Decided:
    connection, pack = force.store.connection, force.policy.pack
    assessment = decisions.last_assessment(connection, ref)
    call = current(connection, [ref]).get(ref)
    if assessment is None or call is None:
        raise RecordError("nothing was recommended for this call: it was not assessed, or it was disposed of")
    recommended = standing.recommended(assessment.body, json.loads(call.payload))
    last = decisions.last_decision(connection, ref)
    if (
        approves
        and last
        and standing.is_more(pack, recommended, standing.read_told(last.body["recommended"]))
    ):
        raise RecordError("more is recommended since this was decided: it must be decided anew")
    stood = standing.stands(pack, recommended, last.body if last else None)
    wanted = Standing(
        choice.grade,
        choice.attendance or stood.attendance,
        choice.respond_by or stood.respond_by,
        choice.closed_as or stood.closed_as,
        choice.category or stood.category,
    )
    accepted = wanted == recommended
    _usable(pack, choice, accepted)
    lowers = lowering(pack, stood, wanted)
    found = decisions.ever_yes(connection, ref)
    protected = tuple(name for name in pack.grades.lowering.supervisor_where if name in found)
    awaits = protected if lowers and choice.approved_by is None else ()
    stands = standing.higher(pack, stood, wanted) if awaits else wanted
    body = {
        "call_ref": ref,
        "decided_at": now.isoformat(),
        "assessment": assessment.link,
        "recommended": standing.told(recommended),
        "stood": standing.told(stood),
        "wanted": standing.told(wanted),
        "stands": standing.told(stands),
        "accepted": accepted,
        "lowers": list(lowers),
        "awaits_supervisor": list(awaits),
        "reason": choice.reason,
        "by": choice.by,
        "approved_by": choice.approved_by,
        "approves": approves,
        "refuses": refuses,
        "policy_sha256": pack.sha256,
    }
    beside = {"words": choice.words, "seconds_on_screen": choice.seconds_on_screen, "edits": choice.edits}
    body |= {name: value for name, value in beside.items() if value is not None}
    if last is not None and _same(last.body, body):
        return _decided(last)
    link = decisions.record(connection, ref, body, choice.by, next(force.salts), now)
    return _decided(Recorded(link, body))


def _decided(recorded: Recorded) -> Decided:
    body = recorded.body
    return Decided(
        recorded.link,
        standing.read_told(body["stands"]),
        body["accepted"],
        tuple(body["lowers"]),
        tuple(body["awaits_supervisor"]),
    )


def _usable(pack: Pack, choice: Choice, accepted: bool) -> None:
    problems = Problems()
    for name, found, allowed in (
        ("grade", choice.grade, [grade.code for grade in pack.grades.grades]),
        ("attendance", choice.attendance, pack.grades.attendance),
        ("closed_as", choice.closed_as, codes.allowed("closed_as")),
        ("category", choice.category, codes.allowed("category")),
        ("reason", choice.reason, codes.allowed("decision_reason")),
    ):
        if found is not None and found not in allowed:
            problems.add(name, not_allowed(found, allowed))
    if not accepted and choice.reason is None:
        problems.add("reason", "is needed: this is not what was recommended")
    if choice.approved_by is not None and choice.approved_by.strip() == choice.by.strip():
        problems.add("approved_by", "is who decides: another person approves")
    problems.raise_if_any("the decision cannot be used")


def _same(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Say whether a decision was only told again: what was known and wanted, why and by whom are the same."""
    told = ("assessment", "wanted", "reason", "words", "by", "approved_by")
    return all(before.get(name) == now.get(name) for name in told)
