"""Persons: mentions that are one human, grouped so that no chain of likenesses joins two who contradict.

Connected components at a permissive threshold made one "person" of 7,549 records (identity.md). Here only strong
pairs join, the surest first, and never two groups of which any two members contradict in forename, birth date or
age, or whom a person's word keeps apart. A group that hangs together by one pair alone is not joined but reviewed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from everycall.identity.births import born_level
from everycall.identity.likeness import forename_level
from everycall.identity.whole_names import one_by_surname

ENOUGH_OF_A_SIDE = 4
"""A bridge is one pair that alone joins two groups of at least so many mentions each."""
MANY = 200
"""A person of more mentions than this is put on the review list."""
YEARS_APART = 3
"""Two ages that put birth further apart than this contradict."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Known:
    """What of a mention can contradict another: names, birth date, and the year an age points to."""

    forenames: tuple[str, ...] = ()
    surname: str | None = None
    born: date | None = None
    birth_year: int | None = None


def contradict(one: Known, other: Known) -> bool:
    """Say whether two mentions plainly contradict in forename, birth date or age; what is missing does not."""
    if one.forenames and other.forenames and _forenames_differ(one, other):
        return True
    if one.born and other.born:
        return births_differ(one.born, other.born)
    mine = one.born.year if one.born else one.birth_year
    theirs = other.born.year if other.born else other.birth_year
    return mine is not None and theirs is not None and abs(mine - theirs) > YEARS_APART


def _forenames_differ(one: Known, other: Known) -> bool:
    mine, theirs = " ".join(one.forenames), " ".join(other.forenames)
    if not forenames_unlike(mine, theirs):
        return False
    if not (one.surname and other.surname):
        return True
    return not one_by_surname(mine, one.surname, theirs, other.surname)


def forenames_unlike(one: str, other: str) -> bool:
    """Say whether forenames are those of two people, unless the surnames say otherwise."""
    return forename_level(one, other) in ("different", "near")


def births_differ(one: date, other: date) -> bool:
    """Say whether birth dates are those of two people."""
    return born_level(one, other) in ("two_parts", "different")


@dataclass(frozen=True, slots=True)
class Review:
    """Something a person ought to look at: ``bridge``, ``large`` or ``words``; ``mentions`` are those in question."""

    why: str
    mentions: tuple[int, ...]


@dataclass(slots=True)
class _Group(Generic[K]):
    members: list[int]
    known: set[K]
    words: set[int] = field(default_factory=set)


def group(
    mentions: Iterable[int],
    strong: Sequence[tuple[int, int]],
    known: Callable[[int], K],
    contradicting: Callable[[set[K], set[K]], bool],
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
        Pairs that join, each once, the surest first.
    known
        What of a mention can contradict.
    contradicting
        Whether anything of one set of these contradicts anything of the other.
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
    for a, b in together:
        _join(groups, of, of[a], of[b])
    reviews: list[Review] = []
    near: dict[int, list[int]] = {}
    for a, b in strong:
        one, other = of[a], of[b]
        if one == other:
            continue
        mine, theirs = groups[one], groups[other]
        if contradicting(mine.known, theirs.known):
            continue
        if apart is not None and _parted(mine.words, theirs.words, apart):
            continue
        if len(mine.members) >= ENOUGH_OF_A_SIDE and len(theirs.members) >= ENOUGH_OF_A_SIDE:
            near = near or _neighbours(strong)
            if _held_by_one_pair(one, other, groups, of, near):
                reviews.append(Review("bridge", (a, b)))
                continue
        _join(groups, of, one, other)
    persons = sorted(sorted(one.members) for one in groups.values())
    reviews += [Review("large", (person[0],)) for person in persons if len(person) > MANY]
    return persons, reviews


def _neighbours(strong: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in strong:
        near[a].append(b)
        near[b].append(a)
    return near


def _held_by_one_pair(
    one: int,
    other: int,
    groups: Mapping[int, _Group[K]],
    of: Mapping[int, int],
    near: Mapping[int, list[int]],
) -> bool:
    small, large = (one, other) if len(groups[one].members) <= len(groups[other].members) else (other, one)
    pairs = 0
    for member in groups[small].members:
        for neighbour in near.get(member, ()):
            if of[neighbour] == large:
                pairs += 1
                if pairs > 1:
                    return False
    return pairs == 1


def _parted(mine: set[int], theirs: set[int], apart: Callable[[int, int], bool]) -> bool:
    return any(apart(x, y) for x in mine for y in theirs)


def _join(groups: dict[int, _Group[K]], of: dict[int, int], one: int, other: int) -> None:
    if one == other:
        return
    kept, gone = (one, other) if len(groups[one].members) >= len(groups[other].members) else (other, one)
    larger, smaller = groups[kept], groups.pop(gone)
    for member in smaller.members:
        of[member] = kept
    larger.members += smaller.members
    larger.known |= smaller.known
    larger.words |= smaller.words
