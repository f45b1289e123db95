"""The form a reviewer fills in: a row a call, a column a question, and what may stand there."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from everycall.counted import counted
from everycall.errors import Problems, not_allowed
from everycall.intake.files import look_at, read_whole

PUT = ("answered", "refused_or_unknown", "not_asked", "not_applicable")
JUDGED = ("yes", "no", "cannot_say")
QUESTIONS: dict[str, tuple[str, ...]] = {
    "happened_before": PUT,
    "personal_circumstances": PUT,
    "repeat_victim": JUDGED,
    "vulnerable": JUDGED,
    "grade_right": JUDGED,
}
"""What a reviewer answers of a call. Of a question to the caller: was it put; of the rest: is it so."""

COLUMNS = ("ref", "reviewer", *QUESTIONS)


@dataclass(frozen=True, slots=True)
class Review:
    """What one reviewer says of one call."""

    ref: str
    reviewer: str
    said: dict[str, str]


def draw(lines: Sequence[dict[str, Any]], many: int, seed: str) -> list[dict[str, Any]]:
    """Return a random sample of calls, in order of time; the same seed draws the same, however the calls are ordered.

    Each call has a number made from the seed and its reference, and the lowest are drawn: a larger sample by the
    same seed holds the smaller one.
    """
    ordered = sorted(lines, key=lambda line: sha256(f"{seed}\n{line['ref']}".encode()).hexdigest())
    return sorted(ordered[:many], key=lambda line: (line["received_at"], line["ref"]))


def write_form(out: Path, drawn: Sequence[dict[str, Any]]) -> None:
    """Write the form to be filled in: references alone, so that a reviewer is not told what was found before."""
    with out.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([line["ref"], *[""] * (len(COLUMNS) - 1)] for line in drawn)


def read_reviews(path: Path) -> list[Review]:
    """Read a form that was filled in; a row in which nothing was filled in is left out.

    Raises
    ------
    InputError
        With every cell that is wrong, by row and column.
    """
    problems = Problems()
    rows = list(csv.reader(read_whole(look_at(path, ("CSV",))).splitlines()))
    if not rows or tuple(rows[0]) != COLUMNS:
        problems.add(f"{path.name}:1", f"must have the columns {', '.join(COLUMNS)}")
        rows = []
    found: dict[tuple[str, str], Review] = {}
    for number, row in enumerate(rows[1:], 2):
        where = f"{path.name}:{number}"
        if not any(cell.strip() for cell in row[1:]):
            continue
        if len(row) != len(COLUMNS):
            problems.add(where, f"has {counted(len(row), 'cell')} where the form has {len(COLUMNS)}")
            continue
        ref, reviewer, *answers = (cell.strip() for cell in row)
        for name, cell in (("ref", ref), ("reviewer", reviewer)):
            if not cell:
                problems.add(f"{where} {name}", "is needed")
        for (question, allowed), answer in zip(QUESTIONS.items(), answers, strict=True):
            if answer not in allowed:
                problems.add(f"{where} {question}", not_allowed(answer, allowed))
        if (ref, reviewer) in found:
            problems.add(where, "is a second review of the same call by the same reviewer")
        found[ref, reviewer] = Review(ref, reviewer, dict(zip(QUESTIONS, answers, strict=True)))
    problems.raise_if_any("the reviews cannot be used")
    return list(found.values())
