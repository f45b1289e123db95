"""The acceptance scenarios kept beside the repository: each on both databases, a few through the real command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import scenario_runner
import shared_data
from everycall.force import Force

FILE = "scenarios/scenarios.json"
THROUGH_THE_COMMAND = ("P02-nth-call", "P05-us-in-particular")
_HERE = shared_data.folder().parent / FILE
IDS = [one["id"] for one in json.loads(_HERE.read_text("utf-8"))] if _HERE.exists() else ["not there"]


def scenario(name: str) -> dict[str, Any]:
    found = json.loads(shared_data.beside(FILE).read_text("utf-8"))
    return next(one for one in found if one["id"] == name)


@pytest.mark.parametrize("name", IDS)
def test_every_condition_holds(name: str, force: Force) -> None:
    told = scenario(name)
    assessed = scenario_runner.assess(force, told)
    assert scenario_runner.broken(told["expect"], assessed) == []


@pytest.mark.parametrize("name", THROUGH_THE_COMMAND)
def test_every_condition_holds_through_the_command(name: str) -> None:
    runner = shared_data.beside("tools/run_scenarios.py")
    command = Path(sys.executable).with_name("everycall")
    ran = subprocess.run(
        [
            sys.executable,
            str(runner),
            "--everycall",
            str(command),
            "--only",
            name,
            str(shared_data.beside(FILE)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, "1 passed, 0 failed" in ran.stdout) == (0, True), ran.stdout
