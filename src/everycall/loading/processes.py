"""Work on every core: a pool of processes that answers in order, and ends when the parent does."""

from __future__ import annotations

import atexit
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from types import TracebackType
from typing import Generic, TypeVar

from everycall.loading.garbage import look_seldom

MOST = 8
"""Processes at most: beyond it the parent, which writes, is what everybody waits for."""

_GIVES_WAY = 10
"""How far these processes stand back where cores are short: a live call goes first, and so does the parent, which holds
the store while it writes."""

_STANDS_BACK = 5
"""How far a whole import stands back on PostgreSQL, where nobody waits for what its process holds."""

_FEW = 6
"""Pieces of work that are done here: starting a process takes longer than they do."""

Given = TypeVar("Given")
Made = TypeVar("Made")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Helpers:
    """Processes that work on pieces, started when there are many of them and ended with the block.

    Used with ``with``; one after another, several kinds of work can be given to the same processes.
    """

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Helpers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def in_order(
        self, work: Callable[[Given], Made], pieces: Iterable[Given], few: int = _FEW, ahead: int = 2
    ) -> InOrder[Given, Made]:
        """Return ``work(piece)`` for each piece, in their order; many pieces are worked on in several processes.

        Parameters
        ----------
        work
            A function of a module, with pieces and results that can be pickled. It must give the same in any process.
        few
            Up to so many pieces no process is started.
        ahead
            Pieces for each process that are given out before they are asked for.
        """
        waiting = iter(pieces)
        first = list(islice(waiting, few + 1))
        if (len(first) <= few and self._pool is None) or cores() < 2:
            return InOrder(None, 0, work, chain(first, waiting))
        many = min(cores(), MOST)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                many, mp_context=get_context("spawn"), initializer=_prepare_process
            )
        return InOrder(self._pool, ahead * many + 1, work, chain(first, waiting))


class InOrder(Iterator[Made], Generic[Given, Made]):
    """What is made of each piece, in the order of the pieces.

    Parameters
    ----------
    pool
        None: each piece is worked on here, when it is asked for.
    under_way
        Pieces at most that are given out and not yet taken back.
    """

    def __init__(
        self,
        pool: ProcessPoolExecutor | None,
        under_way: int,
        work: Callable[[Given], Made],
        pieces: Iterator[Given],
    ) -> None:
        self._pool, self._most, self._work, self._pieces = pool, under_way, work, pieces
        self._under_way: deque[Future[Made]] = deque()

    def __next__(self) -> Made:
        """Return the next, waiting for it."""
        if self._pool is None:
            return self._work(next(self._pieces))
        self._give_out(self._pool)
        if not self._under_way:
            raise StopIteration
        made = self._under_way.popleft().result()
        self._give_out(self._pool)
        return made

    def is_there(self) -> bool:
        """Say whether the next need not be waited for; keeps the processes busy."""
        if self._pool is None:
            return False
        self._give_out(self._pool)
        return bool(self._under_way) and self._under_way[0].done()

    def _give_out(self, pool: ProcessPoolExecutor) -> None:
        while len(self._under_way) < self._most:
            try:
                piece = next(self._pieces)
            except StopIteration:
                return
            self._under_way.append(pool.submit(self._work, piece))


def stand_back() -> None:
    """Let others go first where cores are short, from now on; for a process that does nothing but import."""
    if hasattr(os, "setpriority"):
        mine = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, max(mine, _STANDS_BACK))


def in_order(work: Callable[[Given], Made], pieces: Iterable[Given], few: int = _FEW) -> Iterator[Made]:
    """Return ``work(piece)`` for each piece, as `Helpers.in_order` does, with processes of its own."""
    with Helpers() as helpers:
        yield from helpers.in_order(work, pieces, few)


def _prepare_process() -> None:
    """Leave an interrupt to the parent, and end when the parent has ended, however it did."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_GIVES_WAY)
    look_seldom()
    # else a process that is no longer needed goes through all it has kept once more
    atexit.register(os._exit, 0)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
