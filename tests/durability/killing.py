"""Runs acts of Everycall in processes of their own, kills them at chosen moments, and knows what they acknowledged."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from forker import STATEMENTS


@dataclass(frozen=True)
class Moment:
    """When to kill: after so many seconds, or just before a statement."""

    seconds: float | None = None
    statement: int | None = None


@dataclass(frozen=True)
class Ended:
    """How an act ended: its exit code (-9: killed), what it had acknowledged, and how long it took (s)."""

    code: int
    acknowledged: tuple[str, ...]
    seconds: float
    statements: int
    errors: str


@dataclass(frozen=True)
class Started:
    """An act under way: its process, where its output goes, and when it began."""

    process: int
    out: Path
    at: float


class Forker:
    """The program that forks acts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._many = 0
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("forker.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def _ask(self, asked: dict[str, object]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def start(self, *act: str, kill_at: int | None = None, most_bytes: int = 0) -> Started:
        """Start an act."""
        self._many += 1
        out = self._folder / f"out-{self._many}"
        for made in (out, Path(f"{out}.err")):
            made.touch()  # here: an act killed at once makes neither
        asked = {"act": act, "out": str(out), "kill_at": kill_at, "most_bytes": most_bytes}
        return Started(self._ask(asked), out, time.perf_counter())

    def end(self, started: Started) -> Ended:
        """Wait for an act's end."""
        code = self._ask({"wait": started.process})
        taken = time.perf_counter() - started.at
        lines = started.out.read_text("utf-8").splitlines(keepends=True)
        # a line cut off in the middle was not acknowledged
        whole = [line.rstrip("\n") for line in lines if line.endswith("\n")]
        told = [int(line.split()[1]) for line in whole if line.startswith(STATEMENTS)]
        acknowledged = tuple(line for line in whole if not line.startswith(STATEMENTS))
        errors = Path(f"{started.out}.err").read_text("utf-8")
        return Ended(code, acknowledged, taken, told[0] if told else 0, errors)

    def run(self, *act: str, kill: Moment | None = None, count: bool = False, most_bytes: int = 0) -> Ended:
        """Run an act to its end, or to the moment at which it is killed."""
        started = self.start(
            *act, kill_at=kill.statement if kill else 0 if count else None, most_bytes=most_bytes
        )
        if kill is not None and kill.seconds is not None:
            time.sleep(kill.seconds)
            os.kill(started.process, signal.SIGKILL)  # not yet waited for, so the id is still its own
        return self.end(started)

    def close(self) -> None:
        """End the program."""
        self._process.communicate()


@contextmanager
def forker(folder: Path) -> Iterator[Forker]:
    """Yield a program that forks acts."""
    one = Forker(folder)
    try:
        yield one
    finally:
        one.close()
