"""Numbers of persons that last: a person found again keeps its number, whatever the model of the day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """Mentions that passed from one person to another.

    ``merged``: nobody of the former person is left. ``split``: the rest stayed.
    """

    kind: str
    from_person: int
    to_person: int
    mentions: tuple[int, ...]


def number(
    groups: Sequence[Sequence[int]], before: Mapping[int, int], next_number: int
) -> tuple[list[int], list[Change]]:
    """Give every group of mentions its person's number.

    A group keeps the number of which it holds the most mentions; where two hold as many, the one with the
    earliest mention. Others are numbered anew in the order of their earliest mention.

    Parameters
    ----------
    groups
        The mentions of each person.
    before
        Which person each mention was of; without those it never had.
    next_number
        The first number nobody ever had.

    Returns
    -------
    tuple
        A number for each group, and what changed.
    """
    kept: dict[int, int] = {}
    taken: set[int] = set()
    shares = [  # none where nobody had a number: a first sweep
        (-many, min(group), index, person)
        for index, group in enumerate(groups if before else ())
        for person, many in Counter(before[m] for m in group if m in before).items()
    ]
    for _, _, index, person in sorted(shares):
        if index not in kept and person not in taken:
            kept[index] = person
            taken.add(person)
    for index in sorted((n for n in range(len(groups)) if n not in kept), key=lambda n: min(groups[n])):
        kept[index] = next_number
        next_number += 1
    numbers = [kept[index] for index in range(len(groups))]
    return numbers, _changes(groups, numbers, before) if before else []


def _changes(
    groups: Sequence[Sequence[int]], numbers: Sequence[int], before: Mapping[int, int]
) -> list[Change]:
    left = {
        before[m]
        for group, person in zip(groups, numbers, strict=True)
        for m in group
        if before.get(m) == person
    }
    passed: dict[tuple[int, int], list[int]] = defaultdict(list)
    for group, person in zip(groups, numbers, strict=True):
        for mention in group:
            if before.get(mention, person) != person:
                passed[before[mention], person].append(mention)
    return [
        Change("split" if one in left else "merged", one, other, tuple(sorted(mentions)))
        for (one, other), mentions in sorted(passed.items())
    ]
