"""Persons: strong pairs join, contradictions and words part, and nothing runs away."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from itertools import combinations
from random import Random

import messy
import pytest

from everycall.identity.keys import key_numbers
from everycall.identity.mention import Mention
from everycall.identity.model import shipped_model
from everycall.identity.persons import Known, contradict, group
from everycall.sweep import contradictions
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.gather import key_table, table_of
from everycall.sweep.history import SharedByMany, number
from everycall.sweep.linking import persons, score_history
from everycall.sweep.strong import strong_pairs

MAUREEN = Known(("MAUREEN",), "PECK", date(1951, 3, 2))


def contradicting(some: set[Known], others: set[Known]) -> bool:
    whole = any(len("".join(x.forenames[:1])) > 1 and x.surname and x.born for x in some & others)
    return not whole and any(contradict(x, y) for x in some for y in others)


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
    persons, _ = group([1, 2, 3], [(1, 2), (2, 3)], known.__getitem__, contradicting)
    assert persons == [[1, 2], [3]]


def sweep(some: list[Mention]) -> list[int]:
    with closing(DuckDB(0.5)) as engine:
        told = [(one, messy.START + timedelta(hours=n)) for n, one in enumerate(some)]
        engine.put("arrived", table_of(messy.rows(told)))
        engine.put(
            "mention_key", key_table((key, n) for n, m in enumerate(some, 1) for key in key_numbers(m))
        )
        number(engine, SharedByMany())
        score_history(engine, shipped_model(), messy.limits())
        return persons(engine, messy.limits()).leader.tolist()[1:]


def adam(forename: str, born: date | None, line: str) -> Mention:
    return Mention("caller", "witness", (forename,), "ELLISON", born=born, phone=f"+44163296011{line}")


@pytest.mark.parametrize("at_once", [2, 300])
def test_two_slips_that_contradict_part_nobody_of_one_whole_name_and_birth_date(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contradictions, "EACH_WITH_EACH", at_once)
    born = date(1951, 3, 2)
    told = [
        adam(name, born, line) for line in "45" for name in ("ADAM", "ADAM", "AAM" if line == "4" else "ADM")
    ]
    assert contradict(Known(("AAM",), "ELLISON", born), Known(("ADM",), "ELLISON", born))
    assert sweep(told) == [1] * 6


@pytest.mark.parametrize("born", [None, date(1951, 3, 2)])
def test_twins_and_kin_without_a_birth_date_are_still_parted(born: date | None) -> None:
    assert sweep([adam(name, born, "4") for name in ("ADAM", "ADAM", "BRIDGET", "BRIDGET")]) == [1, 1, 3, 3]


def test_every_mention_comes_out_once_in_whatever_order_they_come() -> None:
    rng = Random(2)
    known = {n: Known((rng.choice(("JOHN", "J", "JUNE", "JON")),), "HART") for n in range(1, 40)}
    strong = [pair for pair in combinations(known, 2) if rng.random() < 0.2]
    rng.shuffle(strong)
    first = group(known, strong, known.__getitem__, contradicting)
    assert group(list(reversed(list(known))), strong, known.__getitem__, contradicting) == first
    assert sorted(m for person in first[0] for m in person) == sorted(known)
    for person in first[0]:
        assert not any(contradict(known[a], known[b]) for a in person for b in person)


def test_two_groups_held_by_one_pair_are_reviewed_and_not_joined() -> None:
    strong = [*combinations((1, 2, 3, 4), 2), *combinations((5, 6, 7, 8), 2), (4, 5)]
    persons, reviews = group(range(1, 9), strong, lambda m: MAUREEN, contradicting)
    assert persons == [[1, 2, 3, 4], [5, 6, 7, 8]]
    assert [(r.why, r.mentions) for r in reviews] == [("bridge", (4, 5))]


def test_two_groups_held_by_two_pairs_are_joined() -> None:
    strong = [*combinations((1, 2, 3, 4), 2), *combinations((5, 6, 7, 8), 2), (4, 5), (1, 8)]
    assert group(range(1, 9), strong, lambda m: MAUREEN, contradicting) == ([list(range(1, 9))], [])


def test_a_very_large_person_is_reviewed() -> None:
    everyone = range(1, 252)
    strong = [(1, other) for other in everyone if other > 1]
    persons, reviews = group(everyone, strong, lambda m: MAUREEN, contradicting)
    assert len(persons) == 1
    assert [r.why for r in reviews] == ["large"]


def test_a_persons_word_joins_whatever_contradicts_and_parts_whatever_agrees() -> None:
    known = {1: MAUREEN, 2: Known(("DEAN",), "FOSS"), 3: Known(("MAUREEN",), "PECK")}
    joined, _ = group(
        [1, 2, 3], [(1, 3)], known.__getitem__, contradicting, together=[(1, 2)], worded={1, 2}.__contains__
    )
    assert joined == [[1, 2], [3]]  # 3 contradicts 2, who by a person's word is 1
    parted, _ = group(
        [1, 3],
        [(1, 3)],
        known.__getitem__,
        contradicting,
        apart=lambda a, b: {a, b} == {1, 3},
        worded=lambda m: True,
    )
    assert parted == [[1], [3]]


def test_the_persons_are_those_that_a_look_at_each_mention_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    some, limits = messy.mentions(400, 11), messy.limits()
    with closing(DuckDB(0.5)) as engine:
        engine.put("arrived", table_of(messy.rows(some)))
        engine.put(
            "mention_key", key_table((key, n) for n, (m, _) in enumerate(some, 1) for key in key_numbers(m))
        )
        number(engine, SharedByMany())
        score_history(engine, shipped_model(), limits)
        leaders = persons(engine, limits).leader.tolist()
        monkeypatch.setattr(contradictions, "EACH_WITH_EACH", 2)
        assert persons(engine, limits).leader.tolist() == leaders
        scored = engine.get(
            f"SELECT a, b FROM scored WHERE {strong_pairs(limits)} ORDER BY bits DESC, a, b"
        ).to_pylist()
        knowns = engine.get(
            "SELECT n, given, surname, born, CASE WHEN born IS NULL THEN 1970 + CAST(floor(day / 365.25e0) AS INTEGER) "
            "- years_old END AS year FROM mention"
        ).to_pylist()
    known = {
        row["n"]: Known(
            tuple((row["given"] or "").split()),
            row["surname"],
            date.fromisoformat(row["born"]) if row["born"] else None,
            row["year"],
        )
        for row in knowns
    }
    found, _ = group(known, [(row["a"], row["b"]) for row in scored], known.__getitem__, contradicting)
    assert [leaders[m] for person in found for m in person] == [person[0] for person in found for _ in person]
    assert 1 < len(found) < len(some)
