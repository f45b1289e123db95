"""The first row that holds: from the facts of a call to a grade and an attendance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from everycall.errors import PackError
from everycall.policy.conditions import state_of
from everycall.policy.facts import Facts
from everycall.policy.grades import Grades
from everycall.policy.rows import GradeRow


@dataclass(frozen=True, slots=True)
class Decision:
    """What the table says.

    Parameters
    ----------
    grade, attendance
        The codes of ``grades.toml``.
    row
        ``grades.csv:LINE``.
    rule
        The rule's number.
    floor_only
        The call is not ASB: what is recommended is a floor, never less.
    raised
        The row that held (``held``) gave less than a floor may be, so the open row's outcome stands instead.
    held
        The position of the row that held.
    rank
        How high the grade and the attendance stand, 0 the lowest.
    """

    grade: str
    attendance: str
    row: str
    rule: str
    floor_only: bool
    raised: bool
    held: int
    rank: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The table made ready, so that a row costs one ``and``.

    The state of all facts is one integer (`everycall.policy.conditions.state_of`).

    Parameters
    ----------
    width
        How many facts there are.
    rows
        For each row: the states it does not hold at, whether it is open, whether it is floor_only, its
        decision, and its decision as a floor.
    ruled_out
        For each row: the states at which it cannot hold, whatever becomes known of the unknown facts.
    above_open
        The same of the rows above the open one that give a grade.
    near
        For each row: the states at which it would not hold even if all were yes that it wants to be yes.
    """

    width: int
    rows: tuple[tuple[int, bool, bool, Decision, Decision], ...]
    ruled_out: tuple[int, ...]
    above_open: tuple[int, ...]
    near: tuple[int, ...]


class HasTable(Protocol):
    """Anything with a compiled table: a pack."""

    @property
    def compiled(self) -> Compiled:
        """The table made ready."""


def compile_rows(rows: Sequence[GradeRow], grades: Grades, width: int) -> Compiled:
    """Work out once, for ``width`` facts, where each row holds and what it decides."""

    def plain(held: int, row: GradeRow) -> Decision:
        if row.floor_only:
            return Decision("", "", row.where, row.rule, True, False, held, (-1, -1))
        rank = (grades.rank(row.grade), grades.attendance_rank(row.attendance))
        return Decision(row.grade, row.attendance, row.where, row.rule, False, False, held, rank)

    decisions = [plain(held, row) for held, row in enumerate(rows)]
    opens = next(i for i, row in enumerate(rows) if row.open)
    ready = []
    for row, decision in zip(rows, decisions, strict=True):
        not_at = row.conditions.not_at(width)
        ready.append((not_at, row.open, row.floor_only, decision, _as_floor(decision, decisions[opens])))
    cells = [row.conditions for row in rows]
    ruled_out = tuple(state_of(c.yes | c.not_no, 0, c.no | c.not_yes, width) for c in cells)
    above = tuple(out for row, out in zip(rows[:opens], ruled_out, strict=False) if not row.floor_only)
    near = tuple(state_of(c.yes | c.not_no, c.no, c.no | c.not_yes, width) for c in cells)
    return Compiled(width, tuple(ready), ruled_out, above, near)


def _as_floor(decision: Decision, least: Decision) -> Decision:
    higher_grade = decision if decision.rank[0] >= least.rank[0] else least
    more_attendance = decision if decision.rank[1] >= least.rank[1] else least
    if higher_grade is decision and more_attendance is decision:
        return replace(decision, floor_only=True)
    return replace(
        least,
        grade=higher_grade.grade,
        attendance=more_attendance.attendance,
        floor_only=True,
        raised=True,
        held=decision.held,
        rank=(higher_grade.rank[0], more_attendance.rank[1]),
    )


def decide(pack: HasTable, facts: Facts) -> Decision:
    """Return what the first row that holds says (contract, "The default pack's grades").

    A row with ``floor_only`` gives no grade and goes on: what follows is then never less than the open row's
    outcome. The open row holds where a row above it could still hold: all its cells are met or their facts
    unknown.

    Raises
    ------
    PackError
        When no row holds, which loading a pack rules out.
    """
    table = pack.compiled
    state = facts.state
    floor = False
    for not_at, is_open, is_floor, plain, as_floor in table.rows:
        if state & not_at:
            continue
        if is_floor:
            floor = True
        elif not is_open or _could_still(table.above_open, state):
            return as_floor if floor else plain
    raise PackError("no row of grades.csv holds for these facts")


def _could_still(above_open: tuple[int, ...], state: int) -> bool:
    # A row above that gives a grade has not held; where nothing rules it out, one of its facts is unknown.
    return any(not state & ruled_out for ruled_out in above_open)
