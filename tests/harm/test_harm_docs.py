"""The docs page of harm names every part, override and point of the shipped matrix."""

from __future__ import annotations

from pathlib import Path

from everycall.harm.matrix import default_path, load

PAGE = (Path(__file__).parents[2] / "docs" / "harm.md").read_text("utf-8")


def test_every_part_and_override_is_named() -> None:
    matrix = load(default_path())
    assert matrix is not None
    for part in matrix.parts:
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{part.code}`"))
        for question in part.questions:
            assert f"`{question.name}`" in row
            assert all(str(points) in row for points in question.points.values())
        assert all(str(points) in row for points in [*part.findings.values(), *part.facts.values()])
    for override in matrix.overrides:
        assert f"`{override.code}`" in PAGE
    assert f"standard 0-{matrix.medium - 1}, medium {matrix.medium}-{matrix.high - 1}" in PAGE
