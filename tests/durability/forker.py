"""Starts real processes of Everycall quickly: all is loaded once, and each act runs in a process forked from here.

Run as a program it reads one JSON object a line: ``{"act": [...], "out": PATH, "kill_at": N}`` starts an act and is
answered with its process id, ``{"wait": ID}`` is answered with how it ended. An act's standard output goes to a file,
which is what was acknowledged: it stays when the process is killed.

``kill_at`` lets the process kill itself just before its N-th statement (SQLite: commits too; PostgreSQL: and commits).
``most_bytes``: no file may grow beyond this; the system refuses to write more, as on a full disk.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg
from django.db.backends.signals import connection_created

import build
import scenario_runner
from everycall import force as forces
from everycall.cli.main import main
from everycall.deciding import Choice, approve, decide
from everycall.identity.mention import mentions_of
from everycall.loading import calls as loading

STATEMENTS = "statements"
"""The last line an act with ``kill_at`` 0 writes: how many statements it ran."""


def act(what: list[str]) -> int:
    """Run one act and return its exit code; a command is run as its console script runs it."""
    if what[0] == "decide":
        return _decide(*what[1:])
    try:
        main(what)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


def _decide(refs: str, store: str) -> int:
    """Decide on each call of a file, then have it approved; print each once it is recorded."""
    force = build.force_at(store)
    for line in Path(refs).read_text("utf-8").split():
        what, ref = line.split(":")
        if what == "decide":
            choice = Choice(grade="scheduled", attendance="contact", reason="risk_lower", by="C7214")
            decided = decide(ref, choice, force, build.NOW)
            assert decided.awaits_supervisor
        else:
            approve(ref, "S0042", force, build.NOW)
        print(line, flush=True)
    force.store.close()
    return 0


class Counting:
    """Counts statements and kills this process just before one of them."""

    def __init__(self, kill_at: int) -> None:
        self.many = 0
        self._kill_at = kill_at

    def __call__(self, *_: object) -> None:
        self.many += 1
        if self.many == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Count what either driver is asked to do from now on."""

        def of_sqlite(connection: Any, **_: object) -> None:
            if isinstance(connection.connection, sqlite3.Connection):
                connection.connection.set_trace_callback(self)

        connection_created.connect(of_sqlite, weak=False)
        for kind, name in (
            (psycopg.Cursor, "execute"),
            (psycopg.Cursor, "executemany"),
            (psycopg.Connection, "commit"),
        ):
            setattr(kind, name, self._counted(getattr(kind, name)))

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **more: Any) -> Any:
            self()
            return real(*args, **more)

        return counted


def _child(asked: dict[str, Any]) -> NoReturn:
    out = os.open(asked["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    err = os.open(asked["out"] + ".err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    if asked["most_bytes"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["most_bytes"], asked["most_bytes"]))
    counting = Counting(asked["kill_at"] or 0)
    if asked["kill_at"] is not None:
        counting.watch()
    try:
        code = act(asked["act"])
    except BaseException:  # noqa: BLE001 - told, and the exit code says so
        traceback.print_exc()
        code = 70
    if asked["kill_at"] == 0:
        print(STATEMENTS, counting.many)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # tidying up all that was loaded would take longer than the act


def load_all() -> None:
    """Load what an act would load, so that no process has to; no store is opened."""
    for module in (
        "everycall.cli.assess",
        "everycall.cli.importing",
        "everycall.cli.words",
        "everycall.loading.calls",
        "everycall.taking",
        "django.db.backends.sqlite3.base",
        "django.db.backends.postgresql.base",
        "rich.progress",
    ):
        importlib.import_module(module)
    loading.WORTH_SORTING = 20  # so that a small import, too, writes its keys first
    call = build.call()
    scenario_runner.policy().read(call)
    list(mentions_of(call))


def serve() -> None:
    """Answer one line at a time until the input ends."""
    policy = scenario_runner.policy()
    forces.load_policy = lambda directory: policy
    load_all()
    gc.freeze()
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            answer = os.waitstatus_to_exitcode(os.waitpid(asked["wait"], 0)[1])
        else:
            answer = os.fork()
            if answer == 0:
                _child(asked)
        print(answer, flush=True)


if __name__ == "__main__":
    serve()
