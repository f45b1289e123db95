"""One model, two ways of weighing: SQL over the whole history and Python over one call's candidates must agree."""

from __future__ import annotations

import messy
import pytest

from everycall.identity.compare import compare
from everycall.identity.keys import keys_of
from everycall.identity.mention import Mention
from everycall.localtime import local_date
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.engine import Engine, open_engine
from everycall.sweep.gather import key_table, table_of
from everycall.sweep.history import SharedByMany
from everycall.sweep.history import number as number_mentions
from everycall.sweep.linking import persons, score_history
from everycall.sweep.scoring import score
from everycall.sweep.spark_engine import Spark
from everycall.sweep.strong import bits_of_a_person, strong_pairs

LIMITS = messy.limits()
MODEL = messy.model()
KEPT = ("forename", "surname", "born", "phone", "email", "address")
"""The levels that are kept of each pair; all are weighed."""
SHARED = SharedByMany({"+447700900124"}, {"PE13 9ZZ 9"})
MANY = 330
QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.master": "local[1]",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
}


def weigh(engine: Engine, some: list[tuple[Mention, object]]) -> dict[tuple[int, int], dict[str, object]]:
    engine.make("pair", "SELECT x.n AS a, y.n AS b FROM mention x JOIN mention y ON x.n > y.n")
    score(engine, MODEL)
    return {(pair["a"], pair["b"]): pair for pair in engine.get("SELECT * FROM scored").to_pylist()}


def test_fifty_thousand_messy_pairs_weigh_the_same() -> None:
    some = messy.mentions(MANY, seed=4)
    homes = {m.dwelling for m, _ in some if m.dwelling} | {m.building for m, _ in some if m.building}
    communal = sorted(homes)[:1]
    shared = SharedByMany(SHARED.phones, communal)
    engine = open_engine("duckdb")
    engine.put("arrived", table_of(messy.rows(some)))
    number_mentions(engine, shared)
    weighed = weigh(engine, list(some))
    engine.close()
    assert len(weighed) == MANY * (MANY - 1) // 2 > 50_000
    model, seen, worst = MODEL, set(), 0.0
    for (a, b), pair in weighed.items():
        (mine, later), (theirs, earlier) = some[a - 1], some[b - 1]
        live = compare(mine, theirs, local_date(later), local_date(earlier), model, shared.phones, communal)
        levels = {agreement.field: agreement.level for agreement in live.agreements}
        assert {field: pair[field] for field in KEPT if pair[field]} == {
            field: level for field, level in levels.items() if field in KEPT
        }
        worst = max(worst, abs(live.bits - float(str(pair["bits"]))))
        seen |= set(levels.items())
    assert worst <= 1e-9
    every = {(field, level) for field, levels in model.levels.items() for level in levels}
    assert every - seen == set()


def test_what_is_left_out_before_names_are_asked_about_would_not_have_been_one_human() -> None:
    some = messy.mentions(MANY, seed=9)
    engine = open_engine("duckdb")
    engine.put("arrived", table_of(messy.rows(some)))
    number_mentions(engine, SHARED)
    weigh(engine, list(some))
    query = f"SELECT * FROM scored WHERE {strong_pairs(LIMITS)} ORDER BY a, b"
    every = engine.get(query).to_pylist()
    for few in ({"surely": LIMITS}, {"at_least": bits_of_a_person(LIMITS)}):
        score(engine, MODEL, **few)
        assert engine.get(query).to_pylist() == every
    engine.close()
    assert len(every) > 1_000
    assert {"transposed", "nickname", "exact"} <= {pair["forename"] for pair in every}
    assert {"part", "similar", "transposed", "exact"} <= {pair["surname"] for pair in every}


def test_in_several_parts_the_same_pairs_weigh_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    some = messy.mentions(MANY, seed=6)
    keys = [(key.hash, number) for number, (m, _) in enumerate(some, 1) for key in keys_of(m)]
    found = []
    for parts in (1, 5):
        monkeypatch.setattr(DuckDB, "parts", lambda engine, mentions, parts=parts: parts)
        engine = DuckDB()
        engine.put("arrived", table_of(messy.rows(some)))
        engine.put("mention_key", key_table(keys))
        number_mentions(engine, SHARED)
        score_history(engine, MODEL, LIMITS, every_level=parts == 1)
        told = "a, b, days, forename, born, bits"
        found.append(engine.get(f"SELECT {told} FROM scored ORDER BY a, b").to_pylist())
        engine.close()
    assert found[0] == found[1]
    assert len(found[0]) > 100


def test_spark_weighs_as_duckdb_does_and_finds_the_same_persons() -> None:
    some = messy.mentions(60, seed=6)
    keys = [(key.hash, number) for number, (m, _) in enumerate(some, 1) for key in keys_of(m)]
    found = {}
    for name in ("duckdb", "spark"):
        # so little data that compiling each query would take longest
        engine: Engine = DuckDB() if name == "duckdb" else Spark(settings=QUICK)
        engine.put("arrived", table_of(messy.rows(some)))
        engine.put("mention_key", key_table(keys))
        number_mentions(engine, SharedByMany({"+447700900124"}, ()))
        score_history(engine, MODEL, LIMITS, wider=False, at_least=-1_000.0)
        weights = {
            (row["a"], row["b"]): row["bits"]
            for row in engine.get("SELECT a, b, bits FROM scored").to_pylist()
        }
        found[name] = (weights, persons(engine, LIMITS).leader.tolist())
        engine.close()
    duckdb, spark = found["duckdb"], found["spark"]
    assert len(duckdb[0]) > 300
    assert duckdb[0].keys() == spark[0].keys()
    assert max(abs(duckdb[0][pair] - spark[0][pair]) for pair in duckdb[0]) <= 1e-9
    assert duckdb[1] == spark[1]
    assert len(set(duckdb[1])) < 61
