"""``everycall serve`` as a program of its own, with what it costs: processor time and memory, the database's apart."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from everycall.store.databases import is_postgresql
from everycall.store.reading import read
from everycall.store.store import Store


class Served:
    """A server that runs.

    Parameters
    ----------
    where
        Its store.
    pid, port
        Of its first process, and where it listens on 127.0.0.1.
    """

    def __init__(self, where: str, pid: int, port: int) -> None:
        self.where, self.pid, self.port = where, pid, port

    def cpu_seconds(self) -> float:
        """Return the processor time that the server's processes have taken so far."""
        return _ticks(_with_children(self.pid))

    def database_cpu_seconds(self) -> float:
        """Return what the processes of a PostgreSQL server have taken so far; 0 for SQLite, which runs in ours."""
        return _ticks(_databases_pids(self.where))

    def memory_mib(self) -> int:
        """Return the memory of the server's processes, each for itself alone."""
        return _memory_mib(_with_children(self.pid))


@contextmanager
def served(where: str) -> Iterator[Served]:
    """Serve the store there on any free port, and stop at the end."""
    with tempfile.TemporaryDirectory(prefix="everycall-aside-") as folder:
        aside = f"{folder}/made-when-a-call-must-wait"
        program = [sys.executable, "-c", "from everycall.cli.main import main; main()"]
        server = subprocess.Popen(
            [*program, "serve", "--port", "0", "--store", where, "--aside", aside],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert server.stderr is not None
        try:
            yield Served(where, server.pid, int(server.stderr.readline().rsplit(":", 1)[1]))
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.communicate(timeout=60)
            except subprocess.TimeoutExpired:  # it waits for connections of a client that broke off
                server.kill()
                server.communicate()


def _ticks(pids: Iterable[int]) -> float:
    """Return the processor time that processes have taken so far, in seconds; one that has ended counts as none."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def _memory_mib(pids: Iterable[int]) -> int:
    """Return the memory that processes hold, each for itself alone (proportional share), in MiB."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return round(total / 1_024)


def _with_children(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return [pid]
    return [pid, *(int(child) for child in children)]


def _databases_pids(where: str) -> list[int]:
    """Return the processes of a PostgreSQL server on this machine; none for SQLite, which runs inside ours."""
    if not is_postgresql(where):
        return []
    store = Store(where)
    found = [
        pid for (pid,) in read(store.connection, "SELECT pid FROM pg_stat_activity WHERE pid IS NOT NULL")
    ]
    store.close()
    return found
