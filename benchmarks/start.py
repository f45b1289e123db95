"""How long a whole command takes, from nothing to its end; beside it the same for an empty Python program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

REPEATS = 7


def _seconds(command: list[str], store: str) -> float:
    environment = {**os.environ, "EVERYCALL_STORE": store}
    started = perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return perf_counter() - started


def starts(store: str, call: dict[str, Any], folder: Path) -> dict[str, float]:
    """Return the medians (s) of several runs, taken in turns so that a busy moment disturbs all alike."""
    file = folder / "one-call.json"
    file.write_text(json.dumps(call), "utf-8")
    command = [sys.executable, "-c", "from everycall.cli.main import main; main()"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "everycall --help": [*command, "--help"],
        "everycall assess (one call)": [*command, "assess", str(file), "--dry-run"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(REPEATS):
        for name, one in commands.items():
            taken[name].append(_seconds(one, store))
    return {name: round(median(values), 3) for name, values in taken.items()}
