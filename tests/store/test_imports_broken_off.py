"""An import whose keys go first, broken off anywhere and run again, leaves what an unbroken one leaves."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

import build
from command import written
from everycall.errors import StoreError
from everycall.force import Force
from everycall.loading import calls as loading
from everycall.loading.files import Loaded
from everycall.store import bulk
from everycall.store.alone import alone
from postgresql_server import nobody_else

CALLS = 600
SMALL_ROUNDS = {"ROUND": 300, "WORTH_SORTING": 100, "_KEYS_AT_FIRST": 700}


def people(count: int = CALLS) -> Iterator[dict[str, Any]]:
    """Yield calls of several people and places; one ref stands twice, the second time closed."""
    for number in range(count):
        yield one(number)
    yield one(7) | {"status": "closed"}


def one(number: int) -> dict[str, Any]:
    """Return one of the calls."""
    name, phone = f"Priya {'ABCDEFG'[number % 7]}ell", f"07700 900{number % 997:03}"
    caller = build.MAUREEN | {"name": name, "phone": phone}
    return build.facts(f"H{number}", caller=caller, location={"address": f"{number % 90} Larch Road"})


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("history") / "history.jsonl", *people())


@pytest.fixture
def small_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SMALL_ROUNDS.items():
        monkeypatch.setattr(loading, name, value)


def take(force: Force, path: Path) -> Loaded:
    return loading.load_calls(path, None, force, lambda: build.KNOWN, lambda rows: None)


def content(force: Force) -> list[Any]:
    """Return all that an import stores, without the numbers of its rows."""
    versions = "SELECT c.ref, v.version, v.facts_sha256, v.payload FROM call_version v JOIN call c ON c.id = v.call_id"
    mentions = (
        "SELECT c.ref, m.which, m.surname, m.phone, m.place, m.known_until IS NULL, k.hash FROM mention m "
        "JOIN call c ON c.id = m.call_id LEFT JOIN mention_key k ON k.mention_id = m.id"
    )
    nobodys = "SELECT COUNT(*) FROM mention_key WHERE mention_id NOT IN (SELECT id FROM mention)"
    notes = "SELECT COUNT(*) FROM setting WHERE name = 'keys_coming'"
    return [*(sorted(map(repr, build.rows(force, q))) for q in (versions, mentions)), build.rows(force, nobodys),
            build.rows(force, notes)]  # fmt: skip


@pytest.fixture(scope="module")
def expected(history: Path, empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Return what the import leaves that writes keys with their calls."""
    path = tmp_path_factory.mktemp("whole") / "whole.db"
    path.write_bytes(empty_sqlite.read_bytes())
    force = build.force_at(str(path))
    assert take(force, history) == Loaded(CALLS + 1, CALLS, 1, 0)
    found = as_any_database(content(force))
    force.store.close()
    assert found[2:] == [[(0,)], [(0,)]]
    return found


def as_any_database(found: list[Any]) -> list[Any]:
    """Return the content with SQLite's 1 and 0 written as PostgreSQL's True and False."""
    truths = [row.replace(", True, ", ", 1, ").replace(", False, ", ", 0, ") for row in found[1]]
    return [found[0], sorted(truths), *found[2:]]


@contextmanager
def broken_at(patch: pytest.MonkeyPatch, owner: Any, name: str, call: int) -> Iterator[None]:
    """Break off at the given call of a function."""
    kept, times = getattr(owner, name), 0

    def stop(*args: Any) -> Any:
        nonlocal times
        times += 1
        if times == call:
            raise KeyboardInterrupt
        return kept(*args)

    with patch.context() as inner:
        inner.setattr(owner, name, stop)
        with pytest.raises(KeyboardInterrupt):
            yield


@pytest.mark.usefixtures("small_rounds")
def test_keys_first_leaves_what_keys_with_their_calls_leave(
    force: Force, history: Path, expected: list[Any]
) -> None:
    assert take(force, history) == Loaded(CALLS + 1, CALLS, 1, 0)
    assert as_any_database(content(force)) == expected
    assert take(force, history).new == 0
    assert as_any_database(content(force)) == expected


@pytest.mark.usefixtures("small_rounds")
@pytest.mark.parametrize(
    ("function", "time_of_it"),
    [("add_keys", 2), ("add_calls", 1), ("add_calls", 2), ("settle", 1)],
)
def test_broken_off_at_each_step_and_run_again(
    force: Force,
    history: Path,
    expected: list[Any],
    function: str,
    time_of_it: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if (function, time_of_it) == (
        "add_calls",
        2,
    ):  # the second batch has a call told again, and goes the long way
        function, time_of_it = "copy_new" if force.store.connection.vendor == "postgresql" else "add_new", 1
    with broken_at(monkeypatch, bulk, function, time_of_it):
        take(force, history)
    take(force, history)
    assert as_any_database(content(force)) == expected


@pytest.mark.usefixtures("small_rounds")
def test_a_live_call_in_between_is_not_added_twice(
    force: Force, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The call comes after the keys of its import, and before its chunk."""
    settled = bulk.reserve

    def and_a_live_call(connection: Any, many: int) -> Any:
        numbers = settled(connection, many)
        build.take(force, build.call("H3", status="open"))
        return numbers

    monkeypatch.setattr(bulk, "reserve", and_a_live_call)
    take(force, history)
    assert build.rows(force, "SELECT COUNT(*) FROM call") == [(CALLS,)]
    assert content(force)[2] == [(0,)]


@pytest.mark.usefixtures("small_rounds")
def test_while_another_has_the_right_keys_go_with_their_calls(
    force: Force, history: Path, expected: list[Any], store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: Any) -> Any:
        raise StoreError("keys were written first")

    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, store], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"True\n"
    monkeypatch.setattr(bulk, "reserve", never)
    take(force, history)
    assert as_any_database(content(force)) == expected
    other.communicate()
    with alone(force.store) as mine:
        assert mine


_HOLD = """
import sys
from everycall.store.alone import alone
from everycall.store.store import Store
with alone(Store(sys.argv[1])) as mine:
    print(mine, flush=True)
    sys.stdin.read()
"""

_IMPORT = f"""
import sys
from everycall.loading import calls
for name, value in {SMALL_ROUNDS!r}.items():
    setattr(calls, name, value)
from everycall.cli.main import main
main(["import", "calls", sys.argv[2], "--no-read-words", "--store", sys.argv[1]])
"""


def test_killed_at_random_moments_and_run_again(store: str, history: Path, expected: list[Any]) -> None:
    chance = Random(3)
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", _IMPORT, store, str(history)], stderr=subprocess.DEVNULL
        )
        force = build.force_at(store)
        stop_at = chance.randrange(CALLS)
        while (
            process.poll() is None
            and build.rows(force, "SELECT COUNT(*) FROM mention_key")[0][0] < 3 * stop_at
        ):
            time.sleep(0.002)
        process.kill()
        process.wait()
        nobody_else(store)  # else the next import may not have the right that the killed one still holds
        force.store.close()
    assert subprocess.run([sys.executable, "-c", _IMPORT, store, str(history)], check=False).returncode == 0
    force = build.force_at(store)
    assert as_any_database(content(force)) == expected
    force.store.close()
