"""A store of the made-up force, built once for a size, seed and state of the code, then kept to be copied."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

import everycall
from benchmarks.machine import child_mib, memory_mib
from everycall.demo.force import make_force
from everycall.force import Force
from everycall.intake.areas import read_area_file
from everycall.intake.priorities import read_priority_file
from everycall.loading import files as loading
from everycall.loading.calls import checked_calls, take_checked
from everycall.loading.words import read_words
from everycall.localtime import LONDON
from everycall.store.databases import is_postgresql
from everycall.store.store import Store

SEED = 20260601
UNTIL = datetime(2026, 6, 1, 12, 0, tzinfo=LONDON)
"""The moment the made-up history ends."""

KEPT = Path(tempfile.gettempdir()) / "everycall-benchmarks"


MADE_BY = ("demo", "localtime.py", "codes.py", "code_lists.toml")
"""What the made-up force's files depend on."""

READ_BY = ("identity/normalise", "identity/data", "identity/keys.py", "identity/mention.py", "intake", "loading",
           "store", "vulnerability/words", "vulnerability/lexicon", "policy/packs", "call.py", "flag.py")  # fmt: skip
"""What a built store depends on besides."""


@lru_cache(maxsize=2)
def code_sha(parts: tuple[str, ...]) -> str:
    """Return a hash of the code and data in these parts; what was built by other code is not used again."""
    digest = sha256()
    root = Path(everycall.__file__).parent
    for part in parts:
        for path in sorted((root / part).rglob("*")) if (root / part).is_dir() else [root / part]:
            if path.suffix in {".py", ".toml", ".csv", ".json"}:
                digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def made_files(size: int) -> Path:
    """Return the folder with the made-up force's files, made when it is not there."""
    folder = KEPT / f"force-{size}-{SEED}-{code_sha(MADE_BY)}"
    if not (folder / "truth.jsonl").exists():
        shutil.rmtree(folder, ignore_errors=True)
        make_force(size, SEED, folder, UNTIL, landlines=max(900, size))
    return folder


def build(where: str, size: int) -> dict[str, Any]:
    """Import the made-up force into a new store and read its logs; say how long each took."""
    files = made_files(size)
    Store.create(where, "england_and_wales").close()
    force = Force.open(where)

    def clock() -> datetime:
        return UNTIL

    def nothing(_: int) -> None:
        return None

    started = perf_counter()
    with checked_calls([files / "calls.jsonl"], None, force, nothing) as (checked, aside):
        loading.refuse_unusable(one.checked for one in checked)
        rows = sum(one.checked.rows for one in checked)
        at_check = perf_counter()
        take_checked(checked, aside, force, clock, nothing)
    at_load = perf_counter()
    read = read_words(force, clock, nothing)
    at_read = perf_counter()
    loading.load_areas(read_area_file(files / "areas.geojson", "code", "name"), force, UNTIL)
    priorities = read_priority_file(files / "priorities.json", loading.area_ids(force, UNTIL))
    loading.load_priorities(priorities, force, UNTIL)
    loading.load_places(files / "places.csv", force, clock, nothing)
    loading.load_flags(files / "flags.jsonl", force, clock, nothing)
    if is_postgresql(where):
        with force.store.connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")  # else the server does it beside the measurement
    force.store.close()
    return {
        "rows": rows,
        "check_rows_s": round(rows / (at_check - started)),
        "import_rows_s": round(rows / (at_load - at_check)),
        "check_and_import_rows_s": round(rows / (at_load - started)),
        "logs_read_s": round(read / (at_read - at_load)),
        "memory_mib": memory_mib(),
        "child_mib": child_mib(),
        "load_at_end": machine_load(),
    }


def machine_load() -> float:
    """Return how busy the machine is: programs waiting for a core."""
    import os

    return round(os.getloadavg()[0], 2)


def build_apart(where: str, size: int) -> dict[str, Any]:
    """Build a store in a process of its own, so that the memory is its own."""
    command = [sys.executable, "-m", "benchmarks.built_store", where, str(size)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def sqlite_store(size: int, copy_to: Path) -> tuple[str, dict[str, Any]]:
    """Return a copy of the built SQLite store, and what building it took."""
    kept = KEPT / f"store-{size}-{SEED}-{code_sha(MADE_BY + READ_BY)}.db"
    told = kept.with_suffix(".json")
    if not told.exists():
        KEPT.mkdir(exist_ok=True)
        half = kept.with_suffix(".half")
        for leftover in KEPT.glob(half.name + "*"):
            leftover.unlink()
        facts = build_apart(str(half), size)
        half.rename(kept)
        told.write_text(json.dumps(facts))
    copy = copy_to / f"store-{size}.db"
    shutil.copy(kept, copy)
    return str(copy), json.loads(told.read_text())


if __name__ == "__main__":
    print(json.dumps(build(sys.argv[1], int(sys.argv[2]))))
