import gzip
from pathlib import Path

import pytest

from everycall.intake.areas import read_area_file
from everycall.intake.calls import check_calls
from everycall.intake.flags import check_flags
from everycall.intake.places import check_places
from everycall.intake.police_uk import check_police_uk

GOOD = "ref,received_at\nA1,2024-06-12T21:04:00+01:00\n"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("calls.csv", b'{"ref": "A1"}', "should be CSV and is JSON"),
        ("calls.csv", b'[{"ref": "A1"}]', "should be CSV and is JSON"),
        ("calls.csv", b"PK\x03\x04rest of a workbook", "spreadsheet (xlsx, ods)"),
        ("calls.jsonl", b"PK\x03\x04rest of a workbook", "should be JSONL"),
        ("calls.csv", b"PAR1rest", "should be CSV and is Parquet"),
        ("calls.jsonl", b"%PDF-1.7 rest", "is a PDF"),
        ("calls.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old spreadsheet"),
        ("calls.csv", gzip.compress(GOOD.encode(), mtime=0), "compressed with gzip"),
        ("calls.csv", bytes(range(256)) * 4 + bytes(1000), "is binary"),
        ("calls.csv", GOOD.encode("utf-16-le"), "UTF-16 without a mark"),
        ("calls.csv", b"<!DOCTYPE html><html>", "XML or a web page"),
        ("calls.csv", b"\xff\xfe\x00\x00r\x00\x00\x00", "UTF-32"),
        ("calls.jsonl", b'[\n{"ref": "A1"}]', "JSON list"),
        ("calls.jsonl", GOOD.encode(), "a table"),
        ("calls.parquet", GOOD.encode(), "should be Parquet and is something else"),
    ],
)
def test_it_is_refused_and_said_to_be_what_it_is(write, problems, name, content, says):
    (told,) = problems(check_calls, write(name, content))
    assert told.startswith(f"{name}: is not what its name says")
    assert says in told


@pytest.mark.parametrize("reader", [check_calls, check_flags, check_places, check_police_uk])
@pytest.mark.parametrize("content", [b"", b"\n \n\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_no_empty_history(write, problems, reader, content):
    assert problems(reader, write("empty.csv", content)) == ["empty.csv: is empty"]


def test_a_header_alone_is_no_empty_history_either(write, problems):
    assert problems(check_calls, write("calls.csv", "ref,received_at\n")) == ["calls.csv: has no rows"]


@pytest.mark.parametrize("name", ["calls.xlsx", "calls", "calls.gz", "calls.parquet.gz", "calls.json"])
def test_another_ending_is_told_what_is_allowed(write, problems, name):
    (told,) = problems(check_calls, write(name, GOOD))
    assert told.startswith(f"{name}: its name must end in one of .csv")


def test_a_missing_file_and_a_folder_are_refused(tmp_path, problems):
    assert problems(check_calls, tmp_path / "none.csv") == [
        "none.csv: cannot be read (No such file or directory)"
    ]
    (tmp_path / "folder.csv").mkdir()
    assert problems(check_calls, tmp_path / "folder.csv")[0].startswith("folder.csv: cannot be read")


def test_a_gzip_broken_off_is_refused_whole(write, problems):
    lines = "".join(f"A{n},2024-06-12T21:04:00+01:00\n" for n in range(3000))
    whole = gzip.compress(("ref,received_at\n" + lines).encode())
    assert check_calls(write("whole.csv.gz", whole)).usable == 3000
    (told,) = problems(check_calls, write("calls.csv.gz", whole[:-600]))
    assert told == "calls.csv.gz: is a damaged gzip file, or is broken off"


def test_areas_that_are_no_json_say_where(write, problems):
    path = write("areas.geojson", '{"type": "FeatureCollection",\n "features": [}')
    assert problems(read_area_file, path, "id", "name") == ["areas.geojson:2 column 15: is not JSON"]
    twice = write("twice.geojson", '{"type": "a", "type": "b"}')
    assert "the key 'type' stands twice" in problems(read_area_file, twice, "id", "name")[0]


def test_parquet_is_read_as_a_table(tmp_path: Path, problems):
    pyarrow = pytest.importorskip("pyarrow", reason="Parquet is read only where pyarrow is installed")
    from pyarrow import parquet

    from everycall.intake.calls import stream_calls

    table = pyarrow.table(
        {"ref": ["A1", "A2"], "received_at": ["2024-06-12T21:04:00+01:00", None], "caller.age": [73, None]}
    )
    parquet.write_table(table, tmp_path / "calls.parquet")
    checked = check_calls(tmp_path / "calls.parquet")
    assert (checked.rows, checked.usable) == (2, 1)
    assert str(checked.problems[0]).startswith("calls.parquet:3 column 'received_at'")
    good = next(stream_calls(tmp_path / "calls.parquet"))
    assert good.call.caller is not None
    assert good.call.caller.age == 73
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "calls.parquet").read_bytes()[:-20])
    assert "damaged Parquet" in problems(check_calls, tmp_path / "cut.parquet")[0]
