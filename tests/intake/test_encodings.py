import gzip

import pytest

from everycall.intake.calls import check_calls, stream_calls
from everycall.intake.mapping import read_mapping

TEXT = "ref,received_at,caller.name\nA1,2024-06-12T21:04:00+01:00,Zoë Müller\n"


def names(path):
    return [row.call.caller.name for row in stream_calls(path)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_name_survives_its_encoding(write, encoding):
    assert names(write("calls.csv", TEXT.encode(encoding))) == ["Zoë Müller"]
    assert names(write("calls.csv.gz", gzip.compress(TEXT.encode(encoding)))) == ["Zoë Müller"]


def test_big_endian_with_its_mark_is_read(write):
    assert names(write("calls.csv", b"\xfe\xff" + TEXT.encode("utf-16-be"))) == ["Zoë Müller"]


def test_windows_1252_is_said(write):
    (note,) = check_calls(write("calls.csv", TEXT.encode("cp1252"))).notes
    assert note.where == "calls.csv"
    assert "read as Windows-1252" in note.problem
    assert check_calls(write("calls.csv", TEXT)).notes == ()


def test_what_is_no_text_in_either_is_refused_by_byte(write, problems):
    content = TEXT.encode("cp1252") + b"A2,\x81\x8d\n"
    (told,) = problems(check_calls, write("calls.csv", content))
    assert told.startswith("calls.csv: is neither UTF-8 (byte ")


def test_a_wrong_byte_far_into_the_file_is_found_before_the_first_row_is_told(write):
    many = "".join(f"A{n},2024-06-12T21:04:00+01:00,Anna\n" for n in range(2, 40_000))
    content = (TEXT.splitlines()[0] + "\n" + many).encode() + "Z,2024-06-12T21:04:00+01:00,Zoë\n".encode(
        "cp1252"
    )
    assert "Zoë" in names(write("calls.csv", content))


def test_a_mapping_that_names_the_encoding_is_taken_at_its_word(write, problems):
    columns = 'ref = "ref"\nreceived_at = "received_at"\n"caller.name" = "caller.name"\n'
    utf8 = read_mapping(write("m.toml", f'encoding = "utf-8"\n[columns]\n{columns}'))
    (told,) = problems(check_calls, write("calls.csv", TEXT.encode("cp1252")), utf8)
    assert told.startswith("calls.csv: is not utf-8 text: byte ")
    utf16 = read_mapping(write("m16.toml", f'encoding = "utf-16"\n[columns]\n{columns}'))
    assert "is not UTF-16" in problems(check_calls, write("calls.csv", TEXT), utf16)[0]


def test_right_to_left_names_and_emoji_come_through_whole(write):
    for name in ("محمد العلي", "דוד כהן", "Ana 😀🏽", "Nguyễn Thị Hồng"):
        text = f"ref,received_at,caller.name\nA1,2024-06-12T21:04:00+01:00,{name}\n"
        assert names(write("calls.csv", text)) == [name]


def test_nul_and_control_characters_become_spaces_and_are_noted(write):
    path = write("calls.csv", "ref,received_at,log\nA1,2024-06-12T21:04:00+01:00,STONES\x00AT\x07WINDOW\n")
    (row,) = stream_calls(path)
    assert row.call.log[0].text == "STONES AT WINDOW"
    assert "control characters" in row.notes[0].problem
    assert row.notes[0].where.startswith("calls.csv:2 ")
