"""A process that holds more connections than another leaves a new one to it, if it is there to take it."""

from __future__ import annotations

import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from command import serving
from everycall.serving.fair_share import Held, politely


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """Return a socket at which one connection waits to be accepted."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        yield server


def test_whoever_holds_the_fewest_accepts_at_once(listening: socket.socket) -> None:
    held, accepted = Held(3), []
    for number, connections in enumerate((2, 1, 1)):
        held.tell(number, connections)
    assert [held.another_holds_fewer(number) for number in range(3)] == [True, False, False]
    politely(lambda: accepted.append(1), listening, lambda: held.another_holds_fewer(1))()
    assert accepted == [1]


def test_what_another_took_meanwhile_is_not_accepted(listening: socket.socket) -> None:
    accepted: list[int] = []

    def another_takes_it() -> bool:
        listening.accept()[0].close()
        return True

    politely(lambda: accepted.append(1), listening, another_takes_it)()
    assert not accepted


def test_a_connection_that_no_other_takes_is_accepted_all_the_same(listening: socket.socket) -> None:
    accepted: list[int] = []
    politely(lambda: accepted.append(1), listening, lambda: True)()
    assert accepted == [1]


IN_A_ROW = 8
"""Without any sharing a quarter of all rounds came out even by chance; so many after one another did not."""


def test_of_connections_that_come_one_by_one_each_process_holds_half(
    tmp_path: Path, empty_sqlite: Path
) -> None:
    store = str(shutil.copy(empty_sqlite, tmp_path / "store.db"))
    process, port = serving(store, workers=2)
    try:
        shared: list[list[int]] = []
        until = time.monotonic() + 300
        # the second may still start, and on a busy machine one may not be back within the moment it is given
        while shared[-IN_A_ROW:] != [[8, 8]] * IN_A_ROW:
            assert time.monotonic() < until, shared[-100:]
            with _open(port) as opened:
                for _ in range(16):
                    opened()
                shared.append(_held(process.pid, port))
            assert sum(shared[-1]) == 16
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)


@contextmanager
def _open(port: int) -> Iterator[Callable[[], None]]:
    """Yield what opens one more connection and sees it answered; all are closed at the end."""
    with ExitStack() as all_open:

        def one_more() -> None:
            link = all_open.enter_context(socket.create_connection(("127.0.0.1", port), timeout=120))
            link.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert link.recv(15) == b"HTTP/1.1 200 OK"

        yield one_more


def _held(parent: int, port: int) -> list[int]:
    """Return how many open connections the two of a server's processes hold that hold the most, fewest first."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
    return sorted(_connections(int(child), port) for child in children)[-2:]


def _connections(pid: int, port: int) -> int:
    """Return how many open connections at this port a process holds (Linux)."""
    ours = {
        f"socket:[{fields[9]}]"
        for fields in map(str.split, Path("/proc/net/tcp").read_text("ascii").splitlines()[1:])
        if int(fields[1].rpartition(":")[2], 16) == port and fields[3] == "01"
    }
    held = 0
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed just now
            held += str(one.readlink()) in ours
    return held
