"""The server: as many processes as there are cores, each with a few threads, behind one socket.

Waitress reads a request to its end before a thread takes it up, so that slow clients hold none
(docs/decisions/0040); where processes cannot be forked there is one.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from everycall.serving.large_pages import use_large_pages

THREADS = 2
"""Threads a process: one waits for the database while the other reckons; with more they hinder each other."""

_SLOW_SECONDS = 20
_GIVE_WAY_SECONDS = 0.0005
_MOST_CONNECTIONS = 500
_AT_A_TIME = 65_536
_LARGEST_HEADER = 16_384
_LARGEST_BODY = 16_777_216
"""What is larger is cut off in a few words; up to this it is read, and refused in the one shape if it is too large."""
_BACK_OFF_SECONDS = 0.5


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raise `OSError` when it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(1_024)
    return listening


class _GetReady:
    """What each thread does before its first request; none takes two, since each waits for the others."""

    def __init__(self, ready: Callable[[], None]) -> None:
        self._ready = ready
        self._together = threading.Barrier(THREADS)

    def service(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self._together.wait(timeout=1.0)
        self._ready()

    def cancel(self) -> None:
        """Waitress tells a task that will not be done any more."""


def answer(
    application: Any,
    listening: socket.socket,
    through_tls: bool,
    ready: Callable[[], None] = lambda: None,
    share: Callable[[Any], None] = lambda server: None,
) -> None:
    """Answer requests in this process until it is told to stop.

    Parameters
    ----------
    ready
        What each thread does before its first request.
    share
        Has the server share new connections with other processes.
    """
    from waitress.server import create_server

    from everycall.serving.unreadable import Channel

    # a thread that has its rows waits for the other to give way, after each of some twenty-five statements
    sys.setswitchinterval(_GIVE_WAY_SECONDS)
    server = create_server(
        application,
        sockets=[listening],
        threads=THREADS,
        channel_timeout=_SLOW_SECONDS,
        cleanup_interval=5,
        connection_limit=_MOST_CONNECTIONS,
        recv_bytes=_AT_A_TIME,
        max_request_header_size=_LARGEST_HEADER,
        max_request_body_size=_LARGEST_BODY,
        asyncore_use_poll=True,
        url_scheme="https" if through_tls else "http",
        clear_untrusted_proxy_headers=True,
        ident="",
        expose_tracebacks=False,
    )
    server.channel_class = Channel
    share(server)
    get_ready = _GetReady(ready)
    for _ in range(THREADS):
        server.task_dispatcher.add_task(get_ready)
    use_large_pages()
    server.run()


_TOLD_BY = (signal.SIGTERM, signal.SIGINT)


def run(workers: int, work: Callable[[int], None], beside: Sequence[Callable[[], None]] = ()) -> None:
    """Run ``work`` in so many processes, and each of ``beside`` in one more, until told to stop.

    One that ends by itself is started again, with the same number.
    """
    if not hasattr(os, "fork"):
        work(0)
        return
    jobs: list[Callable[[], None]] = [*(partial(work, number) for number in range(workers)), *beside]
    running: dict[int, Callable[[], None]] = {}
    stopping = False

    def stop(number: int, frame: Any) -> None:
        nonlocal stopping
        stopping = True
        for child in running:
            with suppress(ProcessLookupError):  # it ended by itself just now
                os.kill(child, signal.SIGTERM)

    def start(job: Callable[[], None]) -> None:
        # told to stop between a child's start and its being noted, nobody would tell that child
        signal.pthread_sigmask(signal.SIG_BLOCK, _TOLD_BY)
        try:
            if not stopping:
                running[_forked(job)] = job
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD_BY)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for job in jobs:
        start(job)
    while running:
        try:
            child, _ = os.wait()
        except InterruptedError:
            continue
        except ChildProcessError:
            break
        if child not in running:
            continue
        job = running.pop(child)
        if not stopping:
            time.sleep(_BACK_OFF_SECONDS)
            start(job)


def _forked(job: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells us
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    status = 1
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD_BY)
        job()
        status = 0
    except SystemExit:
        status = 0
    finally:
        os._exit(status)
