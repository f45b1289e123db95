"""Every call of the made-up force is a call, in both of its files, and the truth tells of every one."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

from made_force import UNTIL, force, lines, rows

from everycall.call import read_call
from everycall.demo.columns import COLUMNS
from everycall.demo.truth import Truth
from everycall.intake.mapping import read_mapping


def test_every_line_is_a_call_without_notes() -> None:
    for call in (*lines("calls.jsonl"), *lines("new-calls.jsonl")):
        assert read_call(call).notes == ()


def test_there_are_as_many_calls_as_asked_for_in_order_of_time_and_before_the_end() -> None:
    times = [datetime.fromisoformat(call["received_at"]) for call in lines("calls.jsonl")]
    assert len(times) == force()[1].calls == 2_000
    assert times == sorted(times)
    assert (UNTIL - times[0]).days < 730
    assert times[-1] <= UNTIL


def test_the_history_is_fresh_when_the_new_calls_come() -> None:
    last = datetime.fromisoformat(lines("calls.jsonl")[-1]["received_at"])
    new = [datetime.fromisoformat(call["received_at"]) for call in lines("new-calls.jsonl")]
    assert len(new) == 20
    assert min(new) > UNTIL
    assert (max(new) - last).total_seconds() < 3 * 3_600


def test_nothing_is_recorded_that_had_not_happened_yet() -> None:
    for call in lines("calls.jsonl"):
        for name in ("attended_at", "closed_at"):
            assert name not in call or datetime.fromisoformat(call[name]) <= UNTIL
        assert (call["status"] == "closed") == ("closed_at" in call) == ("closed_as" in call)


def test_every_ref_is_its_own() -> None:
    refs = [call["ref"] for call in (*lines("calls.jsonl"), *lines("new-calls.jsonl"))]
    assert len(set(refs)) == len(refs)


def test_the_table_holds_the_same_calls_under_the_forces_own_columns() -> None:
    table = rows("calls.csv")
    assert [row["Log No"] for row in table] == [call["ref"] for call in lines("calls.jsonl")]
    assert list(table[0]) == list(COLUMNS.values())
    roles = Counter(row["Inf Role"] for row in table)
    assert set(roles) == {"", "VIC", "WIT", "3RD", "BUS", "PRO", "ANON", "POL"}


def test_local_times_of_the_table_are_the_calls_times() -> None:
    for row, call in zip(rows("calls.csv"), lines("calls.jsonl"), strict=True):
        local = datetime.fromisoformat(call["received_at"]).replace(tzinfo=None, microsecond=0)
        assert datetime.strptime(row["Date/Time"], "%d/%m/%Y %H:%M:%S") == local


def test_the_mapping_is_one_and_reads_every_column() -> None:
    mapping = read_mapping(force()[0] / "mapping.toml")
    assert mapping.columns is not None
    assert {path: columns[0] for path, columns in mapping.columns.items()} == dict(COLUMNS)


def test_the_mapping_knows_every_code_of_the_table() -> None:
    mapping = read_mapping(force()[0] / "mapping.toml")
    for path, codes in mapping.codes.items():
        for row in rows("calls.csv"):
            assert not row[COLUMNS[path]] or codes.ours(row[COLUMNS[path]]) is not None


def test_the_truth_tells_of_every_call_once() -> None:
    refs = [call["ref"] for call in (*lines("calls.jsonl"), *lines("new-calls.jsonl"))]
    assert [truth["ref"] for truth in lines("truth.jsonl")] == refs


def test_the_truth_names_the_mentions_that_the_call_has() -> None:
    truths = {truth["ref"]: truth for truth in lines("truth.jsonl")}
    for data in (*lines("calls.jsonl"), *lines("new-calls.jsonl")):
        call = read_call(data).call
        mentioned = {which for which, _ in call.parties()}
        truth = truths[call.ref]
        assert set(truth["mentions"]) <= mentioned
        assert set(truth["victims"]) <= set(truth["mentions"].values())
        assert set(truth["households"]) == set(truth["mentions"].values())
        assert set(truth["victims"]) <= set(truth["earlier_incidents_12m"])


def test_the_truth_counts_events_and_not_calls() -> None:
    for truth in lines("truth.jsonl"):
        if truth.get("situation") == "one_event" and "expect" in truth:
            assert set(truth["earlier_incidents_12m"].values()) == {0}
            break
    else:
        raise AssertionError("no new call about an event that is going on")
    counted = {t["situation"]: t["earlier_incidents_12m"] for t in lines("truth.jsonl") if "expect" in t}
    assert counted["sixth_call"]["person-cast-sixth_call-main"] == 5
    assert counted["moved"]["person-cast-moved-main"] == 2
    assert counted["next_tenant"]["person-cast-next_tenant-main"] == 0
    assert counted["twins"] == {"person-cast-twins-main": 0, "household-cast-twins-main": 2}


def test_the_line_that_is_written_quickly_is_the_line_of_its_data() -> None:
    for faults in ((), ("team_stops_asking",)):
        truth = Truth(
            "CC000-20260612-0001", 9, {"caller": "person-0-1"}, ("person-0-1",), {"person-0-1": "household-0-1"},
            "event-CC000-1", "place-1", ("older_or_frail", "caring_role"), (), faults,
        )  # fmt: skip
        assert json.loads(truth.as_line({"person-0-1": 2})) == json.loads(
            json.dumps(truth.as_data({"person-0-1": 2}))
        )
