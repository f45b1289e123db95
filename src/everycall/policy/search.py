"""Exact search: is there a combination of facts that meets these conditions? Finds one or proves none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from everycall.policy.cells import ANY, NO, UNKNOWN, YES
from everycall.policy.factbook import FactBook

Literal = tuple[int, int]
"""A variable and the values (bits of NO, UNKNOWN, YES) one of which it must have."""

Clause = tuple[Literal, ...]
"""Literals of which at least one must be met; the empty clause cannot be."""


class Question:
    """Conditions on the facts of a pack, gathered until `answer` looks for facts that meet them all.

    The variables are the facts, each no, unknown or yes, and helpers made by `helper`. The relations between
    facts are conditions from the start: along an implication truth never falls (no, unknown, yes), as in
    `everycall.policy.facts.Facts`.

    The search is that of Davis, Logemann and Loveland (A machine program for theorem-proving, Communications
    of the ACM 5(7), 1962), with values instead of truths: what follows is drawn at once, then one value is
    tried, then the others. It ends, as every step takes values away, and it misses nothing.
    """

    def __init__(self, book: FactBook) -> None:
        self._book = book
        self._domains = [ANY] * len(book.facts)
        self._clauses: list[Clause] = []
        for i in range(len(book.facts)):
            for j in range(len(book.facts)):
                if i != j and book.up[i] >> j & 1:
                    self._clauses.append(((i, NO | UNKNOWN), (j, YES)))
                    self._clauses.append(((i, NO), (j, UNKNOWN | YES)))

    def copy(self) -> Question:
        """Return a question with the same conditions, to which others may be added."""
        other = Question.__new__(Question)
        other._book, other._domains, other._clauses = self._book, list(self._domains), list(self._clauses)
        return other

    def helper(self) -> int:
        """Add a variable of its own that stands for "this is so" (yes) or "this need not be" (no)."""
        self._domains.append(NO | YES)
        return len(self._domains) - 1

    def require(self, literals: Iterable[Literal]) -> None:
        """Every one of these must be met."""
        for variable, values in literals:
            self._domains[variable] &= values

    def require_any(self, literals: Iterable[Literal]) -> None:
        """At least one of these must be met."""
        self._clauses.append(tuple(literals))

    def answer(self) -> dict[str, int] | None:
        """Return each fact with its value, NO, UNKNOWN or YES, so that all is met; None when nothing does.

        Unknown is preferred where it will do, then no, so that an example says as little as it can.
        """
        if not all(self._domains):
            return None
        solved = _solve(list(self._domains), self._clauses)
        if solved is None:
            return None
        return {fact.name: _preferred(solved[i]) for i, fact in enumerate(self._book.facts)}


def _preferred(values: int) -> int:
    return UNKNOWN if values & UNKNOWN else NO if values & NO else YES


def _solve(domains: list[int], clauses: Sequence[Clause]) -> list[int] | None:
    rest = _draw(domains, clauses)
    if rest is None:
        return None
    if not rest:
        return domains
    variable = min(rest, key=len)[0][0]
    value = _preferred(domains[variable])
    for values in (value, domains[variable] & ~value):
        if values:
            tried = list(domains)
            tried[variable] = values
            solved = _solve(tried, rest)
            if solved is not None:
                return solved
    return None


def _draw(domains: list[int], clauses: Sequence[Clause]) -> list[Clause] | None:
    """Draw what follows into ``domains``; return the clauses still open, or None when one cannot be met."""
    changed = True
    while changed:
        changed = False
        rest: list[Clause] = []
        for clause in clauses:
            live = []
            for variable, values in clause:
                common = domains[variable] & values
                if common == domains[variable]:
                    break
                if common:
                    live.append((variable, common))
            else:
                if not live:
                    return None
                if len(live) == 1:
                    domains[live[0][0]] = live[0][1]
                    changed = True
                else:
                    rest.append(tuple(live))
        clauses = rest
    return list(clauses)
