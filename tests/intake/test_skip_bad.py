import csv
import json

import pytest

from everycall.errors import InputError
from everycall.intake.calls import stream_calls
from everycall.intake.flags import stream_flags

TABLE = "ref,received_at,log\nA1,2024-06-12T21:04,GOOD\nA2,never,BAD\nA3,2024-06-12T21:04,GOOD\nA4,short\n"


def test_good_rows_go_on_and_refused_ones_are_kept_with_reasons(write, tmp_path):
    refused = tmp_path / "refused.csv"
    rows = list(stream_calls(write("calls.csv", TABLE), skip_bad_to=refused))
    assert [(row.row_number, row.call.ref) for row in rows] == [(2, "A1"), (4, "A3")]
    kept = list(csv.reader(refused.read_text("utf-8").splitlines()))
    assert [row[0] for row in kept] == ["3", "5"]
    assert "column 'received_at'" in kept[0][1]
    assert kept[0][2:] == ["A2", "never", "BAD"]
    assert kept[1][2:] == ["A4", "short"]
    assert refused.stat().st_mode & 0o077 == 0, "the rows are confidential"


def test_lines_of_jsonl_are_kept_as_they_were(write, tmp_path):
    good = '{"ref": "A1", "received_at": "2024-06-12T21:04"}'
    refused = tmp_path / "refused.jsonl"
    rows = list(
        stream_calls(write("calls.jsonl", f'{good}\n{{"ref": \n{{"ref": "Ž"}}\n'), skip_bad_to=refused)
    )
    assert [row.call.ref for row in rows] == ["A1"]
    kept = [json.loads(line) for line in refused.read_text("utf-8").splitlines()]
    assert [(entry["row"], entry["cells"]) for entry in kept] == [
        (2, ['{"ref": \n']),
        (3, ['{"ref": "Ž"}\n']),
    ]
    assert kept[0]["problems"] == ["calls.jsonl:2 column 1: is not JSON"]


def test_without_skip_bad_the_first_bad_row_stops_it(write):
    told = stream_calls(write("calls.csv", TABLE))
    assert next(told).call.ref == "A1"
    with pytest.raises(InputError) as caught:
        next(told)
    assert caught.value.details[0].where == "calls.csv:3 column 'received_at'"


def test_refused_rows_never_overwrite_the_source(write, problems, tmp_path):
    path = write("calls.csv", TABLE)
    assert "is the file that is being read" in problems(stream_calls, path, skip_bad_to=path)[0]
    assert path.read_text() == TABLE
    assert "must end in .csv or .jsonl" in problems(stream_calls, path, skip_bad_to=tmp_path / "bad.txt")[0]


def test_flags_can_be_skipped_too(write, tmp_path):
    header = "kind,source,recorded_on,about.phone\n"
    text = header + "warning,cad,2024-01-01,01632 960114\nwarnin,cad,2024-01-01,01632 960114\n"
    refused = tmp_path / "refused.csv"
    assert len(list(stream_flags(write("flags.csv", text), refused))) == 1
    assert "did you mean 'warning'?" in refused.read_text()
