"""The history linked: candidates, weights, persons; the same on either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from everycall.identity.model import Model
from everycall.identity.persons import Review, group
from everycall.identity.rules import Search
from everycall.sweep.candidates import find_meetings, forget_meetings, pairs_of
from everycall.sweep.components import Numbers, components
from everycall.sweep.contradictions import Sayings
from everycall.sweep.engine import Engine
from everycall.sweep.scoring import forget_prepared, meet, prepare, reach, weigh
from everycall.sweep.strong import bits_of_a_person, strong_pairs

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

    leader: Numbers
    component: Numbers
    reviews: tuple[Review, ...]


def score_history(
    engine: Engine,
    model: Model,
    limits: Search,
    wider: bool = True,
    at_least: float | None = None,
    after: int | None = None,
    every_level: bool = True,
) -> None:
    """Make ``scored`` from ``mention`` and ``mention_key``, in as many parts as the engine likes.

    Parameters
    ----------
    wider
        Whether the wider keys count, beside those of the live search.
    at_least
        How many bits a pair must have. Without it only pairs are kept that are one human by themselves, which is what
        persons are grouped by, and costs least.
    after
        Only pairs of which one mention has a number (the store's) above this.
    every_level
        Tell every level of a pair; without it only what `persons` asks about.
    """
    mentions = engine.get("SELECT count(*) AS n FROM mention").column("n")[0].as_py()
    parts = engine.parts(mentions)
    find_meetings(engine, wider, after, parts)
    surely = limits if at_least is None else None
    needed = bits_of_a_person(surely) if surely else at_least
    days = prepare(engine, model, surely is not None)

    def of_each_part() -> Iterator[str]:
        engine.make("pair", pairs_of(0 if parts > 1 else None, after))
        for part in range(parts):
            meet(engine, days)
            reach(engine, model, days, needed, every_level)
            # while Python compares the names of one part, which keeps one core, the pairs of the next are found
            more = engine.beside("pair", pairs_of(part + 1, after)) if part + 1 < parts else nullcontext()
            with more:
                yield weigh(engine, model, needed, surely, every_level)

    engine.make_parts("scored", of_each_part())
    forget_meetings(engine)
    forget_prepared(engine)
    engine.drop("pair")


def persons(engine: Engine, limits: Search, words: Words = Words()) -> Persons:
    """Group every mention into persons, from ``scored``."""
    sayings = Sayings(engine)
    # the surest first: sorted by the engine, which uses every core
    pairs = engine.get(f"SELECT a, b FROM scored WHERE {strong_pairs(limits)} ORDER BY bits DESC, a, b")
    a, b = (pairs.column(name).to_numpy() for name in ("a", "b"))
    one, other = (np.array([w[n] for w in words.together], np.int64) for n in (0, 1))
    component = components(len(sayings.of), np.concatenate([a, one]), np.concatenate([b, other]))
    leader = component.copy()
    reviews: list[Review] = list(words.against_newer)
    looked_at, many = _unclear(component, sayings, words.about)
    of_many = set(many.tolist())
    for first, members, strong in _with_pairs(component, looked_at, a, b):
        inside = set(members) if words.together else set()
        found, some = group(
            members,
            strong,
            sayings.of.item,
            sayings.contradicting_of_many if first in of_many else sayings.contradicting,
            [word for word in words.together if word[0] in inside],
            words.apart,
            words.about.__contains__,
        )
        reviews += some
        for person in found:
            leader[person] = person[0]
    return Persons(leader, component, tuple(reviews))


def _unclear(component: Numbers, sayings: Sayings, worded: frozenset[int]) -> tuple[Numbers, Numbers]:
    """Return the components that need a closer look, in order, and those of too many different sayings."""
    size = np.bincount(component, minlength=len(component))
    varied = np.zeros(len(component), bool)
    varied[component[sayings.of != sayings.of[component]]] = True
    contradicted, many = sayings.contradicted(component, np.flatnonzero(varied[component]))
    unclear = varied & (size >= LOOK_CLOSER_FROM)
    unclear[contradicted] = unclear[many] = True
    unclear[component[sorted(worded)]] = True
    return np.flatnonzero(unclear & (size > 1)), many


def _with_pairs(
    component: Numbers, looked_at: Numbers, a: Numbers, b: Numbers
) -> Iterator[tuple[int, list[int], list[tuple[int, int]]]]:
    """Yield these components, each with its mentions and, in the order they come in, its pairs."""
    inside = np.zeros(len(component), bool)
    inside[looked_at] = True
    # so few numbers that they are of 16 bits, which are sorted many times faster
    place = np.zeros(len(component), np.min_scalar_type(len(looked_at)))
    place[looked_at] = np.arange(len(looked_at))
    members = np.flatnonzero(inside[component])
    rows = np.flatnonzero(inside[component[a]])
    members, starts = _by_place(members, place[component[members]], len(looked_at))
    rows, first_rows = _by_place(rows, place[component[a[rows]]], len(looked_at))
    one, other = a[rows], b[rows]
    for n, first in enumerate(looked_at.tolist()):  # one component's pairs at a time
        some = slice(first_rows[n], first_rows[n + 1])
        yield (
            first,
            members[starts[n] : starts[n + 1]].tolist(),
            list(zip(one[some].tolist(), other[some].tolist(), strict=True)),
        )


def _by_place(values: Numbers, place: NDArray[Any], places: int) -> tuple[Numbers, list[int]]:
    """Return values by their places, else in the order they had, and where those of each place begin and end."""
    order = np.argsort(place, kind="stable")
    return values[order], [0, *np.cumsum(np.bincount(place, minlength=places)).tolist()]
