"""A planted fault is seen in the data where it was planted, and not elsewhere."""

from __future__ import annotations

import atexit
import json
import shutil
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from made_force import UNTIL, read_rows

from everycall.demo.faults import read_faults
from everycall.demo.force import Summary, make_force
from everycall.errors import InputError

TOGETHER = tuple(name for name in read_faults() if name != "question_dropped")
Asked = dict[str, str]


@cache
def planted(*names: str) -> tuple[Path, Summary]:
    out = Path(mkdtemp(prefix="made-up-faults-"))
    atexit.register(shutil.rmtree, out)
    return out, make_force(2_500, 3, out, UNTIL, years=1, faults=names)


@cache
def calls(*names: str) -> dict[str, dict[str, Any]]:
    text = (planted(*names)[0] / "calls.jsonl").read_text("utf-8")
    return {call["ref"]: call for call in map(json.loads, text.splitlines())}


@cache
def asked(*names: str) -> tuple[Asked, ...]:
    found = read_rows(planted(*names)[0] / "truth" / "asked.csv")
    return tuple(row for row in found if row["ref"] in calls(*names) and row["true_before"])


def share(rows: Iterable[Asked], column: str, value: str = "asked") -> float:
    counts = Counter(row[column] == value for row in rows)
    return counts[True] / counts.total()


def touched(name: str, rows: Iterable[Asked]) -> tuple[list[Asked], list[Asked]]:
    inside, outside = [], []
    for row in rows:
        (inside if name in row["faults"].split() else outside).append(row)
    return inside, outside


def test_the_team_that_stops_asking_stops_and_the_others_go_on() -> None:
    inside, outside = touched("team_stops_asking", asked(*TOGETHER))
    assert {row["team"] for row in inside} == {"C"}
    assert len(inside) > 50
    assert share(inside, "happened_before") < 0.1 < 0.3 < share(outside, "happened_before")
    assert share([row for row in outside if row["team"] == "C"], "happened_before") > 0.25


def test_the_handler_who_marks_everyone_marks_everyone_and_no_other_does() -> None:
    inside, outside = touched("handler_marks_everyone", asked(*TOGETHER))
    told = calls(*TOGETHER)
    assert {row["handler"] for row in inside} == {"C7204"}
    alone = [row["ref"] for row in inside if row["faults"] == "handler_marks_everyone"]
    assert alone
    assert all(told[ref]["marked_repeat"] and told[ref]["marked_vulnerable"] for ref in alone)
    others = Counter(bool(told[row["ref"]].get("marked_repeat")) for row in outside)
    assert others[True] < others[False]


def test_the_district_that_misses_limited_english_marks_and_visits_none_of_them() -> None:
    inside, outside = touched("district_misses_limited_english", asked(*TOGETHER))
    told = calls(*TOGETHER)
    assert inside
    for row in inside:
        assert row["district"] == "Lodeside"
        assert "language_barrier" in row["true_circumstances"]
        assert row["personal_circumstances"] != "asked"
        assert told[row["ref"]].get("closed_as") in ("no_action", None)
        assert told[row["ref"]].get("language_line") is not True
    elsewhere = [row for row in outside if "language_barrier" in row["true_circumstances"]]
    assert all(row["district"] != "Lodeside" for row in elsewhere)


def test_online_reports_are_never_marked() -> None:
    inside, outside = touched("online_never_marked", asked(*TOGETHER))
    told = calls(*TOGETHER)
    assert {row["source"] for row in inside} == {"online"} != {row["source"] for row in outside}
    assert all(
        told[row["ref"]]["marked_vulnerable"] is False for row in inside if len(row["faults"].split()) == 1
    )


def test_the_template_stands_in_the_teams_logs() -> None:
    inside, outside = touched("template_says_no", asked(*TOGETHER))
    template = read_faults()["template_says_no"].template

    def with_template(rows: Iterable[Asked]) -> float:
        logs = [calls(*TOGETHER)[row["ref"]].get("log", []) for row in rows]
        return sum(any(line["text"] == template for line in log) for log in logs) / len(logs)

    # People's own words, and somebody who rings again, come without a template.
    assert with_template(outside) < 0.15 < 0.6 < with_template(inside)


def test_the_district_that_grades_down_grades_down() -> None:
    inside, _ = touched("grades_drift_down", asked(*TOGETHER))
    grades = {calls(*TOGETHER)[row["ref"]]["grade_given"] for row in inside}
    assert grades == {"resolution_without_deployment"}


def test_the_question_that_was_dropped_is_asked_before_and_of_nobody_after() -> None:
    inside, outside = touched("question_dropped", asked("question_dropped"))
    assert len(inside) > 200
    assert share(inside, "personal_circumstances") == 0
    assert share(inside, "happened_before") > 0.3
    assert share(outside, "personal_circumstances") > 0.2


def test_the_table_of_faults_tells_each_with_the_calls_it_touched() -> None:
    out, summary = planted(*TOGETHER)
    rows = read_rows(out / "truth" / "faults.csv")
    assert [row["fault"] for row in rows] == list(TOGETHER)
    assert {row["fault"]: int(row["calls"]) for row in rows} == summary.faults
    everything = read_rows(out / "truth" / "asked.csv")
    counted = Counter(fault for row in everything for fault in row["faults"].split())
    assert counted == summary.faults


def test_a_force_without_faults_has_none() -> None:
    out, summary = planted()
    assert summary.faults == {}
    assert read_rows(out / "truth" / "faults.csv") == ()
    assert {row["faults"] for row in read_rows(out / "truth" / "asked.csv")} == {""}
    assert share(asked(), "happened_before") > 0.35
    assert 0.2 < share(asked(), "personal_circumstances") < 0.5


def test_a_fault_that_there_is_none_of_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        make_force(300, 5, tmp_path / "out", UNTIL, faults=("team_stops_askin",))
    assert "team_stops_asking" in refused.value.details[0].problem
    assert not (tmp_path / "out").exists()
