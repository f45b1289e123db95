"""The live search alone, in a history of as many mentions as asked for, and Splink's own live way beside it.

``python -m benchmarks.live_search MENTIONS [--splink] [--postgresql]`` prints one JSON. The mentions are made up and
written straight to the tables, in normal form, people and the place of each call; a tenth of the names have a slip,
and a phone, birth date and home are often missing. Who is looked for rings again, with slips of their own. Found is
what the search holds for the same person by itself; precision and recall are over pairs of the call in hand and an
earlier one.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

from benchmarks import postgresql
from benchmarks.machine import machine, memory_mib
from benchmarks.speed import share
from everycall.force import Force
from everycall.identity.keys import keys_of
from everycall.identity.mention import LOCATION, Mention
from everycall.identity.normalise.frequencies import _shares
from everycall.identity.search import search
from everycall.long_running import get_ready
from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.store.store import Store
from everycall.store.writing import insert, writing

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SEED = 20260601
ASKED = 500
WARM = 50
_CHUNK = 50_000
_VOWELS, _OTHERS = "AEIOU", "BCDFGHKLMNPRSTVW"


@dataclass(slots=True)
class Bearer:
    """Somebody invented."""

    forename: str
    surname: str
    born: date
    phone: str
    home: tuple[str, str, str]
    calls: int


def _bearers(rng: Random, mentions: int) -> Iterator[Bearer]:
    """Yield people until their calls, each with its place, are as many mentions; a third share a home and a name."""
    forenames, surnames = _shares("forenames.csv"), _shares("surnames.csv")
    first, last = list(forenames), list(surnames)
    first_weights, last_weights = list(forenames.values()), list(surnames.values())
    many, number, before = 0, 0, None
    while many < mentions:
        number += 1
        if rng.random() < 0.45:
            surname = "".join(rng.choice(_OTHERS) + rng.choice(_VOWELS) for _ in range(3)) + rng.choice(
                "NRST"
            )
        else:
            surname = rng.choices(last, last_weights)[0]
        street = f"{rng.choice(last)} {('ROAD', 'STREET', 'CLOSE', 'LANE')[number % 4]}"
        letters = chr(65 + number // 970 % 26) + chr(65 + number // 25_220 % 26)
        postcode = f"PE{number % 97 + 1} {number // 97 % 10}{letters}"
        home = (f"{1 + number % 90}", street, postcode)
        phone = f"+447{rng.randrange(10**9):09}"
        if before and rng.random() < 0.33:
            surname, home = before.surname, before.home
            phone = before.phone if rng.random() < 0.4 else phone
        calls = min(200, 1 + int(rng.lognormvariate(0.2, 1.1)))
        born = date(1935, 1, 1) + timedelta(days=rng.randrange(27_000))
        before = Bearer(rng.choices(first, first_weights)[0], surname, born, phone, home, calls)
        many += 2 * calls
        yield before


def _told(one: Bearer, rng: Random) -> tuple[Mention, Mention]:
    """Return one call's caller and place."""
    forename, surname = one.forename, one.surname
    slip = rng.random()
    if slip < 0.05 and len(surname) > 4:
        surname = surname[:3] + surname[4:]
    elif slip < 0.10:
        forename = forename[0]
    house, street, postcode = one.home
    born = one.born
    slip = rng.random()
    if slip < 0.02:
        born = born.replace(year=born.year + 1, day=min(born.day, 28))
    elif slip < 0.04:
        born = born.replace(day=1 + born.day % 28)
    elif slip < 0.06:
        postcode = postcode[:-1] + "Q"
    key = f"{postcode} {house}"
    known = rng.random() < 0.7
    mention = Mention(
        "caller", "victim", (forename,), surname, born if rng.random() < 0.58 else None, None,
        one.phone if rng.random() < 0.75 else None, None, postcode if known else None, key if known else None,
        key if known else None, street if known else None,
    )  # fmt: skip
    place = Mention(LOCATION, postcode=postcode, dwelling=key, building=key, street=street, place=key)
    return mention, place


def build(where: str, mentions: int) -> tuple[list[tuple[Bearer, list[str]]], list[tuple[Any, ...]]]:
    """Write the history; return some who ring again with the refs of their calls, and the rows for Splink."""
    rng = Random(SEED)
    Store.create(where, "england_and_wales").close()
    store = Store(where)
    wanted, rows, calls, versions, people, keys = [], [], [], [], [], []
    known, number, mention_id = to_number(NOW - timedelta(days=1)), 0, 0

    def flush() -> None:
        with writing(store.connection):
            insert(store.connection, "call", ("id", "ref"), calls)
            insert(
                store.connection, "call_version",
                ("id", "call_id", "version", "received_at", "category", "behaviours", "answers", "facts_sha256",
                 "payload", "place", "known_from"), versions,
            )  # fmt: skip
            insert(
                store.connection, "mention",
                ("id", "call_id", "which", "role", "forenames", "surname", "born", "phone", "postcode", "dwelling",
                 "building", "street", "place", "known_from"), people,
            )  # fmt: skip
            insert(store.connection, "mention_key", ("hash", "mention_id"), sorted(keys))
        for some in (calls, versions, people, keys):
            some.clear()

    for one in _bearers(rng, mentions):
        refs = []
        for _ in range(one.calls):
            number += 1
            ref = f"B{number}"
            refs.append(ref)
            at = to_number(NOW - timedelta(seconds=90_000 + rng.randrange(157_000_000)))
            both = _told(one, rng)
            calls.append((number, ref))
            versions.append(
                (number, number, 1, at, "asb_nuisance", "rowdy", "{}", "", "{}", both[1].place, known)
            )
            for m in both:
                mention_id += 1
                born = m.born.isoformat() if m.born else None
                people.append(
                    (mention_id, number, m.which, m.role, " ".join(m.forenames), m.surname, born, m.phone, m.postcode,
                     m.dwelling, m.building, m.street, m.place, known)
                )  # fmt: skip
                keys += [(key.hash, mention_id) for key in keys_of(m)]
            rows.append((ref, both[0]))
        if one.calls > 1 and rng.random() < 4 * ASKED / max(mentions / 4, 1):
            wanted.append((one, refs))
        if len(calls) >= _CHUNK:
            flush()
    flush()
    if store.connection.vendor == "postgresql":  # numbers of our own leave its counters behind
        for table in ("call", "call_version", "mention"):
            read(store.connection, f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
    store.close()
    rng.shuffle(wanted)
    return wanted[: ASKED + WARM], rows


def sizes(path: Path) -> dict[str, float]:
    """Return megabytes of keys, mentions and the whole file."""
    with closing(sqlite3.connect(path)) as connection:
        found = {
            name: connection.execute(
                "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate = TRUE AND name IN "
                "(SELECT name FROM sqlite_master WHERE tbl_name = ?)", [name]
            ).fetchone()[0] / 1e6
            for name in ("mention_key", "mention")
        }  # fmt: skip
    return {**{k: round(v, 1) for k, v in found.items()}, "store": round(path.stat().st_size / 1e6, 1)}


def ours(where: str, asked: list[tuple[Bearer, list[str]]], cold: Path | None) -> dict[str, Any]:
    """Search for each, ready as a server is; with ``cold``, the store's pages leave the system's cache before each."""
    rng, force = Random(SEED + 1), Force.open(where)
    get_ready(force, NOW)
    took: list[tuple[float, float]] = []
    right = wrong = wanted = 0
    for number, (one, refs) in enumerate(asked):
        caller, place = _told(one, rng)
        if cold:
            force.store.connection.close()  # opened anew by the search; SQLite's own pages go with it
            with cold.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            # open, as a server's connection is
            read(force.store.connection, "SELECT 1 FROM call WHERE id < 0")
        started = perf_counter(), process_time()
        found = search("NEW", NOW, [caller], place, force.history, force.model, force.policy.rules, NOW)
        passed = _passed(started)
        if number < WARM:
            continue
        took.append(passed)
        told = {m.past.call.ref for m in found.matches if m.tier == "person" and m.past.call}
        right, wrong = right + len(told & set(refs)), wrong + len(told - set(refs))
        wanted += len(refs)
    force.store.close()
    return _figures(took, right, wrong, wanted)


def _passed(since: tuple[float, float]) -> tuple[float, float]:
    """Return the milliseconds of the clock and of the processor since then."""
    return (perf_counter() - since[0]) * 1000, (process_time() - since[1]) * 1000


def _figures(took: list[tuple[float, float]], right: int, wrong: int, wanted: int) -> dict[str, Any]:
    return {
        "searches": len(took),
        "p50_ms": round(share([clock for clock, _ in took], 0.5), 3),
        "p99_ms": round(share([clock for clock, _ in took], 0.99), 3),
        "own_p50_ms": round(share([own for _, own in took], 0.5), 3),
        "own_p99_ms": round(share([own for _, own in took], 0.99), 3),
        "precision": round(right / max(1, right + wrong), 4),
        "recall": round(right / max(1, wanted), 4),
    }


def one_more(where: str, many: int = 300) -> dict[str, Any]:
    """Store calls one by one, each searchable when it is answered."""
    from everycall.call import read_call
    from everycall.store import calls

    force, took = Force.open(where), []
    for number in range(many):
        read = read_call(
            {
                "ref": f"MORE-{number}", "received_at": "2026-06-01T12:00:00+01:00",
                "caller": {"name": f"Nora Tinsdale{number}", "phone": "01632 960311", "role": "victim"},
                "location": {"address": f"{number + 1} Osier Way", "postcode": "PE13 9ZT"},
            }
        )  # fmt: skip
        started = perf_counter()
        with writing(force.store.connection):
            calls.take(force.store.connection, [read.call], NOW)
        took.append((perf_counter() - started) * 1000)
    force.store.close()
    return {"p50_ms": round(share(took, 0.5), 2), "p99_ms": round(share(took, 0.99), 2)}


def splinks(rows: list[tuple[Any, ...]], asked: list[tuple[Bearer, list[str]]], many: int) -> dict[str, Any]:
    """Look for the same people by ``predict_between``: Splink's own comparisons and rules, trained on these rows."""
    import pyarrow as pa
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    from everycall.sweep.duckdb_engine import DuckDB

    names = ("n", "forename", "surname", "born", "phone", "postcode", "dwelling")

    def table(some: list[tuple[Any, ...]]) -> Any:
        cells = [
            (
                ref,
                m.forenames[0],
                m.surname,
                m.born.isoformat() if m.born else None,
                m.phone,
                m.postcode,
                m.dwelling,
            )
            for ref, m in some
        ]
        return pa.table(
            {name: pa.array([cell[n] for cell in cells], pa.string()) for n, name in enumerate(names)}
        )

    rng = Random(SEED + 1)
    rules = [
        block_on("forename", "surname"), block_on("surname", "born"), block_on("forename", "born"),
        block_on("phone"), block_on("surname", "postcode"), block_on("forename", "dwelling"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="n", blocking_rules_to_generate_predictions=rules,
        comparisons=[
            cl.NameComparison("forename").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("born", input_is_string=True),
            cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
            cl.ExactMatch("dwelling").configure(term_frequency_adjustments=True),
        ],
    )  # fmt: skip
    with closing(DuckDB(4.0)) as engine:
        engine.put("past", table(rows))
        api = DuckDBAPI(engine.connection)
        past = api.register("past")
        linker = Linker(past, settings, log_level="ERROR")
        started = perf_counter()
        linker.training.estimate_probability_two_random_records_match(rules[:3], recall=0.7)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in (block_on("forename", "surname"), block_on("born")):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        trained = perf_counter() - started
        for column in ("forename", "surname", "phone", "postcode", "dwelling"):
            linker.table_management.compute_tf_table(column)
        took: list[tuple[float, float]] = []
        pairs: list[tuple[float, bool]] = []
        wanted = 0
        for number, (one, refs) in enumerate(asked[WARM : WARM + many + 1]):
            caller, _ = _told(one, rng)
            engine.put(f"asked_{number}", table([(f"NEW{number}", caller)]))
            begun = perf_counter(), process_time()
            found = linker.inference.predict_between(
                past, api.register(f"asked_{number}"), threshold_match_weight=0
            ).as_record_list()
            if number == 0:
                continue  # the first is slower
            took.append(_passed(begun))
            wanted += len(refs)
            of = set(refs)
            pairs += [(r["match_probability"], bool({r["n_l"], r["n_r"]} & of)) for r in found]
    told = {"train_s": round(trained, 1)}
    for threshold in (0.5, 0.95, 0.999, 0.99999):
        some = [true for probability, true in pairs if probability >= threshold]
        told[f"at {threshold}"] = _figures(took, sum(some), len(some) - sum(some), wanted)  # type: ignore[assignment]
    return told


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.live_search", description=__doc__)
    options.add_argument("mentions", type=int)
    options.add_argument("--splink", type=int, default=0, help="how many searches by Splink, 0 for none")
    options.add_argument("--postgresql", action="store_true", help="in PostgreSQL, not SQLite")
    options.add_argument("--cold", action="store_true", help="with the page cache dropped as well")
    asked_for = options.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="everycall-bench-") as folder,
        postgresql.server() if asked_for.postgresql else nullcontext((f"{folder}/store.db", "")) as (
            where,
            version,
        ),
    ):
        started = perf_counter()
        asked, rows = build(where, asked_for.mentions)
        told: dict[str, Any] = {"machine": machine(), "mentions": 2 * len(rows), "postgresql": version}
        told["build_s"] = round(perf_counter() - started, 1)
        told["warm"] = ours(where, asked, None)
        if not asked_for.postgresql:
            told["megabytes"] = sizes(Path(where))
            if asked_for.cold:
                told["cold"] = ours(where, asked[: WARM + 150], Path(where))
        told["one more call"] = one_more(where)
        told["memory_mib"] = memory_mib()
        if asked_for.splink:
            told["Splink predict_between"] = splinks(rows, asked, asked_for.splink)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
