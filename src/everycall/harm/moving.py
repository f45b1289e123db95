"""Which unanswered question could still move the band of harm, by itself or together with others."""

from __future__ import annotations

from collections.abc import Mapping

from everycall.harm.points import Part
from everycall.harm.weigh import NOT_ANSWERED, Basis


def could_move(basis: Basis, answers: Mapping[str, str], question: str) -> bool:
    """Return whether some answer to ``question`` could change the band, whatever else is answered meanwhile.

    Exact: with the other unanswered questions anything between their least and their most, is there a sum to
    which this answer's points make the difference? "Anything" are the answers of the matrix, so that a single
    point which no sum of the others can be one short of asks for nothing. What was answered moves nothing.

    Notes
    -----
    Points add up over the parts, within a part the largest counts (`everycall.harm.weigh`). The sums that the
    other parts can reach are the bits of one integer.
    """
    if not _unanswered(question, answers):
        return False
    matrix = basis.matrix
    rank = basis.rank
    for override in matrix.overrides:
        if any(answers.get(name) == "yes" for name in override.answers):
            rank = max(rank, override.rank)
    if any(question in one.answers and one.rank > rank for one in matrix.overrides):
        return True
    sums = 1 << basis.incidents
    if basis.incidents_12m is None:
        sums = 1
        for points in {points for _, points in matrix.incidents}:
            sums |= 1 << points
    steps: list[tuple[int, int]] = []
    for part, (floor, _) in zip(matrix.parts, basis.floors, strict=True):
        asked = next((one for one in part.questions if one.name == question), None)
        if asked is None:
            sums = _added(sums, _values(part, floor, answers, ""))
            continue
        for without in _values(part, floor, answers, question):
            steps += [(without, points) for points in asked.points.values() if points > without]
    bands = [begins for begins in (matrix.medium, matrix.high) if matrix.rank(begins) > rank]
    return any(
        sums >> max(0, begins - more) & (1 << (min(begins, more) - less)) - 1
        for begins in bands
        for less, more in steps
        if less < begins
    )


def _unanswered(question: str, answers: Mapping[str, str]) -> bool:
    return answers.get(question, "unknown") in NOT_ANSWERED


def _values(part: Part, floor: int, answers: Mapping[str, str], leaving_out: str) -> set[int]:
    """Return the points that a part can come to, one of its questions left out."""
    least = floor
    open_points: set[int] = set()
    for question in part.questions:
        if question.name == leaving_out:
            continue
        if _unanswered(question.name, answers):
            open_points.update(question.points.values())
        else:
            least = max(least, question.points.get(answers[question.name], 0))
    return {least, *(points for points in open_points if points > least)}


def _added(sums: int, values: set[int]) -> int:
    found = 0
    for points in values:
        found |= sums << points
    return found
