"""The facts a pack may test: their names, words and relations, read from ``facts.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from everycall import codes
from everycall.errors import InputError, Problem, Problems, not_allowed
from everycall.strict import Data, read_toml

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Words = Annotated[str, Field(min_length=3, max_length=300)]

FILE: Final = "facts.toml"

GIVEN_BY_OTHERS: Final = (
    "immediate_danger", "weapon_or_violence_now", "fire", "suicide_now", "threat_to_life", "violence_used",
    "happening_now", "suspect_present", "threat_made", "domestic_abuse", "exploitation",
    "suicide_or_self_harm", "child_alone", "hate", "targeted", "vulnerable", "repeat", "burst", "harm_high",
    "local_priority",
    "more_than_minor", "order_in_force", "damage", "assault", "protected_characteristic", "case_review",
    "nobody_seen", "asb", "no_victim", "could_not_look", "nobody_to_call_back",
)  # fmt: skip
"""Facts that other rooms find. Each must stand in every pack, else what they find would be lost unseen."""


class Fact(Data):
    """One fact as ``facts.toml`` tells it."""

    name: Code
    label: Words
    kind: Literal["risk", "setting"]
    words: Words
    words_no: Words
    answered_by: Code | None = None
    covered_by: tuple[Code, ...] = ()
    implies: tuple[Code, ...] = ()


class _File(Data):
    fact: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class FactBook:
    """All facts of a pack in their order; a set of facts is an integer with one bit for each.

    Parameters
    ----------
    facts
        In the order of the file; the position is the number of the fact's bit.
    index
        The position of each name.
    up
        For each fact, the bits of itself and of all it implies, however far.
    down
        For each fact, the bits of itself and of all that imply it.
    by_answer
        Question -> bits of the facts that its answer is.
    covers
        (questions, bits of the facts that are no when all of them are answered no).
    every, risks
        The bits of all facts, and of those about risk.
    """

    facts: tuple[Fact, ...]
    index: Mapping[str, int]
    up: tuple[int, ...]
    down: tuple[int, ...]
    by_answer: Mapping[str, int]
    covers: tuple[tuple[tuple[str, ...], int], ...]
    every: int
    risks: int

    def position(self, name: str) -> int:
        """Return the position of the fact ``name``.

        Raises
        ------
        InputError
            When the pack has no such fact: what somebody found must not be lost.
        """
        try:
            return self.index[name]
        except KeyError:
            problem = Problem(FILE, f"the fact {not_allowed(name, self.index)}")
            raise InputError("a fact was given that the policy does not know", [problem]) from None

    def names(self, bits: int) -> tuple[str, ...]:
        """Return the names of the facts in ``bits``, in the file's order."""
        return tuple([self.facts[i].name for i in positions(bits)])

    def closed_up(self, bits: int) -> int:
        """Return ``bits`` with everything they imply."""
        return _closed(bits, self.up)

    def closed_down(self, bits: int) -> int:
        """Return ``bits`` with everything that implies one of them."""
        return _closed(bits, self.down)


def _closed(bits: int, reach: tuple[int, ...]) -> int:
    closed = bits
    for i in positions(bits):
        closed |= reach[i]
    return closed


@lru_cache(maxsize=4_096)
def positions(bits: int) -> tuple[int, ...]:
    """Return the position of each bit that is set, the lowest first."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return tuple(found)


def read_facts(directory: Path, problems: Problems) -> FactBook | None:
    """Read ``facts.toml``; add every problem to ``problems`` and return None when there is one."""
    before = len(problems)
    file = read_toml(directory / FILE, _File, problems)
    if file is None:
        return None
    names = [fact.name for fact in file.fact]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add(FILE, f"the fact '{name}' stands twice")
    for name in GIVEN_BY_OTHERS:
        if name not in names:
            problems.add(FILE, f"the fact '{name}' is missing; the parts that look for it need it")
    for fact in file.fact:
        where = f"{FILE} {fact.name}"
        for implied in fact.implies:
            if implied not in names:
                problems.add(where, f"implies: {not_allowed(implied, names)}")
        questions = [*([fact.answered_by] if fact.answered_by else []), *fact.covered_by]
        for question in questions:
            if question not in codes.answers():
                problems.add(where, f"the question {not_allowed(question, codes.answers())}")
            elif not {"yes", "no"} <= codes.answers()[question]:
                problems.add(where, f"the question '{question}' is not answered yes or no")
    return _book(file.fact) if len(problems) == before else None


def _book(facts: tuple[Fact, ...]) -> FactBook:
    index = {fact.name: i for i, fact in enumerate(facts)}
    up = [1 << i for i in range(len(facts))]
    changed = True
    while changed:  # as often as the longest chain of implications, which also ends a circle
        changed = False
        for i, fact in enumerate(facts):
            reach = _union(up[index[name]] for name in fact.implies) | up[i]
            changed = changed or reach != up[i]
            up[i] = reach
    down = tuple(_union(1 << j for j in range(len(facts)) if up[j] >> i & 1) for i in range(len(facts)))
    by_answer: dict[str, int] = {}
    covers: dict[tuple[str, ...], int] = {}
    for i, fact in enumerate(facts):
        if fact.answered_by:
            by_answer[fact.answered_by] = by_answer.get(fact.answered_by, 0) | 1 << i
        if fact.covered_by:
            covers[fact.covered_by] = covers.get(fact.covered_by, 0) | 1 << i
    risks = _union(1 << i for i, fact in enumerate(facts) if fact.kind == "risk")
    every = (1 << len(facts)) - 1
    return FactBook(facts, index, tuple(up), down, by_answer, tuple(covers.items()), every, risks)


def _union(sets: Iterable[int]) -> int:
    bits = 0
    for one in sets:
        bits |= one
    return bits
