"""The page on priorities: its example is one that can be read."""

from __future__ import annotations

import json
import re
from pathlib import Path

from everycall.priorities import priority_schema, read_priorities

PAGE = Path(__file__).resolve().parents[2] / "docs" / "priorities.md"


def test_the_example_is_read_without_a_problem() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (priority,) = read_priorities(json.loads(example), "docs/priorities.md")
    assert priority.status == "active"


def test_every_key_is_named() -> None:
    page = PAGE.read_text("utf-8")
    assert [key for key in priority_schema()["properties"] if key not in page] == []
