"""Whether a change lowers what stands, and in what ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from everycall.errors import InputError, Problem, not_allowed
from everycall.policy.grades import Grades
from everycall.policy.pack import Pack


@dataclass(frozen=True, slots=True)
class Standing:
    """How a call stands: as recommended, or as somebody wants to change it.

    Parameters
    ----------
    respond_by
        Aware; None is no time at all, the latest there is.
    closed_as, category
        As in a call.
    """

    grade: str
    attendance: str
    respond_by: datetime | None = None
    closed_as: str | None = None
    category: str | None = None


def lowering(pack: Pack, stands: Standing, wanted: Standing) -> tuple[str, ...]:
    """Return in what ways ``wanted`` is less than what ``stands``, by the codes of ``lowering.counts``.

    Contract, "The default pack's grades": a lower grade, a later time, less attendance, closing as duplicate,
    referral or unresourced, and a category out of ASB or crime. An empty tuple is no lowering.

    Raises
    ------
    InputError
        When a grade or an attendance is none of the pack's.
    """
    for which in (stands, wanted):
        _known("grade", which.grade, [grade.code for grade in pack.grades.grades])
        _known("attendance", which.attendance, pack.grades.attendance)
    return tuple(way for way in pack.grades.lowering.counts if _WAYS[way](pack.grades, stands, wanted))


def _known(key: str, found: str, allowed: list[str] | tuple[str, ...]) -> None:
    if found not in allowed:
        raise InputError("the decision cannot be used", [Problem(key, not_allowed(found, allowed))])


def _later(_: Grades, stands: Standing, wanted: Standing) -> bool:
    if stands.respond_by is None:
        return False
    return wanted.respond_by is None or wanted.respond_by > stands.respond_by


def _closed(grades: Grades, stands: Standing, wanted: Standing) -> bool:
    return wanted.closed_as != stands.closed_as and wanted.closed_as in grades.lowering.closed_as


def _category(grades: Grades, stands: Standing, wanted: Standing) -> bool:
    # A call without a category counts as ASB (contract, row 0), so leaving none for another is a way out too.
    inside = (*grades.lowering.categories_in, None)
    return stands.category in inside and wanted.category not in inside


_WAYS: Final[Mapping[str, Callable[[Grades, Standing, Standing], bool]]] = {
    "lower_grade": lambda grades, a, b: grades.rank(b.grade) < grades.rank(a.grade),
    "later_time": _later,
    "less_attendance": lambda g, a, b: g.attendance_rank(b.attendance) < g.attendance_rank(a.attendance),
    "closed_as": _closed,
    "category_out": _category,
}
