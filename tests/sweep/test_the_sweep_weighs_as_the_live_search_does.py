"""One model, two ways of weighing: SQL over the whole history and Python over one call's candidates must agree."""

from __future__ import annotations

import messy
import pytest

from everycall.identity.compare import compare
from everycall.identity.mention import Mention
from everycall.identity.model import shipped_model
from everycall.localtime import local_date
from everycall.sweep.engine import Engine, open_engine
from everycall.sweep.gather import table_of
from everycall.sweep.history import SharedByMany, number
from everycall.sweep.scoring import score

SHARED = SharedByMany({"+447700900124"}, {"PE13 9ZZ 9"})
MANY = 330


def weigh(engine: Engine, some: list[tuple[Mention, object]]) -> dict[tuple[int, int], dict[str, object]]:
    engine.make("pair", "SELECT x.n AS a, y.n AS b FROM mention x JOIN mention y ON x.n > y.n")
    score(engine, shipped_model())
    return {(pair["a"], pair["b"]): pair for pair in engine.get("SELECT * FROM scored").to_pylist()}


@pytest.mark.parametrize("name", ["duckdb"])
def test_fifty_thousand_messy_pairs_weigh_the_same(name: str) -> None:
    some = messy.mentions(MANY, seed=4)
    homes = {m.dwelling for m, _ in some if m.dwelling} | {m.building for m, _ in some if m.building}
    communal = sorted(homes)[:1]
    shared = SharedByMany(SHARED.phones, communal)
    engine = open_engine(name)
    engine.put("arrived", table_of(messy.rows(some)))
    number(engine, shared)
    weighed = weigh(engine, list(some))
    engine.close()
    assert len(weighed) == MANY * (MANY - 1) // 2 > 50_000
    model, seen, worst = shipped_model(), set(), 0.0
    for (a, b), pair in weighed.items():
        (mine, later), (theirs, earlier) = some[a - 1], some[b - 1]
        live = compare(mine, theirs, local_date(later), local_date(earlier), model, shared.phones, communal)
        levels = {agreement.field: agreement.level for agreement in live.agreements}
        assert {
            f: pair[f] for f in ("forename", "surname", "born", "phone", "email", "address") if pair[f]
        } == levels
        worst = max(worst, abs(live.bits - float(str(pair["bits"]))))
        seen |= set(levels.items())
    assert worst <= 1e-9
    every = {(field, level) for field, levels in model.levels.items() for level in levels}
    assert every - seen == set()
