"""Lines of JSON that go to the helpers as they stand are told as rows that were taken apart before."""

from __future__ import annotations

import gzip
import json
import marshal
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everycall.errors import InputError
from everycall.intake import files
from everycall.intake.batches import open_rows
from everycall.intake.calls import look_at_calls
from everycall.intake.files import read_pieces, stands_in_lines_of_utf8
from everycall.loading.ready import Ready, Task, make_ready, task_of

CALL = {"ref": "A-1", "received_at": "2024-06-12T21:04:00+01:00"}
LINES = st.sampled_from(
    [
        *[json.dumps(CALL | more) for more in ({}, {"handler": "C1"}, {"behaviours": ["mice"]}, {"ref": 5})],
        json.dumps(CALL | {"district": "Ely \u00e9", "log": [{"text": "TWO\nLINES"}]}, ensure_ascii=False),
        "", " ", "\u00a0", "\u2003\r", "\x0c", "\x85", json.dumps(CALL) + "\r", "[1, 2]", "not json", "\ufeff{}",
        '{"ref": "A", "ref": "B", "received_at": "2024-06-12T21:04"}', '{"ref": "\\ud800"}', "\u2028{}",
    ]
)  # fmt: skip


def _taken_apart(path: Path) -> Ready:
    reader, rows = open_rows(look_at_calls(path, None))
    return make_ready(task_of(pickle.dumps(reader), list(rows)))


def _as_they_stand(path: Path) -> list[Ready]:
    source = look_at_calls(path, None)
    assert stands_in_lines_of_utf8(source)
    reader = pickle.dumps(open_rows(source)[0])
    return [make_ready(Task(reader, piece, False, first)) for first, piece in read_pieces(source, 1_000)]


def _opened(ready: Ready) -> tuple[object, ...]:
    return (*ready[:4], *map(marshal.loads, ready[4:]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, max_size=8), st.sampled_from(["", "\ufeff"]), st.sampled_from(["", "\n"]))
def test_whatever_stands_in_them(tmp_path: Path, lines: list[str], mark: str, end: str) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_bytes((mark + "\n".join(['{"ref": "first"}', *lines]) + end).encode())
    assert list(map(_opened, _as_they_stand(path))) == [_opened(_taken_apart(path))]


def test_rows_keep_their_numbers_from_piece_to_piece(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(["not json", "", "", "\u00a0", "not json", "{}"]))
    source = look_at_calls(path, None)
    assert list(read_pieces(source, 2)) == [
        (1, b"not json\n\n"),
        (3, b"\n\xc2\xa0\n"),
        (5, b"not json\n{}"),
    ]
    reader = pickle.dumps(open_rows(source)[0])
    made = [make_ready(Task(reader, piece, False, first)) for first, piece in read_pieces(source, 2)]
    assert [one.rows for one in made] == [1, 0, 2]
    assert [told.row_number for one in made for told in one.told] == [1, 5, 6]


def test_other_encodings_are_taken_apart_before(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_bytes(json.dumps(CALL | {"district": "Ely \u00e9"}, ensure_ascii=False).encode("cp1252"))
    assert not stands_in_lines_of_utf8(look_at_calls(path, None))


def test_a_line_may_have_so_many_characters_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LONGEST", 20)
    path = tmp_path / "calls.jsonl"
    path.write_text('{"a": "' + "\u00e9" * 11 + '"}\n' + '{"a": "' + "x" * 11 + '"}', "utf-8")
    assert [number for number, _ in read_pieces(look_at_calls(path, None), 500)] == [1]
    path.write_text('{"a": 1}\n\n{"a": "' + "\u00e9" * 13 + '"}\n', "utf-8")
    with pytest.raises(InputError) as caught:
        list(read_pieces(look_at_calls(path, None), 500))
    assert [detail.problem for detail in caught.value.details] == ["line 3 has more than 20 characters"]


def test_a_file_that_changed_since_it_was_looked_at_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_text("{}", "utf-8")
    reader = pickle.dumps(open_rows(look_at_calls(path, None))[0])
    with pytest.raises(InputError) as caught:
        make_ready(Task(reader, b'{"ref": "\xff"}\n', False, 1))
    assert [str(detail) for detail in caught.value.details] == [
        "calls.jsonl: changed while it was being read"
    ]
