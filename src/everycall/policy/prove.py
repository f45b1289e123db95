"""Proofs about a grade table: rows that never apply, facts no row covers, more risk that gives less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from everycall.policy.cells import ANY, NO, UNKNOWN, YES
from everycall.policy.conditions import Conditions
from everycall.policy.decide import Compiled, Decision
from everycall.policy.factbook import FactBook, positions
from everycall.policy.rows import GradeRow, Outcome
from everycall.policy.search import Literal, Question

Example = dict[str, int]
"""Each fact with its value: NO, UNKNOWN or YES."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """A counterexample: with these facts, turning ``risk`` to yes lowers the outcome."""

    example: Example
    risk: str
    before: Decision
    after: Decision


@dataclass(frozen=True, slots=True)
class Table:
    """What the proofs look at: the rows, what they decide, and the facts they test."""

    facts: FactBook
    rows: tuple[GradeRow, ...]
    compiled: Compiled

    def decision(self, held: int, floor: bool) -> Decision:
        """Return what row ``held`` decides, as a floor or by itself."""
        _, _, _, plain, as_floor = self.compiled.rows[held]
        return as_floor if floor else plain

    def giving(self) -> list[int]:
        """Return the positions of the rows that give a grade."""
        return [i for i, row in enumerate(self.rows) if not row.floor_only]

    def floors(self) -> list[int]:
        """Return the positions of the rows that make the outcome a floor."""
        return [i for i, row in enumerate(self.rows) if row.floor_only]


def _met(conditions: Conditions, raised: int, open_too: bool = False) -> list[Literal] | None:
    """Return the literals of a row's cells, the facts in ``raised`` being yes; None when that breaks a cell.

    With ``open_too`` the literals of "holds, or still could".
    """
    literals = []
    for i in positions(conditions.tested()):
        values = conditions.allowed(i) | (UNKNOWN if open_too else 0)
        if raised >> i & 1:
            if not values & YES:
                return None
        else:
            literals.append((i, values))
    return literals


def _require(question: Question, literals: list[Literal] | None) -> bool:
    if literals is None:
        return False
    question.require(literals)
    return True


def _require_not(question: Question, literals: list[Literal] | None) -> None:
    if literals is not None:
        question.require_any((i, ~values & ANY) for i, values in literals)


def _require_one(question: Question, choices: list[list[Literal]]) -> None:
    """At least one of these lists must be met whole."""
    helpers = []
    for literals in choices:
        helper = question.helper()
        helpers.append((helper, YES))
        for literal in literals:
            question.require_any(((helper, NO), literal))
    question.require_any(helpers)


def require_decided(
    table: Table, question: Question, held: int | None, floor: bool | None, raised: int = 0
) -> bool:
    """Add to ``question`` that row ``held`` is the first that holds (None: that none does).

    Parameters
    ----------
    floor
        Whether the outcome is a floor; None for either.
    raised
        Bits of facts that are taken as yes, whatever they are in the question.

    Returns
    -------
    bool
        False when that cannot be, whatever the facts.
    """
    for i in table.giving():
        if held is not None and i > held:
            break
        row = table.rows[i]
        met = _met(row.conditions, raised)
        above = [table.rows[j].conditions for j in table.giving() if j < i]
        possible = [p for c in above if (p := _met(c, raised, open_too=True)) is not None]
        if i == held:
            if not _require(question, met):
                return False
            if row.open:
                _require_one(question, possible)
        elif not row.open:
            _require_not(question, met)
        elif met is not None:
            # Not held: a cell of its own is not met, or nothing above it is possible any more.
            helper = question.helper()
            question.require_any([(helper, YES), *((k, ~values & ANY) for k, values in met)])
            for cells in possible:
                question.require_any([(helper, NO), *((k, ~values & ANY) for k, values in cells)])
    floors = [_met(table.rows[i].conditions, raised) for i in table.floors() if held is None or i < held]
    if floor:
        _require_one(question, [literals for literals in floors if literals is not None])
    elif floor is False:
        for literals in floors:
            _require_not(question, literals)
    return True


def never_applying(table: Table) -> list[GradeRow]:
    """Return the rows for which no combination of facts exists at which they are the first that holds."""
    dead = []
    for i, row in enumerate(table.rows):
        question = Question(table.facts)
        if row.floor_only:
            possible = _require(question, _met(row.conditions, 0))
        else:
            possible = require_decided(table, question, i, None)
        if not possible or question.answer() is None:
            dead.append(row)
    return dead


def uncovered(table: Table) -> Example | None:
    """Return facts at which no row holds, or None, which proves that every combination is covered."""
    question = Question(table.facts)
    require_decided(table, question, None, None)
    return question.answer()


def in_words(book: FactBook, example: Example) -> str:
    """Return an example for people: what is yes, what is no, and that the rest is unknown."""
    words = [
        f"{name} {value}"
        for bit, value in ((YES, "yes"), (NO, "no"))
        for name in book.index
        if example[name] == bit
    ]
    return f"with {', '.join(words)} and the rest unknown" if words else "with everything unknown"


def can_be_owed(table: Table, outcome: Outcome, conditions: Conditions) -> bool:
    """Return whether any combination of facts meets ``conditions`` and is decided as ``outcome`` asks."""
    for i in table.giving():
        for floor in (False, True):
            decision = table.decision(i, floor)
            if outcome.fits(decision.rule, decision.grade, decision.attendance):
                question = Question(table.facts)
                if (
                    require_decided(table, question, i, floor)
                    and _require(question, _met(conditions, 0))
                    and question.answer() is not None
                ):
                    return True
    return False


def lowered(table: Table) -> Iterator[Lowered]:
    """Yield a counterexample for every risk and pair of rows where more risk gives less; none is a proof.

    For each risk fact, taken from no or unknown to yes together with all it implies, and each two rows (each
    by itself or as a floor) of which the second gives a lower grade or less attendance, it is asked whether
    facts exist at which the first is decided before and the second after. Every such question is answered
    exactly, so where nothing is yielded, nothing exists. The rule: contract, "The default pack's grades",
    "turning any fact from unknown or no to yes never lowers grade or attendance".
    """
    tested = 0
    for row in table.rows:
        tested |= row.conditions.tested()
    floors = (False, True) if table.floors() else (False,)
    for i in table.giving():
        for floor in floors:
            before = table.decision(i, floor)
            base = Question(table.facts)
            if not require_decided(table, base, i, floor) or base.answer() is None:
                continue
            for f, fact in enumerate(table.facts.facts):
                if fact.kind != "risk" or not table.facts.up[f] & tested:
                    continue
                yield from _after(table, base, before, f)


def _after(table: Table, base: Question, before: Decision, risk: int) -> Iterator[Lowered]:
    raised = table.facts.up[risk]
    start = base.copy()
    start.require([(risk, NO | UNKNOWN)])
    if start.answer() is None:
        return
    still = _met(table.rows[before.held].conditions, raised) is not None and not table.rows[before.held].open
    for j in table.giving():
        if still and j > before.held:
            return  # the first row still holds, so nothing below it can be the first that does
        for floor in (False, True):
            after = table.decision(j, floor)
            if after.rank[0] >= before.rank[0] and after.rank[1] >= before.rank[1]:
                continue
            question = start.copy()
            if not require_decided(table, question, j, floor, raised):
                continue
            example = question.answer()
            if example is not None:
                yield Lowered(example, table.facts.facts[risk].name, before, after)
