"""What should we do: the whole recommendation, with its reasons, duties and times."""

from __future__ import annotations

from datetime import datetime

from everycall.assessment import Recommendation
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


def _recommended(pack: Pack, decision: Decision, grade_name: str, by: datetime | None) -> str:
    until = f" by {by:%H:%M on %d/%m/%Y}" if by else ""
    least = "At least: " if decision.floor_only else "Recommended: "
    why = pack.rows[decision.held].why
    return f"{least}{grade_name}, attendance {decision.attendance}{until} (rule {decision.rule}: {why})"
