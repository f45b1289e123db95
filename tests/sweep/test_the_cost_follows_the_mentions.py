"""However many share one key, each is compared with few: a line with thousands of calls costs no square of them."""

from __future__ import annotations

from datetime import timedelta

import messy
import pytest

from everycall.identity.mention import Mention
from everycall.sweep import candidates
from everycall.sweep.candidates import ALL_UP_TO, NEIGHBOURS, find_candidates
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.gather import key_table, table_of
from everycall.sweep.history import SharedByMany, number


def person(surname: str) -> Mention:
    return Mention("caller", "witness", ("MAUREEN",), surname, phone="+441632960114")


def pairs(many: int, one_key_for: int) -> list[tuple[int, int]]:
    some = [(person("PECK"), messy.START + timedelta(hours=n)) for n in range(many)]
    engine = DuckDB()
    engine.put("arrived", table_of(messy.rows(some)))
    engine.put("mention_key", key_table((7, n) for n in range(1, one_key_for + 1)))
    number(engine, SharedByMany())
    find_candidates(engine, wider=False)
    found = engine.get("SELECT a, b FROM pair ORDER BY a, b").to_pylist()
    engine.close()
    return [(pair["a"], pair["b"]) for pair in found]


def test_a_few_are_compared_each_with_each() -> None:
    assert len(pairs(ALL_UP_TO, ALL_UP_TO)) == ALL_UP_TO * (ALL_UP_TO - 1) // 2


def test_of_thousands_each_is_compared_with_its_neighbours_and_none_is_left_out() -> None:
    found = pairs(3_000, 3_000)
    assert len(found) <= 3_000 * NEIGHBOURS
    assert {mention for pair in found for mention in pair} == set(range(1, 3_001))
    assert all(a > b for a, b in found)
    assert len(set(found)) == len(found)


def test_neighbours_are_those_of_like_name() -> None:
    names = ["PECK", "HART", "FOSS"]
    some = [(person(names[n % 3]), messy.START + timedelta(hours=n)) for n in range(3 * (ALL_UP_TO // 2))]
    engine = DuckDB()
    engine.put("arrived", table_of(messy.rows(some)))
    engine.put("mention_key", key_table((7, n) for n in range(1, len(some) + 1)))
    number(engine, SharedByMany())
    find_candidates(engine, wider=False)
    (row,) = engine.get(
        "SELECT avg(CASE WHEN x.surname = y.surname THEN 1e0 ELSE 0e0 END) AS alike FROM pair p "
        "JOIN mention x ON x.n = p.a JOIN mention y ON y.n = p.b"
    ).to_pylist()
    engine.close()
    assert row["alike"] > 0.7


def met_though_names_are_crossed() -> list[tuple[int, int]]:
    home = {"postcode": "PE13 9ZZ", "building": "PE13 9ZZ 14", "street": "LARCH ROAD"}
    moved = {"postcode": "NR3 4WY", "building": "NR3 4WY 14", "street": "MILL LANE"}
    told = [
        Mention("caller", "witness", ("MAUREEN",), "PECK", **home),
        Mention(
            "caller",
            "witness",
            ("PECKE",),
            "MAURENE",
            **{**home, "postcode": "NR3 4WY", "building": "NR3 4WY 9"},
        ),
        Mention("caller", "witness", ("PECK",), "MOREEN", **moved),
    ]
    engine = DuckDB()
    engine.put("arrived", table_of(messy.rows([(one, messy.START) for one in told])))
    engine.put("mention_key", key_table([]))
    number(engine, SharedByMany())
    find_candidates(engine)
    found = engine.get("SELECT a, b FROM pair ORDER BY a, b").to_pylist()
    engine.close()
    return [(pair["a"], pair["b"]) for pair in found]


def test_names_told_in_the_other_order_meet_by_street_or_house_though_all_else_differs() -> None:
    assert met_though_names_are_crossed() == [(2, 1), (3, 1)]


def test_a_vague_key_that_too_many_share_brings_nobody_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "FEW", 1)
    assert met_though_names_are_crossed() == []
