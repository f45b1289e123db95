"""The matrix of harm, ready to use: parts, bands and overrides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from everycall.assessment import Band
from everycall.harm.heard import Heard

BANDS: tuple[Band, ...] = ("standard", "medium", "high")
INCIDENTS = "earlier_incidents"
"""The code of the points for earlier incidents, and what ``unknown`` names when they could not be counted."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a part: points for each answer, and the most any answer gives."""

    name: str
    points: Mapping[str, int]
    most: int


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that gives points; the largest of its sources counts."""

    code: str
    words: str
    questions: tuple[Question, ...]
    findings: Mapping[str, int]
    facts: Mapping[str, int]
    carried: bool
    heard: tuple[Heard, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """What leads straight to a band; ``rank`` is the band's place in `BANDS`."""

    code: str
    rank: int
    words: str
    answers: tuple[str, ...]
    facts: tuple[str, ...]
    findings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole matrix, ready to use. ``incidents`` is sorted by the number from which it counts."""

    version: str
    medium: int
    high: int
    parts: tuple[Part, ...]
    incidents: tuple[tuple[int, int], ...]
    overrides: tuple[Override, ...]

    @property
    def heard(self) -> tuple[Heard, ...]:
        """The words that tell an answer, of all parts."""
        return tuple(one for part in self.parts for one in part.heard)

    def rank(self, points: int) -> int:
        """Return the place in `BANDS` of the band that ``points`` reach."""
        return 2 if points >= self.high else 1 if points >= self.medium else 0

    def for_incidents(self, count: int) -> int:
        """Return the points for ``count`` earlier incidents in 12 months."""
        return max((points for start, points in self.incidents if count >= start), default=0)

    @property
    def most_for_incidents(self) -> int:
        """The most that earlier incidents can give."""
        return max((points for _, points in self.incidents), default=0)
