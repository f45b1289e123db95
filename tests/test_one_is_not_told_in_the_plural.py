"""A count and its word agree: "1 call", "2 calls"; no text of the code puts a bare number before a plural."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from everycall.counted import counted

SRC = Path(__file__).parent.parent / "src" / "everycall"
PLURALS = (
    "areas|calls|cells|columns|entries|flags|incidents|links|logs|mentions|pairs|payloads|persons|points|priorities|"
    "problems|rows|things|victims"
)
BARE = re.compile(r"\{[^{}\"]*(:,|len\(|many|rows|points)[^{}\"]*\} (" + PLURALS + r")\b")
LIMITS = re.compile(r"over \{|most \{|a second|of \{|than \{|\+\.1f|points either")
"""What is never one: a limit, a rate, a difference."""


def test_one_and_any_other_number() -> None:
    assert [counted(many, "call") for many in (0, 1, 2, 1204)] == [
        "0 calls",
        "1 call",
        "2 calls",
        "1,204 calls",
    ]
    assert counted(1, "priority", "priorities") == "1 priority"
    assert counted(0, "thing is", "things are") == "0 things are"


@pytest.mark.parametrize(
    "folder", ["brief", "cli", "intake", "inspection", "identity", "store", "sweep", "harm"]
)
def test_no_bare_number_stands_before_a_plural(folder: str) -> None:
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted((SRC / folder).rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if BARE.search(line) and not LIMITS.search(line)
    ]
    assert found == []
