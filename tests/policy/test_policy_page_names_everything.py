"""docs/policy.md names every file, column, cell, fact, grade, attendance, rule, action and resource."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from everycall.policy import default_directory, load
from everycall.policy.cells import CELLS
from everycall.policy.load import FILES

PAGE = (Path(__file__).parents[2] / "docs" / "policy.md").read_text("utf-8")
PACK = load(default_directory())


def header(file: str) -> list[str]:
    lines = (PACK.directory / file).read_text("utf-8").splitlines()
    return next(line for line in lines if not line.startswith("#")).split(",")


NAMES = {
    *FILES,
    "cases.toml",
    *(cell for cell in CELLS if cell),
    *(column for file in ("grades.csv", "actions.csv", "resources.csv") for column in header(file)),
    *PACK.facts.index,
    *(grade.code for grade in PACK.grades.grades),
    *PACK.grades.attendance,
    *(row.code for row in PACK.actions),
    *(row.resource for row in PACK.resources),
    *PACK.grades.lowering.counts,
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_page_names(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_the_page_has_each_fact_with_its_words() -> None:
    for fact in PACK.facts.facts:
        assert re.search(rf"\| `{fact.name}` \|.*{re.escape(fact.words)}", PAGE), fact.name


def test_the_page_has_each_rule_in_order() -> None:
    told = re.findall(r"^\| (\d+) \| ", PAGE, re.MULTILINE)
    assert told == list(dict.fromkeys(row.rule for row in PACK.rows))
