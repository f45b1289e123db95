"""What other systems know, areas, priorities and places: told again they replace what was, and what was is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

import build
from everycall.flag import read_flag
from everycall.force import Force
from everycall.store import reference
from everycall.store.store import Store
from everycall.store.writing import writing

MAUREEN = {
    "name": "Maureen Peck",
    "date_of_birth": "1951-03-02",
    "address": "14 Larch Road",
    "postcode": "PE13 9ZZ",
}


def flag(**more: object) -> dict[str, object]:
    return {
        "kind": "order_in_force",
        "about": MAUREEN,
        "source": "civil court",
        "recorded_on": "2026-03-01",
        **more,
    }


def take_flags(force: Force, *told: dict[str, object], days: int = 0) -> int:
    with writing(force.store.connection):
        flags = [read_flag(one) for one in told]
        return reference.take_flags(force.store.connection, flags, build.KNOWN + timedelta(days=days))


def test_the_same_flag_told_again_makes_nothing(force: Force) -> None:
    assert take_flags(force, flag()) == 1
    assert take_flags(force, flag()) == 0
    assert build.rows(force, "SELECT COUNT(*) FROM flag") == [(1,)]


def test_a_flag_with_a_new_end_replaces_the_earlier_one_and_both_are_kept(force: Force) -> None:
    take_flags(force, flag())
    take_flags(force, flag(expires_on="2026-05-01"), days=1)
    kept = build.rows(force, "SELECT known_until IS NULL FROM flag ORDER BY id")
    assert [bool(now) for (now,) in kept] == [False, True]
    (notice,) = build.assess(force, "NEW-1").notices
    assert (notice.kind, notice.in_force) == ("order_in_force", False)


def test_an_expired_order_is_shown_as_past_and_asks_for_no_breach_check(force: Force) -> None:
    take_flags(force, flag(expires_on="2026-05-01"))
    assessment = build.assess(force, "NEW-1")
    assert [one.in_force for one in assessment.notices] == [False]
    assert "breach_check" not in {action.code for action in assessment.recommendation.actions}


@pytest.mark.parametrize("kind", ["protected_address", "warning"])
def test_of_a_protected_address_only_the_marker_is_shown(force: Force, kind: str) -> None:
    take_flags(force, flag(kind=kind, text="moved to the coast"))
    (notice,) = build.assess(force, "NEW-1").notices
    assert notice.text == (None if kind == "protected_address" else "moved to the coast")


def test_areas_and_priorities_told_again_are_replaced_and_read_as_known_then(force: Force) -> None:
    connection = force.store.connection
    later = build.KNOWN + timedelta(days=1)
    for known_from, name in ((build.KNOWN, "Old name"), (later, "New name")):
        with writing(connection):
            reference.take_areas(connection, [("W1", name, "{}")], known_from)
            reference.take_priorities(connection, [("P-1", f'{{"title": "{name}"}}')], known_from)
    assert reference.areas(connection, build.KNOWN) == [("W1", "Old name", "{}")]
    assert reference.areas(connection, later) == [("W1", "New name", "{}")]
    assert reference.priorities(connection, later) == [("P-1", '{"title": "New name"}')]
    assert reference.last_change(connection) == later


def test_a_place_told_again_moves(force: Force) -> None:
    connection = force.store.connection
    for latitude in (52.1, 52.2):
        with writing(connection):
            reference.take_places(connection, [("postcode:PE13 9ZZ", latitude, 0.1)], build.KNOWN)
    assert reference.place(connection, "postcode:PE13 9ZZ") == (52.2, 0.1)
    assert reference.place(connection, "postcode:PE13 9ZY") is None


def test_what_another_changes_is_known_at_once(force: Force) -> None:
    """The last change is kept by the newest rows: what another connection adds, or replaces, is another."""

    def tell(name: str, moment: datetime) -> None:
        other = Store(force.store.where)
        with writing(other.connection):
            reference.take_areas(other.connection, [("W1", name, "{}")], moment)
        other.close()

    connection, seen = force.store.connection, []
    second = build.KNOWN + timedelta(days=1)
    for moment, name in ((build.KNOWN, "New"), (second, "Newer"), (second + timedelta(days=1), "Newer")):
        with ThreadPoolExecutor(1) as elsewhere:  # a thread has a connection of its own
            elsewhere.submit(tell, name, moment).result()
        seen += [reference.last_change(connection), reference.last_change(connection)]
    assert seen == [build.KNOWN, build.KNOWN, second, second, second, second]


def test_a_change_that_is_undone_is_none(force: Force) -> None:
    connection = force.store.connection

    def undone(moment: datetime) -> None:
        with writing(connection):
            reference.take_areas(connection, [("W1", "New", "{}")], moment)
            assert reference.last_change(connection) == moment
            raise ZeroDivisionError

    for days in (0, 1):
        with pytest.raises(ZeroDivisionError):
            undone(build.KNOWN + timedelta(days=days))
        assert reference.last_change(connection) is None
