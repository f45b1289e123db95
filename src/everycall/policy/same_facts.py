"""What follows from facts is worked out once for the same facts: two calls in three have those of an earlier one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from everycall.policy.decide import Decision
from everycall.policy.facts import Facts
from everycall.policy.pack import Pack

T = TypeVar("T")

_MOST = 10_000
"""How many sets of facts are kept; then it begins anew."""


def once_for_the_same(work: Callable[[Pack, Facts, Decision], T]) -> Callable[[Pack, Facts, Decision], T]:
    """Keep what a function says of facts by the pack itself, what is yes, what is no, and the decision.

    For functions that look at nothing else of the facts: not how they are known. What they return is shared, and
    never changed.
    """
    kept: dict[tuple[int, int, int, Decision], tuple[Pack, T]] = {}

    @wraps(work)
    def known(pack: Pack, facts: Facts, decision: Decision) -> T:
        key = (id(pack), facts.yes, facts.no, decision)
        found = kept.get(key)
        if found is not None and found[0] is pack:
            return found[1]
        if len(kept) >= _MOST:
            kept.clear()
        made = work(pack, facts, decision)
        kept[key] = (pack, made)
        return made

    return known
