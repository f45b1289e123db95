"""Runs the command in this process (quick), or as a program of its own (as a control room does)."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import scenario_runner
from everycall import force
from everycall.cli.main import main
from everycall.force import Policy
from everycall.policy.load import default_directory
from everycall.store.store import Store

_LOAD = force.load_policy

EVERYCALL = [str(Path(sys.executable).with_name("everycall"))]
"""The console script of the environment these tests run in."""


@dataclass(frozen=True)
class Ran:
    """What one command did: its exit, its data and its words."""

    exit: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Return standard output as JSON, line by line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def only(self) -> dict[str, Any]:
        """Return the one line of standard output as JSON."""
        (line,) = self.lines
        found: dict[str, Any] = line
        return found


def run(*args: str | Path, stdin: str | bytes = b"") -> Ran:
    """Run the command in this process, as `main` is run by the console script.

    A fault of ours is raised here, not told: no test may take it for a refusal.
    """
    out, err = _Stream("strict"), _Stream("backslashreplace")
    data = stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setenv("EVERYCALL_DEBUG", "1")
        patch.setattr(force, "load_policy", _policy)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        try:
            main([str(arg) for arg in args])
        except SystemExit as ended:
            code = ended.code
        else:
            code = 0
    return Ran(code if isinstance(code, int) else 1, out.text(), err.text())


def _policy(directory: Path) -> Policy:
    """Read a pack, the one that comes with Everycall only once: `run_program` reads it each time."""
    return scenario_runner.policy() if directory == default_directory() else _LOAD(directory)


class _Stream(io.TextIOWrapper):
    """A stream that refuses what a real one refuses: a lone surrogate is no UTF-8."""

    def __init__(self, errors: str) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", errors=errors, newline="\n")

    def text(self) -> str:
        """Return what was written."""
        self.flush()
        written = self.buffer
        assert isinstance(written, io.BytesIO)
        return written.getvalue().decode("utf-8")


def run_program(
    *args: str | Path, stdin: bytes = b"", cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Ran:
    """Run the console script as a program of its own."""
    ran = subprocess.run(
        [*EVERYCALL, *map(str, args)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        timeout=600,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))


def patient(store: str, pack: Path) -> None:
    """Give a store a pack that lets each part take its time: on a busy machine one broken off is no fault.

    Parameters
    ----------
    pack
        Where the pack is made.
    """
    shutil.copytree(default_directory(), pack)
    repeat = pack / "repeat.toml"
    before = repeat.read_text("utf-8")
    repeat.write_text(re.sub(r"(?m)^budget_ms = \d+", "budget_ms = 60_000", before), "utf-8")
    assert repeat.read_text("utf-8") != before
    opened = Store(store)
    opened.set_policy(str(pack))
    opened.close()


def serving(store: str, workers: int) -> tuple[subprocess.Popen[str], int]:
    """Start `everycall serve` as a program of its own; return it with its port once it listens."""
    process = subprocess.Popen(
        [*EVERYCALL, "serve", "--store", store, "--port", "0", "--workers", str(workers)],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    return process, int(process.stderr.readline().rsplit(":", 1)[1])


def written(path: Path, *calls: Mapping[str, Any]) -> Path:
    """Write calls (or flags) as JSONL and return the path."""
    path.write_text("".join(json.dumps(call) + "\n" for call in calls), "utf-8")
    return path
