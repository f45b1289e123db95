"""What the sweep joins by the keys of the live search, the live search finds too, with the same weight."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import messy
import pytest

import build
from everycall.call import read_call
from everycall.demo.force import make_force, read_lines
from everycall.identity.compare import compare
from everycall.identity.keys import keys_of
from everycall.identity.mention import mentions_of
from everycall.localtime import local_date
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.history import bring
from everycall.sweep.linking import score_history
from everycall.sweep.strong import bits_for

LATER = build.NOW + timedelta(days=1)
_PAIRS = """
SELECT x.ref AS ref, x.which AS which, y.ref AS other_ref, y.which AS other, y.id, s.bits,
       x.supposed OR y.supposed AS supposed
FROM scored s JOIN mention x ON x.n = s.a JOIN mention y ON y.n = s.b WHERE x.ref <> y.ref ORDER BY s.a, s.b
"""


def test_every_pair_on_live_keys_is_found_live_with_the_same_weight(
    sqlite_store: str, tmp_path: Path
) -> None:
    make_force(300, 11, tmp_path, build.NOW)
    calls = [read_call(line).call for line in read_lines(tmp_path / "calls.jsonl")]
    named = {
        (call.ref, m.which): (m, local_date(call.received_at)) for call in calls for m in mentions_of(call)
    }
    force = build.force_at(sqlite_store)
    build.take(force, *calls)
    engine, limits = DuckDB(), messy.limits()
    shared = bring(engine, force.store.connection, limits, local_date(build.NOW))
    possible = bits_for(limits.possible_probability, limits.population)
    score_history(engine, force.model, limits, wider=False, at_least=possible)
    pairs = engine.get(_PAIRS).to_pylist()
    engine.close()
    weighed = 0
    for pair in pairs:
        mine, my_day = named[pair["ref"], pair["which"]]
        theirs, their_day = named[pair["other_ref"], pair["other"]]
        found = force.history.candidates(list(keys_of(mine)), pair["ref"], LATER, LATER)
        assert pair["id"] in {past.id for past in found.mentions}
        if not pair["supposed"]:
            live = compare(mine, theirs, my_day, their_day, force.model, shared.phones, shared.homes)
            assert live.bits == pytest.approx(pair["bits"], abs=1e-9)
            weighed += 1
    force.store.close()
    assert len(pairs) > 150
    assert weighed > 50
