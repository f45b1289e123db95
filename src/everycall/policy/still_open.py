"""Which unknown facts could still change the decision or what is owed, and to what."""

from __future__ import annotations

from collections.abc import Mapping

from everycall.policy.decide import Decision, decide
from everycall.policy.facts import Facts
from everycall.policy.owed import fitting
from everycall.policy.pack import Pack
from everycall.policy.same_facts import once_for_the_same

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
    return _still_open(pack, facts, decide(pack, facts) if decided is None else decided)


@once_for_the_same
def _still_open(pack: Pack, facts: Facts, decision: Decision) -> Mapping[str, tuple[GradeAndAttendance, ...]]:
    found: dict[str, dict[GradeAndAttendance, None]] = {}
    settled = if_all_no(pack, facts, decision)
    table, state = pack.compiled, facts.state
    for position in range(decision.held):
        _, is_open, is_floor, plain, as_floor = table.rows[position]
        if is_floor or is_open or state & table.ruled_out[position]:
            continue
        outcome = as_floor if decision.floor_only else plain
        for name in pack.facts.names(pack.rows[position].conditions.tested() & facts.unknown):
            outcomes = found.setdefault(name, {})
            outcomes[(outcome.grade, outcome.attendance)] = None
            if settled is not None:
                outcomes[settled] = None
    return {name: tuple(outcomes) for name, outcomes in found.items()}


@once_for_the_same
def if_all_no(pack: Pack, facts: Facts, decided: Decision) -> GradeAndAttendance | None:
    """Return what the table says were all unknown facts no, where the open row holds; None where it does not."""
    if not pack.rows[decided.held].open:
        return None
    settled = decide(pack, Facts(pack.facts, facts.yes, facts.no | facts.unknown))
    return settled.grade, settled.attendance


@once_for_the_same
def still_owed(pack: Pack, facts: Facts, decided: Decision) -> Mapping[str, frozenset[str]]:
    """Return each unknown fact that could, with others, still bring a duty, with the codes of those actions."""
    found: dict[str, set[str]] = {}
    for not_at, row in fitting(pack, decided.rule, decided.grade, decided.attendance):
        cells = row.conditions
        unknown = cells.tested() & facts.unknown
        if unknown and facts.state & not_at and cells.possible(facts.yes, facts.no):
            for name in pack.facts.names(unknown):
                found.setdefault(name, set()).add(row.code)
    return {name: frozenset(codes) for name, codes in found.items()}
