"""The history linked: candidates, weights, persons; the same on either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from everycall.identity.model import Model
from everycall.identity.persons import Known, Review, Strong, agrees_throughout, group
from everycall.identity.rules import Search
from everycall.sweep.candidates import find_candidates
from everycall.sweep.components import components
from everycall.sweep.engine import Engine
from everycall.sweep.scoring import score
from everycall.sweep.strong import strong_pairs

LOOK_CLOSER_FROM = 8
"""Components of so many mentions, not all alike, are looked at for bridges even where nothing contradicts."""


@dataclass(frozen=True, slots=True)
class Words:
    """What people said, as numbers of mentions: who is one human, and whether two may not be."""

    together: Sequence[tuple[int, int]] = ()
    apart: Callable[[int, int], bool] | None = None
    about: frozenset[int] = frozenset()
    against_newer: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Persons:
    """For each mention (by its number) the lowest mention of the same person, and the lowest that it hangs together
    with at all; and what is to be reviewed.
    """

    leader: NDArray[np.int64]
    component: NDArray[np.int64]
    reviews: tuple[Review, ...]


def score_history(
    engine: Engine,
    model: Model,
    limits: Search,
    wider: bool = True,
    at_least: float | None = None,
    after: int | None = None,
) -> None:
    """Make ``pair`` and ``scored`` from ``mention`` and ``mention_key``.

    Parameters
    ----------
    wider
        Whether the wider keys count, beside those of the live search.
    at_least
        How many bits a pair must have. Without it only pairs are kept that are one human by themselves, which is what
        persons are grouped by, and costs least.
    after
        Only pairs of which one mention has a number (the store's) above this.
    """
    find_candidates(engine, wider, after)
    score(engine, model, at_least, limits if at_least is None else None)


def persons(engine: Engine, limits: Search, words: Words = Words()) -> Persons:
    """Group every mention into persons, from ``scored``."""
    known_ids, knowns = _known(engine)
    size = len(known_ids)
    pairs = engine.get(f"SELECT a, b, bits FROM scored WHERE {strong_pairs(limits)}")
    a, b, bits = (pairs.column(name).to_numpy() for name in ("a", "b", "bits"))
    one, other = (np.array([w[n] for w in words.together], np.int64) for n in (0, 1))
    component = components(size, np.concatenate([a, one]), np.concatenate([b, other]))
    leader = component.copy()
    reviews: list[Review] = list(words.against_newer)
    for members, strong in _unclear(component, known_ids, a, b, bits, knowns, words.about):
        inside = set(members)
        found, some = group(
            members,
            strong,
            lambda n: knowns[int(known_ids[n])],
            [word for word in words.together if word[0] in inside],
            words.apart,
            words.about.__contains__,
        )
        reviews += some
        for person in found:
            leader[person] = person[0]
    return Persons(leader, component, tuple(reviews))


class _Knowns:
    """The different knowns by their number; each is made when it is first asked for, since most never are."""

    def __init__(self, table: Any) -> None:
        self._columns = [table.column(name) for name in table.column_names[1:]]
        self._made: dict[int, Known] = {}

    def __getitem__(self, number: int) -> Known:
        made = self._made.get(number)
        if made is None:
            made = _as_known(*(column[number].as_py() for column in self._columns))
            self._made[number] = made
        return made


def _known(engine: Engine) -> tuple[NDArray[np.int64], _Knowns]:
    """Return for each mention which of the different knowns it has (mention 0 is nobody)."""
    what = "forename, more_forenames, surname, born, year"
    engine.make(
        "known_of",
        f"SELECT n, dense_rank() OVER (ORDER BY {what}) - 1 AS known, {what} FROM (SELECT n, forename, more_forenames, "
        "surname, born, CASE WHEN born IS NULL THEN 1970 + CAST(floor(day / 365.25e0) AS INTEGER) - years_old END "
        "AS year FROM mention) AS m",
    )
    ids = engine.get("SELECT known FROM known_of ORDER BY n").column("known").to_numpy()
    table = engine.get(f"SELECT DISTINCT known, {what} FROM known_of ORDER BY known")
    engine.drop("known_of")
    return np.concatenate([np.zeros(1, np.int64), ids.astype(np.int64)]), _Knowns(table)


def _as_known(
    forename: str | None, more: str | None, surname: str | None, born: str | None, year: int | None
) -> Known:
    forenames = (forename, *more.split(" ")) if forename and more else (forename,) if forename else ()
    return Known(forenames, surname, date.fromisoformat(born) if born else None, year)


def _unclear(
    leader: NDArray[np.int64],
    known_ids: NDArray[np.int64],
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    bits: NDArray[np.float64],
    knowns: _Knowns,
    worded: frozenset[int],
) -> Iterator[tuple[list[int], list[Strong]]]:
    """Yield the components that need a closer look, each with its strong pairs."""
    members: dict[int, list[int]] = {}
    spoken_of = {int(leader[n]) for n in worded}
    first_known = known_ids[leader]
    varied = np.zeros(len(leader), bool)
    varied[leader[known_ids != first_known]] = True
    varied[list(spoken_of)] = True
    some = np.flatnonzero(varied[leader])
    order = some[np.argsort(leader[some], kind="stable")]
    starts = np.flatnonzero(np.diff(leader[order], prepend=-1)).tolist()
    for start, end in pairwise([*starts, len(order)]):
        if end - start < 2:
            continue
        inside = order[start:end]
        first = int(leader[inside[0]])
        if (
            first not in spoken_of
            and end - start < LOOK_CLOSER_FROM
            and agrees_throughout(knowns[k] for k in set(known_ids[inside].tolist()))
        ):
            continue
        members[first] = inside.tolist()
    looked_at = np.zeros(len(leader), bool)
    looked_at[list(members)] = True
    rows = np.flatnonzero(looked_at[leader[a]])
    rows = rows[np.argsort(leader[a[rows]], kind="stable")]
    firsts = sorted(members)
    ends = np.searchsorted(leader[a[rows]], firsts, side="right").tolist()
    for first, start, end in zip(firsts, [0, *ends], ends, strict=False):  # one component's pairs at a time
        some = rows[start:end]
        pairs = zip(a[some].tolist(), b[some].tolist(), bits[some].tolist(), strict=True)
        yield members.pop(first), [Strong(x, y, weight) for x, y, weight in pairs]
