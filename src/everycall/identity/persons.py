"""Persons: mentions that are one human, grouped so that no chain of likenesses joins two who contradict.

Connected components at a permissive threshold made one "person" of 7,549 records (identity.md). Here only strong
pairs join, the surest first, and never two groups of which any two members contradict in forename, birth date or
age, or whom a person's word keeps apart. A group that hangs together by one pair alone is not joined but reviewed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from everycall.identity.births import born_level
from everycall.identity.likeness import forename_level, in_another_order

ENOUGH_OF_A_SIDE = 4
"""A bridge is one pair that alone joins two groups of at least so many mentions each."""
MANY = 200
"""A person of more mentions than this is put on the review list."""
_YEARS_APART = 3
"""Two ages that put birth further apart than this contradict."""


@dataclass(frozen=True, slots=True)
class Known:
    """What of a mention can contradict another: names, birth date, and the year an age points to."""

    forenames: tuple[str, ...] = ()
    surname: str | None = None
    born: date | None = None
    birth_year: int | None = None


@lru_cache(maxsize=262_144)
def contradict(one: Known, other: Known) -> bool:
    """Say whether two mentions plainly contradict in forename, birth date or age; what is missing does not."""
    if one.forenames and other.forenames and _forenames_differ(one, other):
        return True
    if one.born and other.born:
        return _births_differ(one.born, other.born)
    mine = one.born.year if one.born else one.birth_year
    theirs = other.born.year if other.born else other.birth_year
    return mine is not None and theirs is not None and abs(mine - theirs) > _YEARS_APART


def _forenames_differ(one: Known, other: Known) -> bool:
    mine, theirs = " ".join(one.forenames), " ".join(other.forenames)
    if forename_level(mine, theirs) not in ("different", "near"):
        return False
    if not (one.surname and other.surname):
        return True
    return in_another_order(mine, one.surname, theirs, other.surname) != "transposed"


def _births_differ(one: date, other: date) -> bool:
    return born_level(one, other) in ("two_parts", "different")


@dataclass(frozen=True, slots=True)
class Strong:
    """A pair of mentions that are surely one human by themselves; ``bits`` is the weight."""

    a: int
    b: int
    bits: float


@dataclass(frozen=True, slots=True)
class Review:
    """Something a person ought to look at: ``bridge``, ``large`` or ``words``; ``mentions`` are those in question."""

    why: str
    mentions: tuple[int, ...]


@dataclass(slots=True)
class _Group:
    members: list[int]
    known: set[Known]
    words: set[int] = field(default_factory=set)


def group(
    mentions: Iterable[int],
    strong: Sequence[Strong],
    known: Callable[[int], Known],
    together: Sequence[tuple[int, int]] = (),
    apart: Callable[[int, int], bool] | None = None,
    worded: Callable[[int], bool] = lambda mention: False,
) -> tuple[list[list[int]], list[Review]]:
    """Group the mentions of one connected component into persons.

    Parameters
    ----------
    mentions
        Every mention to be placed; each comes out in exactly one person.
    strong
        Pairs that join, in any order.
    known
        What of a mention can contradict.
    together
        Pairs whom a person's word makes one human: joined first, whatever contradicts.
    apart, worded
        Whether a person's word keeps two mentions apart, and whether any word was said of a mention.

    Returns
    -------
    tuple
        The persons, each in order, and what is to be reviewed.
    """
    groups = {m: _Group([m], {known(m)}, {m} if worded(m) else set()) for m in mentions}
    of = {m: m for m in groups}
    for one, other in together:
        _join(groups, of, of[one], of[other])
    reviews: list[Review] = []
    links = _Links(strong)
    for pair in sorted(strong, key=lambda p: (-p.bits, p.a, p.b)):
        one, other = of[pair.a], of[pair.b]
        if one == other or _kept_apart(groups[one], groups[other], apart):
            continue
        small, large = sorted((groups[one].members, groups[other].members), key=len)
        if len(small) >= ENOUGH_OF_A_SIDE and links.between(small, set(large)) == 1:
            reviews.append(Review("bridge", (pair.a, pair.b)))
            continue
        _join(groups, of, one, other)
    persons = sorted(sorted(one.members) for one in groups.values())
    reviews += [Review("large", (person[0],)) for person in persons if len(person) > MANY]
    return persons, reviews


class _Links:
    """How many strong pairs run between two groups."""

    def __init__(self, strong: Sequence[Strong]) -> None:
        self._of: dict[int, set[int]] = defaultdict(set)
        for pair in strong:
            self._of[pair.a].add(pair.b)
            self._of[pair.b].add(pair.a)

    def between(self, small: Iterable[int], large: set[int]) -> int:
        return sum(len(self._of[member] & large) for member in small)


def _kept_apart(one: _Group, other: _Group, apart: Callable[[int, int], bool] | None) -> bool:
    if apart is not None and any(apart(x, y) for x in one.words for y in other.words):
        return True
    return any(contradict(x, y) for x in one.known for y in other.known)


def _join(groups: dict[int, _Group], of: dict[int, int], one: int, other: int) -> None:
    if one == other:
        return
    kept, gone = (one, other) if len(groups[one].members) >= len(groups[other].members) else (other, one)
    for member in groups[gone].members:
        of[member] = kept
    groups[kept].members += groups[gone].members
    groups[kept].known |= groups[gone].known
    groups[kept].words |= groups[gone].words
    del groups[gone]


def agrees_throughout(known: Iterable[Known]) -> bool:
    """Say whether no two of these contradict: then they are one person without a closer look."""
    different = list(set(known))
    return not any(contradict(x, y) for n, x in enumerate(different) for y in different[:n])
