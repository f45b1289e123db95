"""The report: who was a repeat victim at the time and not recognised, since when, how often, and why missed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import build
import command
from build import MAUREEN
from command import run

DEAN = {"name": "Dean Peck", "phone": "07700 900444", "date_of_birth": "1979-08-14"}
AT_HOME = {"address": "14 Larch Road", "postcode": "PE13 9ZZ", "role": "victim"}


@pytest.fixture
def told(sqlite_store: str, tmp_path: Path) -> Any:
    def tell(*calls: dict[str, Any]) -> list[dict[str, Any]]:
        history = command.written(tmp_path / "calls.jsonl", *calls)
        assert run("import", "calls", history, "--store", sqlite_store).exit == 0
        swept = run("sweep", "--store", sqlite_store)
        assert swept.exit == (1 if swept.out else 0), swept.err
        return swept.lines

    return tell


def call(ref: str, day: str, caller: dict[str, Any], **more: Any) -> dict[str, Any]:
    return build.facts(ref, f"{day}T12:00:00+01:00", caller=caller, **more)


def test_why_each_was_missed(told: Any) -> None:
    (peck,) = told(
        call("C1", "2026-01-05", MAUREEN),
        call("C2", "2026-02-05", MAUREEN),
        call("C3", "2026-03-05", MAUREEN | {"name": "Mo Pecke"}),
        call("C4", "2026-04-05", MAUREEN | {"phone": "07700 900555", "address": None, "postcode": None}),
    )
    assert [(one["ref"], one["why"]) for one in peck["missed"]] == [
        ("C2", "never_searched"),
        ("C3", "other_spelling"),
        ("C4", "never_searched"),
    ]
    assert peck["since"] == "2026-02-05"
    assert peck["incidents"] == 4
    assert peck["why"] == {"never_searched": 2, "other_spelling": 1}


def test_a_call_after_another_of_the_household_is_told_as_the_households(told: Any) -> None:
    missed = told(call("C1", "2026-01-05", MAUREEN), call("C2", "2026-02-05", DEAN | AT_HOME))
    assert [one["missed"] for one in missed] == [[{"ref": "C2", "why": "household"}]]


def test_who_was_recognised_is_not_told(told: Any) -> None:
    assert (
        told(call("C1", "2026-01-05", MAUREEN), call("C2", "2026-02-05", MAUREEN, marked_repeat=True)) == []
    )


def test_two_calls_about_one_event_and_one_of_two_years_ago_make_nobody_repeat(told: Any) -> None:
    assert (
        told(
            call("C1", "2024-01-05", MAUREEN),
            call("C2", "2026-02-05", MAUREEN),
            build.facts("C3", "2026-02-05T11:20:00+00:00", caller=MAUREEN),
        )
        == []
    )


def test_what_is_no_asb_does_not_count(told: Any) -> None:
    lost = {"category": "administration", "behaviours": [], "log": [{"text": "LOST PROPERTY ENQUIRY"}]}
    assert told(call("C1", "2026-01-05", MAUREEN, **lost), call("C2", "2026-02-05", MAUREEN)) == []


def test_a_second_sweep_tells_only_what_is_new(told: Any, sqlite_store: str) -> None:
    assert len(told(call("C1", "2026-01-05", MAUREEN), call("C2", "2026-02-05", MAUREEN))) == 1
    assert run("sweep", "--store", sqlite_store).lines == []
    assert len(run("sweep", "--whole", "--store", sqlite_store).lines) == 1


def test_the_output_names_no_person(told: Any, sqlite_store: str) -> None:
    told(call("C1", "2026-01-05", MAUREEN), call("C2", "2026-02-05", MAUREEN))
    everything = run("sweep", "--whole", "--store", sqlite_store)
    for personal in ("PECK", "Peck", "01632", "LARCH", "1951"):
        assert personal not in everything.out + everything.err
