"""How often things are so in the made-up force: the file ``rates.toml``, read strictly."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from everycall.errors import PackError, Problems
from everycall.strict import Data, read_toml

T = TypeVar("T")
Draw = Callable[[], float]
"""Returns a number from 0 up to 1, as ``Random.random`` does."""

Share = Annotated[float, Field(ge=0, le=1)]
Weights = dict[str, Annotated[float, Field(ge=0)]]


class Shares(Data):
    """Shares between 0 and 1; ``rates.toml`` says what each is a share of."""

    without_victim: Share
    near_repeat: Share
    same_household: Share
    victim_again: Share
    spell: Share
    same_kind: Share
    chased: Share
    neighbours_call: Share
    burst: Share
    known_suspect: Share
    moved_away_stays_vacant: Share
    community_streets: Share
    of_the_community: Share
    mixed_couple: Share
    keeps_own_name: Share
    twins: Share
    named_after_parent: Share
    goes_by_another_name: Share
    landline: Share


class Rates(Data):
    """The file ``rates.toml``."""

    calls_in_a_year: tuple[tuple[int, float], ...] = Field(min_length=1)
    hours: tuple[float, ...] = Field(min_length=24, max_length=24)
    weekdays: tuple[float, ...] = Field(min_length=7, max_length=7)
    months: tuple[float, ...] = Field(min_length=12, max_length=12)
    sources: Weights
    closings: Weights
    grades: Weights
    roles_of_nobodys: Weights
    households: Weights
    circumstances: Weights
    circumstances_begin: Weights
    circumstances_end: dict[str, int]
    lives: dict[str, float]
    shares: Shares


class Weighted(Generic[T]):
    """Things with weights, drawn one at a time; quicker than ``Random.choices``.

    Parameters
    ----------
    weights
        Each thing and how likely it is beside the others.
    """

    __slots__ = ("_ends", "things")

    def __init__(self, weights: Mapping[T, float] | Sequence[tuple[T, float]]) -> None:
        pairs = list(weights.items() if isinstance(weights, Mapping) else weights)
        total = sum(weight for _, weight in pairs)
        self.things = tuple(thing for thing, _ in pairs)
        # The last end lies beyond 1, so that no rounding can lead past the last thing.
        self._ends = [*(end / total for end in accumulate(weight for _, weight in pairs[:-1])), 2.0]

    def draw(self, chance: Draw) -> T:
        """Return one of the things."""
        return self.things[bisect(self._ends, chance())]


def one_of(things: Sequence[T], chance: Draw) -> T:
    """Return one thing, each as likely as the others."""
    return things[int(chance() * len(things))]


@cache
def read_rates() -> Rates:
    """Read the rates; raise `PackError` with every problem when the file does not load."""
    problems = Problems()
    path = Path(str(files("everycall.demo").joinpath("rates.toml")))
    read = read_toml(path, Rates, problems)
    problems.raise_if_any("the rates of the made-up force do not load", PackError)
    assert read is not None
    return read
