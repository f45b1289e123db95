"""What people have said of who is who, taken together: said of two it holds for all who are the same as either."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Word(Generic[T]):
    """A person's word, newest last, that two are one human (``same``) or two."""

    one: T
    other: T
    same: bool


@dataclass(slots=True)
class Settled(Generic[T]):
    """Who must be together and who must not, and the words that could not hold beside newer ones."""

    _leads_to: dict[T, T] = field(default_factory=dict)
    apart: dict[T, set[T]] = field(default_factory=dict)
    against_newer: list[Word[T]] = field(default_factory=list)

    def group(self, one: T) -> T:
        """Return the one who stands for everybody that words make the same human as ``one``."""
        while (next_one := self._leads_to.get(one, one)) != one:
            one = next_one
        return one

    def must_differ(self, one: T, other: T) -> bool:
        """Say whether words make these two humans: A is B and B is not C, so A is not C."""
        return self.group(other) in self.apart.get(self.group(one), set())

    def _join(self, one: T, other: T) -> None:
        kept, gone = self.group(one), self.group(other)
        if kept == gone:
            return
        self._leads_to[gone] = kept
        for third in self.apart.pop(gone, set()):
            self.apart[third].discard(gone)
            self.apart[third].add(kept)
            self.apart.setdefault(kept, set()).add(third)

    def _part(self, one: T, other: T) -> None:
        self.apart.setdefault(self.group(one), set()).add(self.group(other))
        self.apart.setdefault(self.group(other), set()).add(self.group(one))

    @property
    def groups(self) -> dict[T, T]:
        """Everybody whom a word joins to somebody, with the one who stands for them."""
        return {one: self.group(one) for one in self._leads_to}


def settle(words: Sequence[Word[T]]) -> Settled[T]:
    """Take words together. In a circle that cannot hold (A is B, B is C, A is not C) the oldest word gives way.

    Parameters
    ----------
    words
        Oldest first; of two about the same pair the later counts.
    """
    settled: Settled[T] = Settled()
    told: set[frozenset[T]] = set()
    for word in reversed(words):
        if (pair := frozenset((word.one, word.other))) in told:
            continue
        told.add(pair)
        together = settled.group(word.one) == settled.group(word.other)
        if word.same and settled.must_differ(word.one, word.other):
            settled.against_newer.append(word)
        elif word.same:
            settled._join(word.one, word.other)
        elif together:
            settled.against_newer.append(word)
        else:
            settled._part(word.one, word.other)
    return settled
