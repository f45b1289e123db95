"""Persons: strong pairs join, contradictions and words part, and nothing runs away."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from everycall.identity.persons import Known, Strong, contradict, group

MAUREEN = Known(("MAUREEN",), "PECK", date(1951, 3, 2))


def chain(many: int, bits: float = 30.0) -> list[Strong]:
    return [Strong(n, n + 1, bits) for n in range(1, many)]


@pytest.mark.parametrize(
    ("other", "apart"),
    [
        (Known(("MO",), "PECK", date(1951, 3, 2)), False),
        (Known(("M",), "PECK"), False),
        (Known(("MAUREEN",), "PECK", date(1951, 2, 3)), False),
        (Known(("MAUREEN",), "HART"), False),
        (Known(("PECK",), "MAUREEN"), False),
        (Known(("JUNE", "MAUREEN"), "PECK"), False),
        (Known(), False),
        (Known(("DEAN",), "PECK"), True),
        (Known(("MAUREEN",), "PECK", date(1979, 8, 14)), True),
        (Known(("MAUREEN",), "PECK", None, 1979), True),
        (Known(("MAUREEN",), "PECK", None, 1952), False),
    ],
    ids=lambda value: None,
)
def test_only_a_plain_contradiction_parts(other: Known, apart: bool) -> None:
    assert contradict(MAUREEN, other) is contradict(other, MAUREEN) is apart


def test_an_initial_between_two_forenames_does_not_make_them_one() -> None:
    known = {1: Known(("JOHN",), "HART"), 2: Known(("J",), "HART"), 3: Known(("JUNE",), "HART")}
    persons, _ = group([1, 2, 3], [Strong(1, 2, 28), Strong(2, 3, 27)], known.__getitem__)
    assert persons == [[1, 2], [3]]


def test_every_mention_comes_out_once_in_whatever_order_the_pairs_come() -> None:
    rng = Random(2)
    known = {n: Known((rng.choice(("JOHN", "J", "JUNE", "JON")),), "HART") for n in range(1, 40)}
    strong = [
        Strong(a, b, float(rng.randrange(20, 40)))
        for a in known
        for b in known
        if a < b and rng.random() < 0.2
    ]
    first = group(known, strong, known.__getitem__)
    rng.shuffle(strong)
    assert group(list(reversed(list(known))), strong, known.__getitem__) == first
    assert sorted(m for person in first[0] for m in person) == sorted(known)
    for person in first[0]:
        assert not any(contradict(known[a], known[b]) for a in person for b in person)


def test_two_groups_held_by_one_pair_are_reviewed_and_not_joined() -> None:
    strong = [Strong(a, b, 30.0) for g in ((1, 2, 3, 4), (5, 6, 7, 8)) for a in g for b in g if a < b]
    persons, reviews = group(range(1, 9), [*strong, Strong(4, 5, 29.0)], lambda m: MAUREEN)
    assert persons == [[1, 2, 3, 4], [5, 6, 7, 8]]
    assert [(r.why, r.mentions) for r in reviews] == [("bridge", (4, 5))]


def test_a_very_large_person_is_reviewed() -> None:
    everyone = range(1, 252)
    strong = [Strong(1, other, 30.0) for other in everyone if other > 1]
    persons, reviews = group(everyone, strong, lambda m: MAUREEN)
    assert len(persons) == 1
    assert [r.why for r in reviews] == ["large"]


def test_a_persons_word_joins_whatever_contradicts_and_parts_whatever_agrees() -> None:
    known = {1: MAUREEN, 2: Known(("DEAN",), "FOSS"), 3: MAUREEN}
    joined, _ = group(
        [1, 2, 3], [Strong(1, 3, 40.0)], known.__getitem__, together=[(1, 2)], worded={1, 2}.__contains__
    )
    assert joined == [[1, 2], [3]]  # 3 contradicts 2, who by a person's word is 1
    parted, _ = group(
        [1, 3],
        [Strong(1, 3, 40.0)],
        known.__getitem__,
        apart=lambda a, b: {a, b} == {1, 3},
        worded=lambda m: True,
    )
    assert parted == [[1], [3]]
