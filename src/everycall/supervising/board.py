"""The board: open calls by grade and time left, and what about each needs somebody now.

It tells references, times and codes: no names, numbers, addresses or words. Who opens a call is logged; who sees the
board is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from everycall import standing
from everycall.access import conflicts
from everycall.access.roles import Sees, sees
from everycall.access.viewer import Viewer
from everycall.call import read_call
from everycall.force import Force
from everycall.policy.lowering import Standing
from everycall.policy.pack import Pack
from everycall.store import open_calls
from everycall.store.open_calls import MOST_OPEN, Decision, Made, OpenCall

LATE, HIGH_HARM, MORE_SINCE, WAITS, UNASSESSED, COULD_NOT_LOOK = (
    "late", "high_harm", "more_since", "waits", "not_assessed", "could_not_look",
)  # fmt: skip
"""Why a call needs somebody: the time is past and nobody has decided since; high harm without a decision; more is
recommended than when it was decided; a decision waits for approval; it was never assessed; a part could not look."""


@dataclass(frozen=True, slots=True)
class Row:
    """One open call.

    Parameters
    ----------
    grade
        A code of the pack, and its name; None where the call was never assessed.
    left
        How long until somebody should have come; negative: by how much it is late. None: no time is set, or somebody
        is there.
    facts
        The pack's names of facts found: those for which a supervisor is asked before anything is lowered, high harm,
        and a local priority. None: it was never assessed, or is not told.
    needs
        Why it needs somebody now, in codes.
    decided
        ``accepted``, ``otherwise`` or ``waits``; None: nobody decided.
    in_conflict
        Whether who looks is a party or a neighbour: then only grade and time are told.
    """

    ref: str
    received_at: datetime
    grade: str | None
    grade_name: str
    attendance: str | None
    respond_by: datetime | None
    left: timedelta | None
    attended: bool
    handler: str | None
    district: str | None
    category: str | None
    behaviours: tuple[str, ...]
    facts: tuple[str, ...] | None
    needs: tuple[str, ...]
    decided: str | None
    reason: str | None
    in_conflict: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All open calls that may be seen, the highest grade and the least time left first.

    Parameters
    ----------
    not_shown
        How many more are open than are read at once.
    """

    rows: tuple[Row, ...]
    not_shown: int

    def with_need(self, need: str) -> tuple[Row, ...]:
        """Return the calls that need somebody for this reason."""
        return tuple(row for row in self.rows if need in row.needs)

    @property
    def needing(self) -> tuple[Row, ...]:
        """The calls that need somebody for any reason."""
        return tuple(row for row in self.rows if row.needs)


def board(viewer: Viewer, force: Force, now: datetime) -> Board:
    """Return the board as a viewer may see it at a moment (aware)."""
    connection = force.store.connection
    found = open_calls.open_calls(connection, now)
    seen = [(one, what) for one in found if (what := sees(viewer, one.payload, now)) is not None]
    refs = [one.ref for one, _ in seen]
    made = open_calls.last_assessments(connection, refs)
    decided = open_calls.last_decisions(connection, refs)
    touched = _in_conflict(viewer, force, [one for one, _ in seen])
    rows = [
        _row(one, what, made.get(one.ref), decided.get(one.ref), one.ref in touched, force, now)
        for one, what in seen
    ]
    more = open_calls.how_many_open(connection) - MOST_OPEN if len(found) == MOST_OPEN else 0
    return Board(tuple(sorted(rows, key=lambda row: _order(row, force))), max(more, 0))


def _order(row: Row, force: Force) -> tuple[Any, ...]:
    # what nobody has assessed may be anything, and stands first
    rank = force.policy.pack.grades.rank(row.grade) if row.grade else len(force.policy.pack.grades.grades)
    left = timedelta.max if row.left is None else row.left
    return (-rank, left, row.received_at, row.ref)


def _in_conflict(viewer: Viewer, force: Force, found: Sequence[OpenCall]) -> set[str]:
    connection = force.store.connection
    if not conflicts.any_of(connection, viewer):
        return set()
    return {
        one.ref for one in found if conflicts.in_conflict(connection, viewer, read_call(one.payload).call)
    }


def _row(
    one: OpenCall,
    what: Sees,
    made: Made | None,
    decision: Decision | None,
    in_conflict: bool,
    force: Force,
    now: datetime,
) -> Row:
    pack, call = force.policy.pack, one.payload
    recommendation = made.part("recommendation") if made else None
    recommended = standing.recommended({"recommendation": recommendation}, call) if recommendation else None
    stands = standing.stands(pack, recommended, _body(decision)) if recommended else None
    attended = bool(call.get("attended_at"))
    left = stands.respond_by - now if stands and stands.respond_by and not attended else None
    told = what.all_classes and not in_conflict
    yes = made.yes_facts if made else frozenset[str]()
    needs = _needs(pack, recommended, stands, left, yes if told else frozenset(), decision)
    return Row(
        ref=one.ref,
        received_at=datetime.fromisoformat(call["received_at"]),
        grade=stands.grade if stands else None,
        grade_name=pack.grades.grade(stands.grade).name if stands else "",
        attendance=stands.attendance if stands else None,
        respond_by=stands.respond_by if stands else None,
        left=left,
        attended=attended,
        handler=None if in_conflict else call.get("handler"),
        district=None if in_conflict else call.get("district"),
        category=None if in_conflict else call.get("category"),
        behaviours=() if in_conflict else tuple(call.get("behaviours", ())),
        facts=_facts(force, yes) if told and recommended else None,
        needs=needs,
        decided=_decided(decision),
        reason=decision.reason if decision and not in_conflict else None,
        in_conflict=in_conflict,
    )


def _body(decision: Decision | None) -> Mapping[str, Any] | None:
    return decision.body if decision else None


def _decided(decision: Decision | None) -> str | None:
    if decision is None or decision.body is None:
        return None
    if decision.body["awaits_supervisor"]:
        return "waits"
    return "accepted" if decision.accepted else "otherwise"


def _facts(force: Force, yes: frozenset[str]) -> tuple[str, ...]:
    pack = force.policy.pack
    shown = {*pack.grades.lowering.supervisor_where, "harm_high", "local_priority"}
    return tuple(fact.name for fact in pack.facts.facts if fact.name in shown & yes)


def _needs(
    pack: Pack,
    recommended: Standing | None,
    stands: Standing | None,
    left: timedelta | None,
    yes: frozenset[str],
    decision: Decision | None,
) -> tuple[str, ...]:
    if recommended is None or stands is None:
        return (UNASSESSED,)
    decided = _body(decision)
    since = decision.decided_at if decision else None
    late = left is not None and left < timedelta(0)
    found = {
        LATE: late and (since is None or (stands.respond_by is not None and since < stands.respond_by)),
        HIGH_HARM: "harm_high" in yes and decided is None,
        MORE_SINCE: decided is not None
        and standing.is_more(pack, recommended, standing.read_told(decided["recommended"])),
        WAITS: bool(decided and decided["awaits_supervisor"]),
        COULD_NOT_LOOK: "could_not_look" in yes and decided is None,
    }
    return tuple(need for need, holds in found.items() if holds)
