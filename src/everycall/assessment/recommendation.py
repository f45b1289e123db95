"""What should we do? Grade, time, duties and why; a named person decides."""

from __future__ import annotations

from everycall.assessment.part import Disagreement, Moment, Part, Reason


class Action(Part):
    """Something owed, by when and by whom."""

    code: str
    text: str
    due: Moment | None = None
    owner: str | None = None


class NearMiss(Part):
    """A row that nearly applied: ``text`` says what would have to be known."""

    row: str
    grade: str
    attendance: str
    missing: tuple[str, ...] = ()
    text: str


class Recommendation(Part):
    """What should we do? A recommendation: a named person decides."""

    grade: str
    grade_name: str
    attendance: str
    respond_by: Moment | None
    resources: tuple[str, ...] = ()
    floor_only: bool = False
    actions: tuple[Action, ...] = ()
    rationale: str = ""
    row: str
    reasons: tuple[Reason, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
