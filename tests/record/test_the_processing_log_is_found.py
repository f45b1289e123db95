"""The processing log is read page by page, by record, account, operation and time, and tells each entry once."""

from __future__ import annotations

from datetime import timedelta
from zlib import crc32

import pytest

import build
from everycall.access.logged import Logged, entries
from everycall.access.operations import (
    ALTERATION,
    COLLECTION,
    COMBINATION,
    CONSULTATION,
    DISCLOSURE,
    OPERATIONS,
    bits_of,
    key_of,
)
from everycall.access.processing import log
from everycall.access.viewer import Viewer
from everycall.force import Force
from everycall.store.record import loose_ends

LINKS = 7
ALIKE = ("plumless", "buckeroo")
"""Two references with one key."""


def logged(
    force: Force, operations: dict[str, list[str]], call: str | None = None, by: str = "cad", minutes: int = 0
) -> None:
    at = build.NOW + timedelta(minutes=minutes)
    log(force.store.connection, Viewer(by, "system"), operations, call, f"why {call}", force.salts, at)


@pytest.fixture
def busy(force: Force) -> Force:
    """Return a force whose log tells of some calls, taken a minute apart by two systems in turns."""
    for number in range(LINKS):
        shown = [f"OLD-{which}" for which in range(number % 3 + 1)]
        operations = {COMBINATION: shown, CONSULTATION: shown, COLLECTION: [f"NEW-{number}"]}
        logged(force, operations, f"NEW-{number}", ("cad", "radio")[number % 2], number)
    return force


def told(one: Logged) -> tuple[str, str, str | None, str]:
    return one.operation, one.about, one.for_call, one.by


def expected() -> list[tuple[str, str, str | None, str]]:
    found: list[tuple[str, str, str | None, str]] = []
    for number in range(LINKS):
        end = (f"NEW-{number}", ("cad", "radio")[number % 2])
        shown = [f"OLD-{which}" for which in range(number % 3 + 1)]
        found.append((COLLECTION, end[0], *end))
        found += [(name, ref, *end) for name in (CONSULTATION, COMBINATION) for ref in shown]
    return found[::-1]


def test_all_of_it_is_told_newest_first_with_numbers_that_fall(busy: Force) -> None:
    found = entries(busy.store.connection, limit=500)
    assert [told(one) for one in found] == expected()
    numbers = [one.number for one in found]
    assert numbers == sorted(set(numbers), reverse=True)
    assert {(one.at - build.NOW, one.justification) for one in found} == {
        (timedelta(minutes=number), f"why NEW-{number}") for number in range(LINKS)
    }


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
@pytest.mark.parametrize("asked", [{}, {"about": "OLD-1"}, {"by": "radio"}, {"operation": COMBINATION}])
def test_page_by_page_the_same_is_told(busy: Force, asked: dict[str, str], limit: int) -> None:
    whole = entries(busy.store.connection, limit=500, **asked)
    assert whole
    pages: list[Logged] = []
    while page := entries(
        busy.store.connection, before=pages[-1].number if pages else None, limit=limit, **asked
    ):
        assert len(page) <= limit
        pages += page
    assert pages == whole


def test_it_is_asked_by_record_account_operation_and_time(busy: Force) -> None:
    connection, every = busy.store.connection, expected()

    def found(**asked: object) -> list[tuple[str, str, str | None, str]]:
        return [told(one) for one in entries(connection, limit=500, **asked)]

    assert found(about="OLD-2") == [one for one in every if one[1] == "OLD-2"]
    assert found(about=["OLD-2", "NEW-1"]) == [one for one in every if one[1] in {"OLD-2", "NEW-1"}]
    assert found(about=[]) == found(about="NOTHING") == found(by="nobody") == []
    assert found(by="radio") == [one for one in every if one[3] == "radio"]
    for name in OPERATIONS:
        assert found(operation=name) == [one for one in every if one[0] == name]
    later = build.NOW + timedelta(minutes=2)
    assert found(since=later, until=later + timedelta(minutes=2)) == [
        one for one in every if one[2] in {"NEW-2", "NEW-3"}
    ]
    assert found(about="OLD-1", by="radio", operation=COMBINATION, since=later) == [
        one for one in every if one[:2] == (COMBINATION, "OLD-1") and one[2] == "NEW-5"
    ]


def test_what_a_server_wrote_whose_clock_was_hours_off_is_found_by_the_time_it_told(force: Force) -> None:
    for number in range(40):
        logged(force, {CONSULTATION: ["A"]}, f"C-{number}", minutes=number - (600 if number % 4 == 0 else 0))
    early = entries(force.store.connection, until=build.NOW - timedelta(hours=5), limit=500)
    assert sorted(str(one.for_call) for one in early) == sorted(f"C-{number}" for number in range(0, 40, 4))
    right = entries(force.store.connection, since=build.NOW, limit=500)
    assert len(right) == 30


def test_more_links_than_are_read_at_once(force: Force) -> None:
    for number in range(230):
        logged(force, {CONSULTATION: ["A" if number % 3 else "B"]}, f"C-{number}")
    for about, many in (("A", 153), ("B", 77), (None, 230)):
        found = entries(force.store.connection, about, limit=500)
        calls = [int(str(one.for_call)[2:]) for one in found]
        assert (len(calls), calls) == (many, sorted(calls, reverse=True))


def test_two_records_with_one_key_are_kept_apart(force: Force) -> None:
    assert crc32(ALIKE[0].encode()) == crc32(ALIKE[1].encode()) == key_of(ALIKE[0])
    logged(force, {CONSULTATION: [ALIKE[0]]}, "A")
    logged(force, {CONSULTATION: list(ALIKE)}, "B")
    assert [one.for_call for one in entries(force.store.connection, ALIKE[0])] == ["B", "A"]
    assert [one.for_call for one in entries(force.store.connection, ALIKE[1])] == ["B"]
    logged(force, {CONSULTATION: list(ALIKE)}, "A")
    assert [(one.about, one.for_call) for one in entries(force.store.connection)][:1] == [(ALIKE[1], "A")]
    assert len(entries(force.store.connection)) == 4


def test_what_was_shown_for_a_call_already_is_not_told_again_but_every_disclosure_is(force: Force) -> None:
    for _ in range(2):
        logged(force, {CONSULTATION: ["OLD-1"], COMBINATION: ["OLD-1"], DISCLOSURE: ["file"]}, "A")
    assert sorted(one.operation for one in entries(force.store.connection)) == [
        COMBINATION, CONSULTATION, DISCLOSURE, DISCLOSURE,
    ]  # fmt: skip
    logged(force, {CONSULTATION: ["OLD-1", "OLD-2"]}, "A", by="another")
    logged(force, {CONSULTATION: ["OLD-1", "OLD-2"]}, "A")
    assert [(one.about, one.by) for one in entries(force.store.connection, limit=3)] == [
        ("OLD-2", "cad"), ("OLD-2", "another"), ("OLD-1", "another"),
    ]  # fmt: skip


def test_where_a_links_text_is_gone_who_did_something_and_when_still_stands(force: Force) -> None:
    logged(force, {CONSULTATION: ["OLD-1"], ALTERATION: ["A"]}, "A")
    build.change(
        force,
        "INSERT INTO disposal (entry_id, recorded_in, authority, disposed_on) VALUES (1, 1, 'x', '2033-06-12')",
    )
    build.change(force, "DELETE FROM chain_payload")
    for about in (None, "OLD-1"):
        found = entries(force.store.connection, about)
        assert [told(one) for one in found] == [
            (CONSULTATION, "(no longer kept)", "A", "cad"),
            (ALTERATION, "(no longer kept)", "A", "cad"),
        ]
    assert entries(force.store.connection, "OLD-2") == []


def test_a_row_that_names_no_link_of_the_record_is_a_loose_end(force: Force) -> None:
    logged(force, {CONSULTATION: ["OLD-1"]}, "A")
    assert loose_ends(force.store.connection) == []
    build.change(force, "INSERT INTO processing_key (hash, entry) VALUES (1, 9)")
    assert loose_ends(force.store.connection) == ["processing_key: names link 9, which is not in the record"]


def test_what_stands_for_operations_is_never_changed() -> None:
    """Stores hold these numbers."""
    assert [bits_of([name]) for name in OPERATIONS] == [1, 2, 4, 8, 16, 32]
    assert OPERATIONS[:2] == (COLLECTION, ALTERATION)
    assert key_of("OLD-1") == 3_408_175_305
