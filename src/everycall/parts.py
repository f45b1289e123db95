"""Trying one part at a time: what fails says so and never stops the call."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from everycall.assessment import ProblemFound
from everycall.errors import EverycallError

T = TypeVar("T")
_log = logging.getLogger(__name__)

CAN_BE_SWITCHED_OFF = ("repeat", "flags", "earlier logs", "vulnerability", "priorities", "harm", "questions")
"""The parts that a force may switch off. Words and policy it may not: they find danger, and say what to do about it."""

SWITCHED_OFF = "switched off by the force"


class Parts:
    """The parts of one assessment, and everything that went wrong in them.

    Parameters
    ----------
    problems
        What was noted before the parts were tried.
    switched_off
        The parts that are not tried: each says so, and could not look.
    """

    def __init__(
        self, problems: Iterable[ProblemFound] = (), switched_off: Collection[str] = frozenset()
    ) -> None:
        self.problems = list(problems)
        self.failed: set[str] = set()
        self._switched_off = switched_off

    def attempt(self, part: str, look: Callable[[], T], otherwise: T) -> T:
        """Return what ``look`` finds, or ``otherwise`` (which must say could_not_look) when it fails.

        The call comes first: whatever goes wrong in one part, the others still answer. The problem names the
        error and where it arose, never its text, which may hold what the caller said.
        """
        if part in self._switched_off:
            if part not in self.failed:
                self.failed.add(part)
                self.problems.append(ProblemFound(part=part, problem=SWITCHED_OFF))
            return otherwise
        try:
            return look()
        except EverycallError as error:
            self._note(part, error.message)
        except Exception as error:  # noqa: BLE001 - a fault in one part must never stop a call; it is told and logged
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} in {frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
            self._note(part, f"could not look ({where})")
        return otherwise

    def _note(self, part: str, problem: str) -> None:
        self.failed.add(part)
        self.problems.append(ProblemFound(part=part, problem=problem))
        _log.error("part %s: %s", part, problem)
