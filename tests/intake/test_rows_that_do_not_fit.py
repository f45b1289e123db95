import csv

import pytest

from everycall.intake.calls import check_calls, stream_calls
from everycall.intake.flags import check_flags
from everycall.intake.mapping import read_mapping

HEAD = "ref,received_at,log\n"
GOOD = "A1,2024-06-12T21:04:00+01:00,YOUTHS\n"


def told(path):
    return [str(problem) for problem in check_calls(path).problems]


def test_ragged_rows_are_named_by_row(write):
    path = write("calls.csv", HEAD + GOOD + "A2,2024-06-12T21:04:00+01:00\n" + "A3,x,y,z\n")
    assert told(path) == [
        "calls.csv:3: has 2 cells where the header has 3",
        "calls.csv:4: has 4 cells where the header has 3",
    ]


def test_a_row_is_counted_as_a_spreadsheet_does_after_cells_of_many_lines(write):
    path = write("calls.csv", HEAD + 'A1,2024-06-12T21:04:00+01:00,"ONE\nTWO\nTHREE"\nA2,soon,X\n')
    (problem,) = told(path)
    assert problem.startswith("calls.csv:3 column 'received_at': 'soon' is not a date and time")


def test_a_quotation_mark_left_open_is_told_and_the_rest_is_not_lost_silently(write, tmp_path):
    path = write("calls.csv", HEAD + GOOD + 'A2,2024-06-12T21:04:00+01:00,"OPEN\n' + GOOD.replace("A1", "A3"))
    checked = check_calls(path)
    assert str(checked.problems[0]).startswith("calls.csv:3: a quotation mark is not closed")
    refused = tmp_path / "refused.csv"
    list(stream_calls(path, skip_bad_to=refused))
    assert "A3,2024" in refused.read_text(), "the rows that the mark swallowed are kept for a person"


def test_blank_rows_are_passed_over_and_still_counted_in_row_numbers(write):
    path = write("calls.csv", HEAD + "\n,,\n" + GOOD + "A2,bad,\n")
    assert told(path)[0].startswith("calls.csv:5 ")
    assert check_calls(path).rows == 2


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_header(write, sign):
    text = f"ref{sign}received_at{sign}log\nA1{sign}2024-06-12T21:04:00+01:00{sign}SHOUTING, AGAIN; LOUD\n"
    if sign in ",;":
        text = text.replace("SHOUTING, AGAIN; LOUD", '"SHOUTING, AGAIN; LOUD"')
    (row,) = stream_calls(write("calls.csv", text))
    assert row.call.log[0].text == "SHOUTING, AGAIN; LOUD"


def test_a_log_line_of_ten_megabytes_is_refused_by_name_and_does_not_stop_the_file(write):
    path = write("calls.csv", HEAD + f"A0,2024-06-12T21:04:00+01:00,{'X' * 10_000_000}\n" + GOOD)
    checked = check_calls(path)
    assert checked.usable == 1
    (problem,) = checked.problems
    assert problem.where == "calls.csv:2 column 'log'"
    assert "65536" in problem.problem
    assert len(problem.problem) < 200


def test_a_line_beyond_any_table_refuses_the_file(write, problems):
    path = write("calls.csv", HEAD + "A0,2024-06-12T21:04:00+01:00," + "X" * (2**24 + 10))
    assert problems(check_calls, path) == ["calls.csv: line 2 has more than 16,777,216 characters"]


def test_unknown_columns_have_the_nearest_name(write, problems):
    path = write("calls.csv", "ref,recieved_at,caller.nmae\nA1,x,y\n")
    told = problems(check_calls, path)
    assert told[0].startswith(
        "calls.csv:1: the column 'received_at' is missing; the file's columns are 'ref'"
    )
    assert "calls.csv:1: unknown column 'recieved_at', did you mean 'received_at'?" in told
    assert "calls.csv:1: unknown column 'caller.nmae', did you mean 'caller.name'?" in told


A_PERSON = "MC-9,2024-06-12,Maureen Peck,01632 960114\n"


def test_a_first_row_without_any_known_column_is_not_quoted_it_may_be_a_persons(write, problems):
    """A file whose header line was lost: its first row is somebody's call, and errors land in logs."""
    path = write("calls.csv", A_PERSON)
    wanted = "is its header line missing? See"
    told = f"calls.csv:1: has 4 columns, none of a known name; {wanted}"
    assert problems(check_calls, path) == [f"{told} ref, received_at"]
    mapping = write(
        "ours.toml", 'ref = "MC-{row:06}"\n[columns]\nreceived_at = "WHEN"\n"caller.name" = "SURNAME"\n'
    )
    assert problems(check_calls, path, read_mapping(mapping)) == [f"{told} ours.toml"]
    path = write("flags.csv", A_PERSON)
    told = f"flags.csv:1: has 4 columns, none of a known name; {wanted} kind, source, recorded_on"
    assert problems(check_flags, path) == [told]


def test_columns_named_by_their_position_need_no_known_name(write):
    mapping = write("ours.toml", "[columns]\nref = 1\nreceived_at = 2\n")
    path = write("calls.csv", "NO,WHEN\nA1,2024-06-12T21:04:00+01:00\n")
    assert check_calls(path, read_mapping(mapping)).usable == 1


def test_only_a_thousand_problems_are_kept_and_the_rest_is_counted(write, problems):
    path = write("calls.csv", HEAD + "A1,never,X\n" * 1_500)
    checked = check_calls(path)
    assert (len(checked.problems), checked.more_problems, checked.refused) == (1_000, 500, 1_500)
    assert problems(checked.raise_if_any)[-1] == "calls.csv: and 500 more problems"


def test_the_size_of_a_cell_others_allow_is_never_made_smaller(write):
    before = csv.field_size_limit(2**30)
    try:
        check_calls(write("calls.csv", HEAD + GOOD))
        assert csv.field_size_limit() == 2**30
    finally:
        csv.field_size_limit(before)
