"""The sweep on a store: persons last, new calls join at once, words bind, a killed sweep leaves nothing half done."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest

import build
from build import DAY, KNOWN, MAUREEN, NOW
from everycall.disposal import dispose_of
from everycall.force import Force
from everycall.store import persons, reference
from everycall.store.writing import writing
from everycall.sweep import run
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.run import Swept, sweep

DEAN = {"name": "Dean Foss", "phone": "07700 900444", "date_of_birth": "1979-08-14", "role": "victim"}
MO = MAUREEN | {"name": "Mo Peck", "phone": None}
JUNE = MAUREEN | {"name": "June Peck", "date_of_birth": "1953-06-01"}


def call(ref: str, day: int, caller: dict[str, Any]) -> Any:
    return build.call(ref, received_at=f"2026-05-{day:02}T12:00:00+01:00", caller=caller)


def swept(force: Force, whole: bool = False) -> Swept:
    engine = DuckDB()
    try:
        limits = force.policy.rules.search
        return sweep(engine, force.store.connection, force.model, limits, NOW, whole)
    finally:
        engine.close()


def who(force: Force) -> dict[str, int]:
    """Return the person of each call's caller."""
    found = persons.persons_of(force.store.connection)
    rows = build.rows(
        force, "SELECT c.ref, m.id FROM mention m JOIN call c ON c.id = m.call_id WHERE m.which = 'caller'"
    )
    return {ref: found[number][0] for ref, number in rows if number in found}


def say(force: Force, one: str, other: str, same: bool) -> None:
    with writing(force.store.connection):
        reference.say_same(force.store.connection, one, other, same, "C7214", NOW)


def test_new_calls_join_their_persons_and_numbers_last(force: Force) -> None:
    build.take(force, call("C1", 1, MAUREEN), call("C2", 2, DEAN), call("C3", 3, JUNE))
    assert swept(force).whole
    first = who(force)
    assert len({first["C1"], first["C2"], first["C3"]}) == 3
    build.take(force, call("C4", 4, MO), call("C5", 5, DEAN), at=KNOWN + DAY)
    later = swept(force)
    assert not later.whole
    now = who(force)
    assert {ref: now[ref] for ref in first} == first
    assert now["C4"] == first["C1"]
    assert now["C5"] == first["C2"]
    assert swept(force) == Swept(False, 0, 0, 0, 0)
    swept(force, whole=True)
    assert who(force) == now


def test_words_bind_from_the_next_sweep_on_and_are_logged(force: Force) -> None:
    build.take(force, call("C1", 1, MAUREEN), call("C2", 2, MAUREEN), call("C3", 3, DEAN))
    swept(force)
    say(force, "C1", "C2", same=False)
    say(force, "C2", "C3", same=True)
    assert swept(force).changed == 1  # C2 passed to the person of C3
    parted = who(force)
    assert parted["C1"] != parted["C2"] == parted["C3"]
    swept(force, whole=True)
    assert who(force) == parted
    say(force, "C1", "C2", same=True)
    say(force, "C2", "C3", same=False)
    swept(force)
    back = who(force)
    assert back["C1"] == back["C2"] != back["C3"]
    assert {kind for _, _, kind, *_ in persons.changes(force.store.connection)} <= {"merged", "split"}


def test_a_circle_of_words_is_reviewed(force: Force) -> None:
    build.take(force, call("C1", 1, MAUREEN), call("C2", 2, DEAN), call("C3", 3, JUNE))
    for one, other, same in (("C1", "C2", True), ("C2", "C3", True), ("C1", "C3", False)):
        say(force, one, other, same)
    swept(force)
    now = who(force)
    assert now["C1"] != now["C2"] == now["C3"]
    assert [why for why, _ in persons.reviews(force.store.connection)] == ["words"]


def test_who_is_changed_or_disposed_of_leaves(force: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "LATE", 0)  # as in a history of more calls than are looked at again
    build.take(force, call("C1", 1, MAUREEN), call("C2", 2, MAUREEN), call("C3", 3, MAUREEN))
    swept(force)
    build.take(force, call("C2", 2, DEAN), at=KNOWN + DAY)
    dispose_of("C3", "a test", force, NOW)
    swept(force)
    assert len(build.rows(force, "SELECT 1 FROM person_of")) == 2
    assert len(set(who(force).values())) == 2


def test_who_was_changed_leaves_though_an_older_release_swept_last(force: Force) -> None:
    build.take(force, call("C1", 1, MAUREEN), call("C2", 2, MAUREEN))
    swept(force)
    with writing(force.store.connection):
        state = persons.swept(force.store.connection)
        assert state is not None
        del state["version"]
        persons.keep_swept(force.store.connection, state)
    build.take(force, call("C2", 2, DEAN), at=KNOWN + DAY)
    swept(force)
    assert len(build.rows(force, "SELECT 1 FROM person_of")) == 2
    assert len(set(who(force).values())) == 2


def test_a_sweep_killed_at_the_end_leaves_nothing_and_the_next_does_it(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.take(force, call("C1", 1, MAUREEN), call("C2", 2, MO))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run.persons, "keep_swept", killed)
        with pytest.raises(KeyboardInterrupt):
            swept(force)
    assert build.rows(force, "SELECT count(*) FROM person_of") == [(0,)]
    assert swept(force).whole
    assert len(set(who(force).values())) == 1


@pytest.mark.parametrize(
    "caller",
    [
        {"name": "John Smith"},
        {},
        {"name": None, "phone": "01632 960 999"},
        {"name": "John Smith", "address": "Larch Road"},
    ],
    ids=["one name for everyone", "nothing known", "one phone for everyone", "one name and street"],
)
def test_nobody_becomes_one_person_for_lack_of_evidence(sqlite_store: str, caller: dict[str, Any]) -> None:
    force = build.force_at(sqlite_store)
    start = KNOWN - timedelta(days=300)
    build.take(
        force,
        *(
            build.call(
                f"C{n}",
                received_at=(start + n * DAY).isoformat(),
                caller=caller | {"role": "witness"},
                location=None,
            )
            for n in range(150)
        ),
    )
    swept(force, whole=True)
    sizes: dict[int, int] = defaultdict(int)
    for person in who(force).values():
        sizes[person] += 1
    assert max(sizes.values(), default=1) == 1
    force.store.close()


def test_an_empty_history_is_swept(force: Force) -> None:
    assert swept(force) == Swept(True, 0, 0, 0, 0)
