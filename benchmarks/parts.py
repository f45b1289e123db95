"""Where the time of an assessment goes: the rooms' own functions, wrapped for the length of a measurement."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from everycall import asking, next_step, rooms, taking, triage
from everycall.force import Force, Policy
from everycall.store import assessments, calls, in_one_go, words
from everycall.store.history import StoredHistory

PLACES: tuple[tuple[str, Any, str], ...] = (
    ("words of this log", Policy, "read"),
    ("suffered before: all", rooms, "suffered_before"),
    ("  of it, the database", StoredHistory, "candidates"),
    ("  of it, what stands", StoredHistory, "standing"),
    ("at risk: all", rooms, "at_risk"),
    ("  of it, earlier logs", Force, "earlier_logs"),
    ("  of it, the judgement", triage.judgement, "prepare"),
    ("vulnerability told", triage.judgement, "judged"),
    ("local priorities", rooms, "local_priorities"),
    ("position", Force, "locate"),
    ("harm", triage.harm_weigh, "prepare"),
    ("  and told", triage.harm_weigh, "weighed"),
    ("policy", triage, "recommend"),
    ("facts resolved", next_step, "resolved"),
    ("questions to ask next", asking, "ask"),
    ("earlier version", Force, "previous"),
    ("known already", calls, "current"),
    ("kept: the call", calls, "take"),
    ("kept: its words", words, "keep"),
    ("kept: the record", assessments, "record"),
    ("kept: all of it in one go", in_one_go, "keep"),
    ("the whole of assess", taking, "assess"),
    ("the whole of keeping", taking, "_keep"),
)
"""What is told, the module or class that holds the function, the function."""


@contextmanager
def timed_parts() -> Iterator[dict[str, list[float]]]:
    """Wrap the functions; yield what they took (seconds a call), by part; put them back at the end."""
    taken: dict[str, list[float]] = defaultdict(list)
    before = [(holder, name, getattr(holder, name)) for _, holder, name in PLACES]

    def wrap(told: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(*args: Any, **named: Any) -> Any:
            started = perf_counter()
            try:
                return function(*args, **named)
            finally:
                taken[told].append(perf_counter() - started)

        return wrapped

    for (told, holder, name), (_, _, function) in zip(PLACES, before, strict=True):
        setattr(holder, name, wrap(told, function))
    try:
        yield taken
    finally:
        for holder, name, function in before:
            setattr(holder, name, function)
