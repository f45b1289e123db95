"""Which unknown facts could still change the decision, and to what."""

from __future__ import annotations

from collections.abc import Mapping

from everycall.policy.decide import decide
from everycall.policy.facts import Facts
from everycall.policy.pack import Pack

GradeAndAttendance = tuple[str, str]


def still_open(pack: Pack, facts: Facts) -> Mapping[str, tuple[GradeAndAttendance, ...]]:
    """Return each unknown fact that could still change the decision, with what it could change to.

    A fact can raise the decision when a row above the one that held could still hold and tests it. While the
    open row holds, the same facts can also lower it, to what the table says were they all no.
    """
    decision = decide(pack, facts)
    found: dict[str, dict[GradeAndAttendance, None]] = {}
    held_open = pack.rows[decision.held].open
    if_all_no: tuple[GradeAndAttendance, ...] = ()
    if held_open:
        settled = decide(pack, Facts(pack.facts, facts.yes, facts.no | facts.unknown))
        if_all_no = ((settled.grade, settled.attendance),)
    for row, (_, _, is_floor, plain, as_floor) in zip(
        pack.rows[: decision.held], pack.compiled.rows[: decision.held], strict=True
    ):
        if is_floor or row.open or not row.conditions.possible(facts.yes, facts.no):
            continue
        outcome = as_floor if decision.floor_only else plain
        for name in pack.facts.names(row.conditions.tested() & facts.unknown):
            outcomes = found.setdefault(name, {})
            outcomes[(outcome.grade, outcome.attendance)] = None
            outcomes.update(dict.fromkeys(if_all_no))
    return {name: tuple(outcomes) for name, outcomes in found.items()}
