import pytest

from everycall.intake.calls import check_calls
from everycall.intake.mapping import read_mapping

COLUMNS = '[columns]\nref = "NO"\nreceived_at = "WHEN"\n'


def test_all_mistakes_are_told_at_once_each_with_the_nearest_name(write, problems):
    text = """
time_zone = "Europe/Londn"
date_formats = ["%d/%m/%y"]
[columns]
ref = "NO"
received_at = "WHEN"
"caller.nmae" = "NAME"
category = "TYPE"
[codes.category]
"P" = "asb_persnal"
[codes."answers.targetted"]
"Y" = "yes"
[split]
"caller.name" = ";"
[defaults]
status = "opened"
received_at = "2024-01-01T00:00"
[role_of_source]
offcer = "police"
officer = "constable"
"""
    told = problems(read_mapping, write("ours.toml", text))
    for expected in (
        "ours.toml time_zone: 'Europe/Londn' is not a time zone",
        "ours.toml date_formats: '%d/%m/%y' has a year of two digits",
        "ours.toml columns: unknown field 'caller.nmae', did you mean 'caller.name'?",
        "ours.toml codes.category.'P': 'asb_persnal' is not one of ",
        "ours.toml codes: unknown field 'answers.targetted', did you mean 'answers.targeted'?",
        "ours.toml split.caller.name: only behaviours and log can be split",
        "ours.toml defaults.status: 'opened' is not one of closed, open",
        "ours.toml defaults.received_at: cannot have a default",
        "ours.toml role_of_source: 'offcer' is not one of",
        "ours.toml role_of_source.officer: 'constable' is not one of",
    ):
        assert any(line.startswith(expected) for line in told), expected
    assert len(told) == 10


def test_unknown_keys_and_broken_toml_are_told_by_key(write, problems):
    (told,) = problems(read_mapping, write("ours.toml", 'time_zon = "UTC"\n' + COLUMNS))
    assert told == "ours.toml time_zon: unknown key 'time_zon', did you mean 'time_zone'?"
    (told,) = problems(read_mapping, write("ours.toml", "[columns\n"))
    assert told.startswith("ours.toml: is not TOML")
    assert problems(read_mapping, write("none.toml", "[codes]\n")) == [
        "ours.toml columns: field required".replace("ours", "none")
    ]


@pytest.mark.parametrize(
    ("formats", "says"),
    [
        ('["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"]', "read the same text as different days"),
        ('["%d/%m/%Y"]', "does not name the hour"),
        ('["%H:%M"]', "does not name day, month and year"),
        ('["%c"]', "uses a sign that is not one of"),
        ('["%d/%m/%Y %H:%M %Q"]', "uses a sign that is not one of"),
        ('["%d/%m/%Y %I:%M"]', "without %p"),
        ('["%d/%m/%Y %d %H"]', "is not a date format"),
    ],
)
def test_formats_that_cannot_be_relied_on_are_refused(write, problems, formats, says):
    path = write("ours.toml", f"date_time_formats = {formats}\n{COLUMNS}")
    assert any(says in line for line in problems(read_mapping, path))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[columns]\nreceived_at = "WHEN"\n', "give either columns.ref"),
        (f'ref = "X-{{row}}"\n{COLUMNS}', "give either columns.ref"),
        ('[columns]\nref = "NO"\n', "received_at is missing"),
        ('ref = "X-{row"\n[columns]\nreceived_at = "WHEN"\n', "a brace is not closed"),
        ('ref = "X"\n[columns]\nreceived_at = "WHEN"\n', "every call would have the same ref"),
        ('ref = "{row!r}"\n[columns]\nreceived_at = "WHEN"\n', "is not like {row:06}"),
        ('ref = "{row:>9999999999}"\n[columns]\nreceived_at = "WHEN"\n', "is not like {row:06}"),
        ('header = false\n[columns]\nref = "NO"\nreceived_at = 2\n', "a column is a position"),
        ("header = false\n[columns]\nref = 0\nreceived_at = 2\n", "counted from 1"),
        (COLUMNS + "log = []\n", "names no column"),
        (COLUMNS + '[codes.closed_as]\n"nfa" = ""\n"NFA" = ""\n', "stands twice"),
        (COLUMNS + '[split]\nlog = ""\n', "is empty"),
        (COLUMNS + '[codes.marked_repeat]\n"Y" = "yes"\n', "'yes' is not one of false, true"),
        ("header = 1.5\n" + COLUMNS, "header"),
        (COLUMNS + "log = true\n", "log must be a column's name or its position"),
    ],
)
def test_what_a_mapping_may_not_say(write, problems, text, says):
    assert any(says in line for line in problems(read_mapping, write("ours.toml", text)))


def test_missing_columns_are_named_with_the_columns_there_are(write, problems):
    mapping = read_mapping(write("ours.toml", COLUMNS + '"caller.name" = ["FORENAME", "SURNAM"]\n'))
    path = write("calls.csv", "NO,WHEN,SURNAME\nA1,2024-06-12T21:04,PECK\n")
    told = problems(check_calls, path, mapping)
    assert told == [
        "calls.csv:1: ours.toml columns.caller.name names the column 'FORENAME', which is missing, did you mean"
        " 'SURNAME'?; the file's columns are 'NO', 'WHEN', 'SURNAME'",
        "calls.csv:1: ours.toml columns.caller.name names the column 'SURNAM', which is missing, did you mean"
        " 'SURNAME'?; the file's columns are 'NO', 'WHEN', 'SURNAME'",
        "calls.csv:1: column 'SURNAME' is neither in columns nor in ignore of ours.toml",
    ]


def test_positions_beyond_the_row_are_told(write, problems):
    mapping = read_mapping(write("ours.toml", "header = false\n[columns]\nref = 1\nreceived_at = 9\n"))
    told = problems(check_calls, write("calls.csv", "A1,2024-06-12T21:04\n"), mapping)
    assert told[0] == "calls.csv:1: ours.toml columns.received_at names column 9, but the file has 2 columns"


def test_a_column_nobody_names_is_refused_so_that_none_is_lost_by_a_misspelling(write, problems):
    path = write("calls.csv", "NO,WHEN,VICTIM\nA1,2024-06-12T21:04,ANNA\n")
    mapping = read_mapping(write("ours.toml", COLUMNS))
    assert problems(check_calls, path, mapping) == [
        "calls.csv:1: column 'VICTIM' is neither in columns nor in ignore of ours.toml"
    ]
    for ignore in ('["VICTIM"]', '["*"]', "[3]"):
        ignoring = read_mapping(write("ours.toml", f"ignore = {ignore}\n{COLUMNS}"))
        assert check_calls(path, ignoring).usable == 1


def test_a_column_name_that_stands_twice_must_be_named_by_position(write, problems):
    path = write("calls.csv", "NO,WHEN,TEL,TEL\nA1,2024-06-12T21:04,,01632 960114\n")
    by_name = read_mapping(write("ours.toml", COLUMNS + '"caller.phone" = "TEL"\n'))
    assert "stands 2 times; name it by its position" in problems(check_calls, path, by_name)[0]
    by_position = read_mapping(write("ours.toml", f'ignore = [3]\n{COLUMNS}"caller.phone" = 4\n'))
    assert check_calls(path, by_position).usable == 1


def test_a_known_column_that_stands_twice_is_told_once_and_not_as_unknown(write, problems):
    path = write("calls.csv", "ref,received_at,ref\nA1,2024-06-12T21:04,A2\n")
    assert problems(check_calls, path) == [
        "calls.csv:1: the column 'ref' stands 2 times; name it by its position"
    ]


def test_a_mapping_is_not_for_jsonl(write, problems):
    mapping = read_mapping(write("ours.toml", COLUMNS))
    path = write("calls.jsonl", '{"ref": "A1", "received_at": "2024-06-12T21:04"}\n')
    assert "a mapping is for a table" in problems(check_calls, path, mapping)[0]
