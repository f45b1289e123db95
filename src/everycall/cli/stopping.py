"""Being told to stop while a store is written: heard between two transactions, never within one.

An exception that a signal raises anywhere may leave the database's connection in the middle of a statement; what then
tidies up fails, and hides that we were told to stop.
"""

from __future__ import annotations

import signal
import time
from types import FrameType, TracebackType
from typing import Any, Self


class Stopping:
    """Listens for SIGTERM and Ctrl-C while a block runs; used with ``with``, in the main thread."""

    def __init__(self) -> None:
        self._told = self._waits = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        """Begin to listen."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let whoever listened before listen again."""
        for number, before in self._before.items():
            signal.signal(number, before)

    def _heard(self, number: int, _frame: FrameType | None) -> None:
        at_once = self._waits or (
            self._told and number == signal.SIGINT
        )  # a person who presses it twice means it
        self._told = True
        if at_once:
            raise KeyboardInterrupt

    def here(self, _rows: int = 0) -> None:
        """Stop here, by `KeyboardInterrupt`, when we were told to; called where nothing is half done."""
        if self._told:
            raise KeyboardInterrupt

    def pause(self, seconds: float) -> None:
        """Wait, and stop at once when we are told to."""
        self._waits = True
        try:
            self.here()
            time.sleep(seconds)
        finally:
            self._waits = False
