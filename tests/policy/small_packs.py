"""Small packs for tests: the default pack's files with another grade table."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from everycall.policy import default_directory

OUTCOMES = {
    "E": "emergency,now",
    "P": "priority,now",
    "V": "scheduled,visit",
    "C": "scheduled,contact",
    "M": "scheduled,message",
    "R": "resolution_without_deployment,none",
}


def write_pack(directory: Path, rows: Sequence[tuple[Mapping[str, str], str]], facts: Sequence[str]) -> Path:
    """Write a pack whose grade table has these rows: cells by fact, and a letter of OUTCOMES, `open` or `floor`."""
    shutil.copytree(default_directory(), directory)
    lines = [",".join(["rule", *facts, "open", "floor_only", "grade", "attendance", "why"])]
    for number, (cells, outcome) in enumerate(rows):
        tail = {"open": "yes,,scheduled,contact", "floor": ",yes,,"}.get(
            outcome, f",,{OUTCOMES.get(outcome, '')}"
        )
        lines.append(",".join([str(number), *(cells.get(fact, "") for fact in facts), tail, "because"]))
    (directory / "grades.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (directory / "actions.csv").write_text(
        "code,rule,grade,attendance,due_hours,owner,text\nnote,,,,,handler,Write it down\n", "utf-8"
    )
    (directory / "resources.csv").write_text(
        "resource,rule,grade,attendance,why\nresponse,,,now,Now\n", "utf-8"
    )
    (directory / "cases.toml").unlink()
    return directory
