"""Which process takes a new connection: one that holds the fewest, so that no core idles while another has a queue.

All processes wait at one socket, and the same one may be the first again and again: eight connections of one system
then stand in one process, which does all the work. So who holds more than another waits a moment before it accepts.
"""

from __future__ import annotations

import mmap
import select
import time
from collections.abc import Callable
from typing import Any

from everycall.serving.unreadable import Channel

_MOMENT_SECONDS = 0.001
_MOMENTS = 5
"""How long another process is waited for: long enough for one that reckons, too short to be felt."""


class Held:
    """How many connections each process holds: told by each, seen by all.

    Parameters
    ----------
    many
        How many processes there will be; made before they part.
    """

    def __init__(self, many: int) -> None:
        self._counts = memoryview(mmap.mmap(-1, many * 4)).cast("i")

    def tell(self, number: int, connections: int) -> None:
        """Tell how many connections a process holds now."""
        self._counts[number] = connections

    def another_holds_fewer(self, number: int) -> bool:
        """Say whether any other process holds fewer connections than this one."""
        return min(self._counts) < self._counts[number]


class Counted(Channel):
    """A connection that is counted while it is open."""

    def add_channel(self, map: Any = None) -> None:
        """Count one more."""
        super().add_channel(map)
        self.server.tell()

    def del_channel(self, map: Any = None) -> None:
        """Count one fewer."""
        super().del_channel(map)
        self.server.tell()


def share_fairly(server: Any, held: Held, number: int) -> None:
    """Have a server of Waitress's leave a new connection to a process that holds fewer, if that is there to take it.

    Parameters
    ----------
    server
        A server that accepts from a socket which other processes accept from too.
    number
        Which of the processes this one is.
    """

    def tell() -> None:
        held.tell(number, len(server.active_channels))

    server.tell = tell
    server.channel_class = Counted
    server.handle_accept = politely(
        server.handle_accept, server.socket, lambda: held.another_holds_fewer(number)
    )
    tell()


def politely(
    accept: Callable[[], None], listening: Any, another_holds_fewer: Callable[[], bool]
) -> Callable[[], None]:
    """Return what to do when a connection waits: accept it, or leave it to another process that holds fewer."""

    def accepted() -> None:
        if not (another_holds_fewer() and _is_taken(listening, another_holds_fewer)):
            accept()

    return accepted


def _is_taken(listening: Any, another_holds_fewer: Callable[[], bool]) -> bool:
    """Wait a moment; say whether another process took the connection."""
    waiting = select.poll()
    waiting.register(listening, select.POLLIN)
    for _ in range(_MOMENTS):
        time.sleep(_MOMENT_SECONDS)
        if not waiting.poll(0):
            return True
        if not another_holds_fewer():
            break
    return False
