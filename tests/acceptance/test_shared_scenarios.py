"""The acceptance scenarios kept beside the repository: each in this process on both databases, a few by command."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import shared_data
from command import EVERYCALL
from everycall.force import Force
from scenario_runner import assess, broken

FILE = "scenarios/scenarios.json"
TOOL = "tools/run_scenarios.py"
GRADES = ["emergency", "priority", "scheduled", "resolution_without_deployment"]
ALWAYS = [{"path": "call_ref", "is": "NEW-1"}, {"path": "recommendation.grade", "in": GRADES}]
BY_COMMAND = ("P02-nth-call", "P01-household", "P05-us-in-particular")


def _scenarios() -> list[Any]:
    """Return every scenario; one empty place where the file is missing, so that the test itself can say so."""
    file = shared_data.folder().parent / FILE
    if not file.exists():
        return [pytest.param(None, id="the file is missing")]
    return [pytest.param(one, id=one["id"]) for one in json.loads(file.read_text("utf-8"))]


@pytest.mark.shared_data
@pytest.mark.parametrize("scenario", _scenarios())
def test_a_shared_scenario_holds(scenario: dict[str, Any] | None, force: Force) -> None:
    if scenario is None:
        shared_data.beside(FILE)
        pytest.fail("the scenarios came while the tests were collected; run them again")
    assert broken([*ALWAYS, *scenario["expect"]], assess(force, scenario)) == []


@pytest.mark.shared_data
@pytest.mark.parametrize("scenario", BY_COMMAND)
def test_the_real_command_passes_a_shared_scenario(scenario: str, tmp_path: Path) -> None:
    tool, file = shared_data.beside(TOOL), shared_data.beside(FILE)
    command = [sys.executable, str(tool), "--everycall", shlex.join(EVERYCALL), "--only", scenario, str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=600, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    assert ran.stdout.endswith("1 passed, 0 failed\n")
