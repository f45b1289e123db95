"""What should we do: the whole recommendation, with its reasons, duties and times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from everycall.assessment import Recommendation, Truth
from everycall.call import Call
from everycall.policy.clock import clock_start, respond_by
from everycall.policy.decide import Decision, decide
from everycall.policy.facts import Facts
from everycall.policy.owed import actions, resources
from everycall.policy.pack import Pack
from everycall.policy.rationale import Context, rationale
from everycall.policy.trace import near_misses, reasons


def recommend(
    pack: Pack,
    facts: Facts,
    call: Call,
    now_from: datetime,
    context: Context | None = None,
    graded_at: datetime | None = None,
) -> Recommendation:
    """Return what the policy recommends for this call. A named person decides.

    Parameters
    ----------
    pack
        The force's policy.
    facts
        What is known, from `everycall.policy.facts.resolve`.
    call
        For its source (when the clock starts) and its place (urban or rural).
    now_from
        When the call was received, aware.
    context
        What the other parts found, in words, for the rationale.
    graded_at
        When the grade is given, aware; only where the pack starts the clock then.

    Raises
    ------
    PackError
        When no row of the table holds, which loading a pack rules out.
    """
    decision = decide(pack, facts)
    start = clock_start(pack.grades, call, now_from, graded_at)
    rural = call.location.rural if call.location else None
    by = respond_by(pack.grades.grade(decision.grade), start, rural)
    owed = actions(pack, facts, decision, start)
    grade_name = pack.grades.grade(decision.grade).name
    return Recommendation(
        grade=decision.grade,
        grade_name=grade_name,
        attendance=decision.attendance,
        respond_by=by,
        resources=resources(pack, facts, decision),
        floor_only=decision.floor_only,
        actions=owed,
        rationale=rationale(
            pack.scheme,
            facts,
            context or Context(),
            _recommended(pack, decision, grade_name, by),
            [action.code for action in owed],
        ),
        row=decision.row,
        reasons=reasons(pack, facts, decision),
        near_misses=near_misses(pack, facts, decision),
    )


def as_it_stands(
    pack: Pack,
    facts: Facts,
    gone: Iterable[str],
    stands: Recommendation,
    call: Call,
    now_from: datetime,
    context: Context,
    why: str,
) -> Recommendation:
    """Return a recommendation of which facts have gone with the time, duties, resources and rationale it stands at.

    A grade that stands while its time moves to tomorrow, its duties go and the text for the log tells the lower one
    would be lowered all the same (contract: lowering means "a lower grade, a later time").

    Parameters
    ----------
    gone
        Facts that an earlier version found and this one does not: what was owed for them is owed.
    stands
        What is recommended, with the grade and attendance that stand.
    why
        Why it stands, as its reasons tell, for the rationale.
    """
    outcome = (stands.grade, stands.attendance)
    decision = decide(pack, facts)
    by_itself = replace(decision, grade=stands.grade, attendance=stands.attendance)
    before = facts
    for name in gone:
        before = before.supposing(name, Truth.YES)
    earlier = decide(pack, before)
    if (earlier.grade, earlier.attendance) != outcome:
        earlier = by_itself
    start = clock_start(pack.grades, call, now_from)
    rural = call.location.rural if call.location else None
    times = (stands.respond_by, respond_by(pack.grades.grade(stands.grade), start, rural))
    by = min((time for time in times if time is not None), default=None)
    owed = {action.code: action for action in (*actions(pack, before, earlier, start), *stands.actions)}
    sent = {*resources(pack, before, earlier), *resources(pack, facts, by_itself)}
    in_order = tuple(owed[code] for code in dict.fromkeys(row.code for row in pack.actions) if code in owed)
    going = tuple(one for one in dict.fromkeys(row.resource for row in pack.resources) if one in sent)
    if by_itself == decision:
        told = f"{_recommended(pack, decision, stands.grade_name, by)}. {why}"
    else:
        told = f"Stands at: {stands.grade_name}, attendance {stands.attendance}{_until(by)} ({why})"
    return stands.model_copy(
        update={
            "respond_by": by,
            "resources": going,
            "actions": in_order,
            "rationale": rationale(pack.scheme, facts, context, told, [action.code for action in in_order]),
        }
    )


def _recommended(pack: Pack, decision: Decision, grade_name: str, by: datetime | None) -> str:
    least = "At least: " if decision.floor_only else "Recommended: "
    why = pack.rows[decision.held].why
    return f"{least}{grade_name}, attendance {decision.attendance}{_until(by)} (rule {decision.rule}: {why})"


def _until(by: datetime | None) -> str:
    return f" by {by:%H:%M on %d/%m/%Y}" if by else ""
