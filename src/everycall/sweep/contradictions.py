"""What mentions say of themselves, and which of it contradicts: Python is asked once for two different sayings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from everycall.identity.persons import YEARS_APART, Known, births_differ, contradict, forenames_unlike
from everycall.identity.whole_names import one_by_surname
from everycall.sweep.components import Numbers
from everycall.sweep.engine import Engine

EACH_WITH_EACH = 300
"""Up to so many different sayings in one component each is held to each beforehand; of more, as it comes up."""
_AT_ONCE = 1_000_000
"""Pairs of sayings that are held at one time."""
_SAID = "forename, more_forenames, surname, born, year"


class Sayings:
    """The different sayings (names, birth date, the year an age points to) by number, and who says which.

    Parameters
    ----------
    engine
        With ``mention``.
    """

    def __init__(self, engine: Engine) -> None:
        engine.make(
            "known_of",
            f"SELECT n, dense_rank() OVER (ORDER BY {_SAID}) - 1 AS known, {_SAID} FROM (SELECT n, forename, "
            "more_forenames, surname, born, CASE WHEN born IS NULL THEN 1970 + CAST(floor(day / 365.25e0) AS INTEGER) "
            "- years_old END AS year FROM mention) AS m",
        )
        ids = engine.get("SELECT known FROM known_of ORDER BY n").column("known").to_numpy()
        self.of: Numbers = np.concatenate([np.zeros(1, np.int64), ids.astype(np.int64)])
        """The saying of each mention by its number (mention 0 is nobody)."""
        table = engine.get(
            f"SELECT {_SAID}, "
            "CASE WHEN more_forenames IS NULL THEN forename ELSE concat(forename, ' ', more_forenames) END AS given, "
            "coalesce(CAST(substr(born, 1, 4) AS INTEGER), year, -1) AS birth_year "
            f"FROM (SELECT DISTINCT known, {_SAID} FROM known_of) AS k ORDER BY known"
        )
        engine.drop("known_of")
        self._columns = [table.column(name).combine_chunks() for name in _SAID.split(", ")]
        self._given, self._givens = _numbered(table.column("given"))
        self._surname, self._surnames = _numbered(table.column("surname"))
        self._born, self._births = _numbered(table.column("born"))
        self._year = table.column("birth_year").to_numpy().astype(np.int64)
        self._whole = set(
            np.flatnonzero(
                (pc.utf8_length(table.column("forename")).fill_null(0).to_numpy() > 1)
                & table.column("surname").is_valid().to_numpy()
                & table.column("born").is_valid().to_numpy()
            ).tolist()
        )
        """Those with a whole name and a birth date."""
        self._known: dict[int, Known] = {}
        self._answers: dict[tuple[int, int], bool] = {}
        self._against: dict[int, set[int]] = defaultdict(set)

    def contradicted(self, component: Numbers, some: Numbers) -> tuple[Numbers, Numbers]:
        """Return the components in which a saying contradicts another, and those with too many to hold each to each.

        Parameters
        ----------
        component
            The component of each mention.
        some
            The mentions to look at.
        """
        sayings = len(self._year)
        which, said = np.divmod(np.unique(component[some] * sayings + self.of[some]), max(sayings, 1))
        first = np.flatnonzero(np.diff(which, prepend=-1))
        size = np.diff(first, append=len(which))
        few = size <= EACH_WITH_EACH
        self._make(np.unique(said[np.repeat(~few, size)]))  # asked about one by one
        found = [which[a[self._ask(said[a], said[b])]] for a, b in _each_with_each(first[few], size[few])]
        return np.unique(np.concatenate([np.zeros(0, np.int64), *found])), which[first[~few]]

    def contradicting(self, one: set[int], other: set[int]) -> bool:
        """Say whether any of one set contradicts any of the other, where `contradicted` held each to each.

        Not where both hold one whole name with one birth date: then two slips that differ part nobody.
        """
        small, large = (one, other) if len(one) <= len(other) else (other, one)
        against = self._against
        for said in small:
            if said in against and not large.isdisjoint(against[said]):
                return not self._one_by_name_and_birth(small, large)
        return False

    def contradicting_of_many(self, one: set[int], other: set[int]) -> bool:
        """Say whether any of one set contradicts any of the other, in components of too many for that."""
        small, large = (one, other) if len(one) <= len(other) else (other, one)
        if self._one_by_name_and_birth(small, large):
            return False
        return any(self._answer(min(x, y), max(x, y)) for x in small for y in large)

    def _one_by_name_and_birth(self, small: set[int], large: set[int]) -> bool:
        """Say whether both have somebody of one whole name and birth date."""
        return not self._whole.isdisjoint(small & large)

    def _answer(self, x: int, y: int) -> bool:
        answer = self._answers.get((x, y))
        if answer is None:
            answer = self._answers[x, y] = contradict(self._known[x], self._known[y])
        return answer

    def _ask(self, one: Numbers, other: Numbers) -> NDArray[np.bool_]:
        """Return which of these pairs contradict: of those that may, each two sayings are looked at once."""
        apart = self._years_apart(one, other)
        for field in (self._given, self._born):
            apart |= _both_and_not_one(field[one], field[other])
        asked = np.flatnonzero(apart)
        sayings = len(self._year)
        pairs, places = np.unique(one[asked] * sayings + other[asked], return_inverse=True)
        mine, theirs = np.divmod(pairs, max(sayings, 1))
        told = self._contradict(mine, theirs)
        for x, y in zip(mine[told].tolist(), theirs[told].tolist(), strict=True):
            self._against[x].add(y)
            self._against[y].add(x)
        answers = np.zeros(len(one), bool)
        answers[asked] = told[places]
        return answers

    def _contradict(self, one: Numbers, other: Numbers) -> NDArray[np.bool_]:
        """Say of sayings what `contradict` says, and ask Python once of two forenames, whole names or birth dates."""
        given, surname, born = self._given, self._surname, self._born
        both_born = np.minimum(born[one], born[other]) >= 0
        told = self._years_apart(one, other) & ~both_born
        some = np.flatnonzero(both_born)
        births = [date.fromisoformat(text) for text in self._births]
        told[some] = _of_each_two(births_differ, births, born[one[some]], born[other[some]])
        some = np.flatnonzero(_both_and_not_one(given[one], given[other]))
        unlike = _of_each_two(forenames_unlike, self._givens, given[one[some]], given[other[some]])
        some = some[unlike]
        named = np.minimum(surname[one[some]], surname[other[some]]) >= 0
        told[some[~named]] = True
        some = some[named]
        names, which = np.unique(given * len(self._surnames) + surname, return_inverse=True)
        whole = [divmod(name, max(len(self._surnames), 1)) for name in names.tolist()]
        told[some] |= ~_of_each_two(self._one_by_surname, whole, which[one[some]], which[other[some]])
        return told

    def _one_by_surname(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        return one_by_surname(
            self._givens[one[0]], self._surnames[one[1]], self._givens[other[0]], self._surnames[other[1]]
        )

    def _years_apart(self, one: Numbers, other: Numbers) -> NDArray[np.bool_]:
        mine, theirs = self._year[one], self._year[other]
        apart: NDArray[np.bool_] = (np.minimum(mine, theirs) >= 0) & (np.abs(mine - theirs) > YEARS_APART)
        return apart

    def _make(self, numbers: Numbers) -> None:
        new = [number for number in numbers.tolist() if number not in self._known]
        values = (column.take(np.array(new, np.int64)).to_pylist() for column in self._columns)
        self._known |= dict(zip(new, map(_as_known, *values), strict=True))


def _as_known(
    forename: str | None, more: str | None, surname: str | None, born: str | None, year: int | None
) -> Known:
    forenames = (forename, *more.split(" ")) if forename and more else (forename,) if forename else ()
    return Known(forenames, surname, date.fromisoformat(born) if born else None, year)


def _numbered(column: Any) -> tuple[Numbers, list[Any]]:
    """Return a number for each different value, a missing one below 0, and the values by their numbers."""
    different = column.combine_chunks().dictionary_encode()
    numbers = different.indices.fill_null(-1).to_numpy()
    return np.asarray(numbers, np.int64), different.dictionary.to_pylist()


def _both_and_not_one(one: Numbers, other: Numbers) -> NDArray[np.bool_]:
    """Return where both are known and not the same."""
    differ: NDArray[np.bool_] = (np.minimum(one, other) >= 0) & (one != other)
    return differ


def _of_each_two(
    function: Callable[[Any, Any], bool], values: Sequence[Any], one: Numbers, other: Numbers
) -> NDArray[np.bool_]:
    """Return what a function says of values by their numbers, asked once of each two."""
    pairs, places = np.unique(one * len(values) + other, return_inverse=True)
    mine, theirs = (part.tolist() for part in np.divmod(pairs, max(len(values), 1)))
    told = (function(values[x], values[y]) for x, y in zip(mine, theirs, strict=True))
    answers: NDArray[np.bool_] = np.fromiter(told, bool, len(pairs))[places]
    return answers


def _each_with_each(first: Numbers, size: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield, in parts, the places of each two of a run; runs have a first place and a size."""
    pairs = np.cumsum(size * (size - 1) // 2)
    for part in np.split(np.arange(len(first)), np.flatnonzero(np.diff(pairs // _AT_ONCE)) + 1):
        many = size[part]
        begins = np.cumsum(many) - many
        place = np.repeat(first[part] - begins, many) + np.arange(many.sum())
        left = np.repeat(first[part] + many, many) - place - 1
        one = np.repeat(place, left)
        yield one, one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(left) - left, left)
