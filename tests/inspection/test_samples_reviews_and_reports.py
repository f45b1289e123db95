"""``everycall inspect``: how many to review, which, what the reviews and the history tell, and whether it changed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import build
from command import run
from everycall.inspection.change import change
from everycall.inspection.form import COLUMNS, draw, read_reviews
from everycall.inspection.measures import agreement, of_history, of_reviews
from everycall.inspection.plan import for_a_change, for_a_share
from everycall.share import interval
from scenario_runner import policy

HEAD = {
    "form": "everycall backfill 1",
    "from": "2026-01-01",
    "to": "2026-12-31",
    "log_minutes": 60,
    "made_with": {},
}


def line(ref: str, **more: Any) -> dict[str, Any]:
    """Return a line of a backfill."""
    return {
        "ref": ref, "received_at": "2026-03-01T10:00:00+00:00", "source": "101", "category": "asb_nuisance",
        "has_victim": True, "asked": {"happened_before": "not_asked", "personal_circumstances": "not_asked"},
        "is_repeat": "unknown", "is_vulnerable": "unknown", "band": "standard", "local_priority": False,
        "grade": "scheduled", "attendance": "contact", "could_not_look": [], "marked_repeat": None,
        "marked_vulnerable": None, "grade_given": None, **more,
    }  # fmt: skip


def counted(*lines: dict[str, Any]) -> dict[str, tuple[int, int]]:
    _, found = of_history(lines, policy().pack.grades)
    return {name: (one.many, one.of) for name, one in found.items()}


@pytest.mark.parametrize(("points", "many"), [(3, 1067), (5, 384), (7, 196), (10, 96)])
def test_how_many_tell_a_share_so_exactly(points: float, many: int) -> None:
    assert for_a_share(points) == many
    low, high = interval(many // 2, many) or (0, 1)
    assert (high - low) / 2 <= points / 100, "Wilson's interval of so many is no wider"
    assert for_a_share(points, of=50) <= 50


@pytest.mark.parametrize(
    ("before", "after", "many"),
    [(0.5, 0.6, 387), (0.5, 0.65, 169), (0.5, 0.7, 93), (0.33, 0.5, 131), (0.9, 0.95, 434)],
)
def test_how_many_show_a_change(before: float, after: float, many: int) -> None:
    assert for_a_change(before, after) in (many, many + 1)
    assert for_a_change(after, before) == for_a_change(before, after)


def test_a_change_is_shown_only_where_its_interval_holds_no_nought() -> None:
    found = change((50, 100), (62, 100))
    assert found is not None
    assert (round(found.points, 1), round(found.low, 1), round(found.high, 1)) == (12.0, -1.7, 25.1)
    assert found.verdict == "no change shown"
    rose, fell = change((50, 100), (80, 100)), change((80, 100), (50, 100))
    assert rose is not None
    assert fell is not None
    assert (round(rose.low, 1), round(rose.high, 1), rose.verdict, fell.verdict) == (
        16.9,
        41.7,
        "rose",
        "fell",
    )
    assert change((0, 0), (1, 2)) is None


def test_a_sample_hangs_on_its_seed_and_not_on_the_order() -> None:
    lines = [line(f"C-{n}") for n in range(40)]
    drawn = draw(lines, 10, "June")
    assert drawn == draw(lines[::-1], 10, "June")
    assert drawn != draw(lines, 10, "July")
    assert all(one in draw(lines, 20, "June") for one in drawn), "a larger one holds the smaller"


def test_what_is_unknown_is_neither_missed_nor_wrongly_marked() -> None:
    found = counted(
        line("A", is_repeat="yes", marked_repeat=True),
        line("B", is_repeat="yes", marked_repeat=False),
        line("C", is_repeat="yes"),
        line("D", is_repeat="unknown", marked_repeat=True),
        line("E", is_repeat="no", marked_repeat=True),
    )
    assert found["repeat recognised"] == (1, 2)
    assert found["repeat missed"] == (1, 2)
    assert found["repeat marked, none found"] == (1, 2)


def test_refused_is_asked_and_calls_without_a_victim_or_of_no_asb_are_in_no_share_of_asking() -> None:
    put = {"happened_before": "refused_or_unknown", "personal_circumstances": "answered"}
    found = counted(
        line("A", asked=put), line("B", has_victim=False, asked=put), line("C", category="crime", asked=put)
    )
    assert found["asked happened before"] == (0, 1)
    assert found["asked, refused or unknown: happened before"] == (1, 1)
    assert found["asked personal circumstances"] == (1, 1)
    assert found["could not look"] == (0, 2)


def test_a_grade_is_known_by_its_name_and_any_other_is_not_compared() -> None:
    found = counted(
        line("A", grade_given="Scheduled"),
        line("B", grade_given="emergency"),
        line("C", grade_given="Grade 7"),
    )
    assert (found["grade agrees"], found["grade recommended lower"]) == ((1, 2), (1, 2))


def filled(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


def test_reviews_count_with_not_applicable_and_cannot_say_left_out(tmp_path: Path) -> None:
    reviews = read_reviews(
        filled(
            tmp_path / "r.csv",
            ("A", "ann", "answered", "not_asked", "yes", "no", "yes"),
            ("A", "bob", "answered", "answered", "yes", "no", "no"),
            ("B", "ann", "not_applicable", "refused_or_unknown", "cannot_say", "yes", "cannot_say"),
            ("C", "", "", "", "", "", ""),
        )
    )
    marked = {"A": line("A", marked_repeat=False, marked_vulnerable=True), "B": line("B")}
    found = {name: (one.many, one.of) for name, one in of_reviews(reviews, marked).items()}
    assert found == {
        "reviewed: grade right": (1, 1),
        "reviewed: not vulnerable, marked so": (1, 1),
        "reviewed: put, happened_before": (1, 1),
        "reviewed: put, personal_circumstances": (1, 2),
        "reviewed: repeat_victim, marked so": (0, 1),
    }
    assert agreement(reviews)["happened_before"]["agree"] == 1
    assert agreement(reviews)["grade_right"]["agree"] == 0


def test_every_wrong_cell_of_a_form_is_told(sqlite_store: str, tmp_path: Path) -> None:
    backfilled = tmp_path / "b.jsonl"
    backfilled.write_text(json.dumps(HEAD) + "\n" + json.dumps(line("A")) + "\n")
    form = filled(
        tmp_path / "r.csv",
        ("A", "ann", "asnwered", "", "yes", "no", "yes"),
        ("B", "", "answered"),
        ("B", "bob"),
    )
    ran = run("inspect", "report", "--store", sqlite_store, backfilled, form)
    assert ran.exit == 2
    for told in (
        "r.csv:2 happened_before: 'asnwered'",
        "did you mean 'answered'",
        "r.csv:2 personal",
        "r.csv:3",
        "r.csv:4",
    ):
        assert told in ran.err


def test_from_a_sample_to_a_comparison(sqlite_store: str, tmp_path: Path) -> None:
    backfilled, form = tmp_path / "b.jsonl", tmp_path / "form.csv"
    lines = [line(f"C-{n}", is_repeat="yes", marked_repeat=n % 2 == 0) for n in range(40)]
    backfilled.write_text(
        "".join(json.dumps(one) + "\n" for one in (HEAD, *lines, line("X", category="crime")))
    )
    assert run("inspect", "sample", backfilled, form, "--size", "5", "--seed", "June").exit == 0
    assert run("inspect", "sample", backfilled, form, "--size", "5", "--seed", "June").exit == 2, (
        "never written over"
    )
    refs = [row["ref"] for row in csv.DictReader(io.StringIO(form.read_text()))]
    assert len(refs) == 5
    assert "X" not in refs
    plain = run("inspect", "report", "--store", sqlite_store, backfilled, form)
    assert "20 of 40, 50.0 % (95 in 100: 35.2 to 64.8)" in plain.out
    report = run("inspect", "report", "--store", sqlite_store, "--json", backfilled)
    assert report.only["history"]["repeat missed"]["many"] == 20
    before = tmp_path / "before.json"
    before.write_text(report.out)
    told = [
        one
        for one in run("inspect", "compare", "--json", before, before).lines
        if one["measure"] == "repeat missed"
    ]
    assert told[0]["verdict"] == "no change shown"
    assert run("inspect", "compare", before, backfilled).exit == 2


def test_how_many_at_the_command_line() -> None:
    assert run("inspect", "plan").only["calls"] == 384
    assert run("inspect", "plan", "--before", "0.5", "--after", "0.7").only["calls_each_time"] == 93
    assert run("inspect", "plan", "--before", "0.5").exit == 2
    assert run("inspect", "plan", "--before", "0.5", "--after", "0.5").exit == 2


def test_the_measures_are_of_a_forces_own_store(store: str, tmp_path: Path) -> None:
    force = build.force_at(store)
    asked = {"happened_before": "no", "personal_circumstances": "refused"}
    build.take(
        force, build.call("A", received_at="2026-03-01T10:00:00Z", answers=asked, grade_given="Emergency")
    )
    out = tmp_path / "out.jsonl"
    run("inspect", "backfill", "--store", store, "--from", "2026-03-01", "--to", "2026-03-01", out)
    found = run("inspect", "report", "--store", store, "--json", out).only["history"]
    assert (found["asked happened before"]["many"], found["grade recommended lower"]["many"]) == (1, 1)
