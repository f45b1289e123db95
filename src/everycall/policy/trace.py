"""Why this grade: the facts that made the row hold, and the rows that nearly held."""

from __future__ import annotations

from everycall.assessment import NearMiss, Reason
from everycall.policy.decide import Decision
from everycall.policy.factbook import FactBook, positions
from everycall.policy.facts import Facts
from everycall.policy.pack import Pack
from everycall.policy.same_facts import once_for_the_same

MOST_MISSING = 2
"""A row that would need more unknown facts than this to be yes is no near miss."""


MOST_TOLD = 8
"""Near misses that are told: all that lack one fact, then the highest that lack two, up to this number."""


def reasons(pack: Pack, facts: Facts, decision: Decision) -> tuple[Reason, ...]:
    """Return why the decision was made: the rule, then each fact that it tests, and how it is known.

    For the open row the unknown facts that could still change the outcome are told together.
    """
    row = pack.rows[decision.held]
    told = [Reason.unchecked(code=f"rule_{row.rule}", text=row.why)]
    for i in positions(row.conditions.tested()):
        told.append(Reason.unchecked(code=pack.facts.facts[i].name, text=_said(facts, i)))
    if row.open:
        labels = [pack.facts.facts[i].label for i in positions(_could_matter(pack, facts, decision.held))]
        told.append(
            Reason.unchecked(code="not_known", text=f"Not known, and could change this: {', '.join(labels)}")
        )
    if decision.floor_only:
        told += [
            Reason.unchecked(code=f"rule_{floor.rule}", text=floor.why)
            for floor in pack.rows[: decision.held]
            if floor.floor_only and floor.conditions.hold(facts.yes, facts.no)
        ]
    if decision.raised:
        text = (
            f"Never less than {pack.grades.grade(decision.grade).name}, {decision.attendance}, on such a call"
        )
        told.append(Reason.unchecked(code="floor", text=text))
    return tuple(told)


def _said(facts: Facts, position: int) -> str:
    fact, bit = facts.book.facts[position], 1 << position
    if facts.yes & bit:
        how = "answered" if facts.answered & bit else "from the words" if facts.worded & bit else "found"
        return f"{fact.words} ({how})"
    return fact.words_no if facts.no & bit else f"it is not known whether {fact.words}"


def _could_matter(pack: Pack, facts: Facts, end: int) -> int:
    bits = 0
    for row in pack.rows[:end]:
        if not row.floor_only and row.conditions.possible(facts.yes, facts.no):
            bits |= row.conditions.tested()
    return bits & facts.unknown


@once_for_the_same
def near_misses(pack: Pack, facts: Facts, decision: Decision) -> tuple[NearMiss, ...]:
    """Return the rows above that would give more if one unknown fact, or two together, were yes.

    A row is left out when fewer of its missing facts already give as much through a row above it. The highest
    outcome comes first, after those that lack but one fact.
    """
    found: list[tuple[int, Decision]] = []
    table, state = pack.compiled, facts.state
    for position, ruled_out in enumerate(table.near):
        if state & ruled_out:
            continue
        _, is_open, is_floor, plain, as_floor = table.rows[position]
        outcome = as_floor if decision.floor_only else plain
        missing = pack.rows[position].conditions.yes & ~facts.yes
        if is_floor or is_open or not missing or not _more(outcome.rank, decision.rank):
            continue
        missing = _least(pack.facts, missing)
        if missing.bit_count() > MOST_MISSING:
            continue
        for have, better in found:
            if have & missing == have and not _more(outcome.rank, better.rank):
                break
        else:
            found.append((missing, outcome))
    one = [miss for miss in found if miss[0].bit_count() == 1]
    two = [miss for miss in found if miss[0].bit_count() > 1]
    return tuple(_told(pack, *miss) for miss in [*one, *two[: max(0, MOST_TOLD - len(one))]])


def _more(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] > other[0] or one[1] > other[1]


def _least(book: FactBook, missing: int) -> int:
    """Leave out what follows from another missing fact: to learn that one is enough."""
    for i in positions(missing):
        missing &= ~book.up[i] | 1 << i
    return missing


def _told(pack: Pack, missing: int, outcome: Decision) -> NearMiss:
    words = " and ".join(pack.facts.facts[i].words for i in positions(missing))
    return NearMiss.unchecked(
        row=outcome.row,
        grade=outcome.grade,
        attendance=outcome.attendance,
        missing=pack.facts.names(missing),
        text=f"{pack.grades.grade(outcome.grade).name}, {outcome.attendance}, if {words}",
    )
