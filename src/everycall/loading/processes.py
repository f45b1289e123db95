"""Work on every core: a pool of processes that answers in order, and ends when the parent does."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from typing import TypeVar

MOST = 8
"""Processes at most: beyond it the parent, which writes, is what everybody waits for."""

_GIVES_WAY = 10
"""How far these processes stand back where cores are short: a live call goes first, and so does the parent, which holds
the store while it writes."""

_FEW = 6
"""Pieces of work that are done here: starting a process takes longer than they do."""

Given = TypeVar("Given")
Made = TypeVar("Made")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(work: Callable[[Given], Made], pieces: Iterable[Given], few: int = _FEW) -> Iterator[Made]:
    """Return ``work(piece)`` for each piece, in their order; many pieces are worked on in several processes.

    Parameters
    ----------
    work
        A function of a module, with pieces and results that can be pickled. It must give the same in any process.
    few
        Up to so many pieces no process is started.
    """
    waiting = iter(pieces)
    first = list(islice(waiting, few + 1))
    if len(first) <= few or cores() < 2:
        yield from map(work, chain(first, waiting))
        return
    many = min(cores(), MOST)
    pool = ProcessPoolExecutor(many, mp_context=get_context("spawn"), initializer=_prepare_process)
    under_way: deque[Future[Made]] = deque()
    try:
        for piece in chain(first, waiting):
            under_way.append(pool.submit(work, piece))
            if len(under_way) > 2 * many:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _prepare_process() -> None:
    """Leave an interrupt to the parent, and end when the parent has ended, however it did."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_GIVES_WAY)
    gc.set_threshold(200_000, 50, 100)  # much is made and kept: looking for garbage in it costs a fifth
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
