"""The docs page of harm explains each part, point, source and override of the shipped matrix, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from everycall.harm.matrix import default_path, load
from everycall.harm.points import BANDS, INCIDENTS, Part

PAGE = (Path(__file__).parents[2] / "docs" / "harm.md").read_text("utf-8")
ROWS = {
    cells[0].strip("`"): cells
    for line in PAGE.splitlines()
    if line.startswith("| `")
    for cells in [[cell.strip() for cell in line.strip("|").split(" | ")]]
}
MATRIX = load(default_path())
assert MATRIX is not None


def span(points: list[int]) -> str:
    given = [one for one in points if one]
    return str(min(given)) if min(given) == max(given) else f"{min(given)} to {max(given)}"


def test_the_page_has_the_parts_of_the_matrix_and_no_other() -> None:
    assert list(ROWS) == [*(part.code for part in MATRIX.parts), INCIDENTS]


@pytest.mark.parametrize("part", MATRIX.parts, ids=lambda part: part.code)
def test_each_point_of_a_part_is_told_with_its_source(part: Part) -> None:
    _, asked, points, source = ROWS[part.code]
    told = [*part.findings.values(), *part.facts.values()]
    for question in part.questions:
        told += question.points.values()
        assert f"`{question.name}`" in asked
        for answer, given in question.points.items():
            assert f"{answer} {given}" in asked or (
                answer == "yes" and points in (str(given), "4 to 6", "1 to 5")
            )
    assert points == span(told)
    assert re.fullmatch(r"[1-9]\d?", source), "the row of domain.md D4"


def test_earlier_incidents_bands_and_overrides_are_told() -> None:
    _, asked, points, source = ROWS[INCIDENTS]
    assert all(f"{start} or more {given}" in asked for start, given in MATRIX.incidents)
    assert points == span([given for _, given in MATRIX.incidents])
    assert "contract" in source
    assert f"standard 0-{MATRIX.medium - 1}, medium {MATRIX.medium}-{MATRIX.high - 1}" in PAGE
    straight = PAGE[PAGE.index("## Straight to a band") : PAGE.index("## What is not known")]
    for override in MATRIX.overrides:
        assert f"`{override.code}`" in straight
        assert BANDS[override.rank] in straight
    assert set(re.findall(r"`(\w+)`", straight)) == {override.code for override in MATRIX.overrides}
