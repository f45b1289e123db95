"""Which unknown facts could still change the decision, and to what."""

from __future__ import annotations

from collections.abc import Mapping

from everycall.policy.decide import Decision, decide
from everycall.policy.facts import Facts
from everycall.policy.pack import Pack

GradeAndAttendance = tuple[str, str]


def still_open(
    pack: Pack, facts: Facts, decided: Decision | None = None
) -> Mapping[str, tuple[GradeAndAttendance, ...]]:
    """Return each unknown fact that could still change the decision, with what it could change to.

    A fact can raise the decision when a row above the one that held could still hold and tests it. While the
    open row holds, the same facts can also lower it, to what the table says were they all no.

    Parameters
    ----------
    decided
        What `decide` says of these facts, where that was asked already.
    """
    decision = decide(pack, facts) if decided is None else decided
    found: dict[str, dict[GradeAndAttendance, None]] = {}
    held_open = pack.rows[decision.held].open
    if_all_no: tuple[GradeAndAttendance, ...] = ()
    if held_open:
        settled = decide(pack, Facts(pack.facts, facts.yes, facts.no | facts.unknown))
        if_all_no = ((settled.grade, settled.attendance),)
    table, state = pack.compiled, facts.state
    for position in range(decision.held):
        _, is_open, is_floor, plain, as_floor = table.rows[position]
        if is_floor or is_open or state & table.ruled_out[position]:
            continue
        outcome = as_floor if decision.floor_only else plain
        for name in pack.facts.names(pack.rows[position].conditions.tested() & facts.unknown):
            outcomes = found.setdefault(name, {})
            outcomes[(outcome.grade, outcome.attendance)] = None
            outcomes.update(dict.fromkeys(if_all_no))
    return {name: tuple(outcomes) for name, outcomes in found.items()}
