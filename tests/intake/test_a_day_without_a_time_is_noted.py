"""A moment that tells a day alone is taken as its midnight, and that is said: the hour is not known."""

from __future__ import annotations

import pytest

from everycall.call import read_call
from everycall.intake.calls import stream_calls
from everycall.intake.mapping import read_mapping
from everycall.localtime import NO_TIME, written


def test_in_a_table(write):
    path = write("calls.csv", "ref,received_at,closed_at\nA-1,2024-06-12,2024-06-13 09:00\n")
    (row,) = stream_calls(path)
    assert written(row.call.received_at) == "2024-06-12T00:00:00+01:00"
    assert [str(note) for note in row.notes] == [f"calls.csv:2 column 'received_at': {NO_TIME}"]


@pytest.mark.parametrize("told", ["2024-06-12T00:00", "2024-06-12 00:00:00", "2024-06-12T00:00:00+01:00"])
def test_a_midnight_that_was_told_is_not(write, told):
    path = write("calls.csv", f"ref,received_at\nA-1,{told}\n")
    (row,) = stream_calls(path)
    assert row.notes == ()


def test_where_day_and_time_are_two_columns_and_the_time_is_missing(write):
    path = write("calls.csv", "REF,DAY,TIME\nA-1,2024-06-12,\nA-2,2024-06-12,N/A\nA-3,2024-06-12,21:04\n")
    mapping = read_mapping(
        write("ours.toml", 'missing = ["N/A"]\n[columns]\nref = "REF"\nreceived_at = ["DAY", "TIME"]\n')
    )
    found = [[note.problem for note in row.notes] for row in stream_calls(path, mapping)]
    assert found == [[NO_TIME], [NO_TIME], []]


@pytest.mark.parametrize("told", ["2024-06-12", "20240612", " 2024-06-12 "])
def test_in_json_and_in_a_live_call(write, told):
    facts = f'{{"ref": "A-1", "received_at": "{told}", "log": [{{"at": "2024-06-13", "text": "NOISE"}}]}}'
    (row,) = stream_calls(write("calls.jsonl", facts + "\n"))
    assert [str(note) for note in row.notes] == [
        f"calls.jsonl:1 received_at: {NO_TIME}",
        f"calls.jsonl:1 at: {NO_TIME}",
    ]
    (note,) = read_call({"ref": "A-1", "received_at": told}).notes
    assert str(note) == f"received_at: {NO_TIME}"
