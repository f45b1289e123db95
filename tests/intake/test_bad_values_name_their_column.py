import pytest

from everycall.intake.calls import check_calls
from everycall.intake.mapping import read_mapping

MAPPING = """
date_time_formats = ["%d/%m/%Y %H:%M"]
date_formats = ["%d/%m/%Y"]
coordinates = "wgs84"
[columns]
ref = "NO"
received_at = "AT"
source = "SRC"
"caller.name" = "NAME"
"caller.phone" = "TEL"
"caller.date_of_birth" = "DOB"
"caller.age" = "AGE"
"caller.role" = "ROLE"
"location.x" = "X"
"location.y" = "Y"
"location.uprn" = "UPRN"
"answers.targeted" = "TARGETED"
marked_repeat = "REPEAT"
behaviours = "KINDS"
"""
GOOD = {
    "NO": "A1", "AT": "12/06/2024 21:04", "SRC": "101", "NAME": "Maureen Peck", "TEL": "01632 960114",
    "DOB": "02/03/1951", "AGE": "73", "ROLE": "victim", "X": "0.16", "Y": "52.66", "UPRN": "100012",
    "TARGETED": "yes", "REPEAT": "true", "KINDS": "noise",
}  # fmt: skip


@pytest.fixture
def check(write):
    mapping = read_mapping(write("ours.toml", MAPPING))

    def with_changed(**changed):
        cells = GOOD | changed
        return check_calls(
            write("calls.csv", ",".join(cells) + "\n" + ",".join(cells.values()) + "\n"), mapping
        )

    return with_changed


def test_the_row_is_good_before_anything_is_changed(check):
    checked = check()
    assert (checked.usable, checked.problems, checked.notes) == (1, (), ())


@pytest.mark.parametrize(
    ("changed", "where", "says"),
    [
        (
            {"AT": "31/02/2024 21:04"},
            "column 'AT' (received_at)",
            "'31/02/2024 21:04' is not a date and time of the calendar",
        ),
        ({"AT": ""}, "column 'AT' (received_at)", "field required"),
        ({"AT": "12/06/0024 21:04"}, "column 'AT' (received_at)", "the year 24 is not between 1900 and 2200"),
        ({"NO": ""}, "column 'NO' (ref)", "field required"),
        (
            {"DOB": "31/02/1951"},
            "column 'DOB' (caller.date_of_birth)",
            "is not a date of the calendar written as %d/%m/%Y",
        ),
        ({"DOB": "02/03/2031"}, "column 'DOB' (caller.date_of_birth)", "after the call"),
        ({"AGE": "seventy"}, "column 'AGE' (caller.age)", "valid integer"),
        ({"AGE": "430"}, "column 'AGE' (caller.age)", "less than or equal to 125"),
        ({"SRC": "telephone"}, "column 'SRC' (source)", "'telephone' is not one of 101, 999"),
        ({"ROLE": "victm"}, "column 'ROLE' (caller.role)", "did you mean 'victim'?"),
        (
            {"TARGETED": "Y"},
            "column 'TARGETED' (answers.targeted)",
            "'Y' is not one of no, refused, unknown, yes",
        ),
        ({"REPEAT": "perhaps"}, "column 'REPEAT' (marked_repeat)", "'perhaps' is not one of false, true"),
        ({"X": "52.66", "Y": "0.16"}, "location", "look swapped"),
        ({"Y": ""}, "location", "latitude and longitude must be given together"),
        ({"Y": "952"}, "column 'Y' (location.latitude)", "less than or equal to 90"),
        ({"X": "nan"}, "column 'X' (location.longitude)", "finite number"),
        ({"UPRN": "12AB"}, "column 'UPRN' (location.uprn)", "match pattern"),
    ],
)
def test_a_bad_value_is_told_by_file_row_and_column(check, changed, where, says):
    checked = check(**changed)
    assert checked.usable == 0
    (problem,) = checked.problems
    assert problem.where == f"calls.csv:2 {where}"
    assert says in problem.problem


def test_all_problems_of_a_row_are_told(check):
    wheres = {problem.where for problem in check(AT="never", DOB="never", SRC="x", AGE="x").problems}
    assert wheres == {
        "calls.csv:2 column 'AT' (received_at)", "calls.csv:2 column 'DOB' (caller.date_of_birth)",
        "calls.csv:2 column 'SRC' (source)", "calls.csv:2 column 'AGE' (caller.age)",
    }  # fmt: skip


def test_no_message_repeats_a_name_a_number_or_a_birthday(check):
    checked = check(NAME="Maureen Peck" * 50, TEL="01632 960114" * 50, DOB="99/99/1951", AGE="01632960114")
    text = " ".join(str(problem) for problem in checked.problems)
    assert len(checked.problems) == 4
    assert not any(secret in text for secret in ("Peck", "960", "1951"))


@pytest.mark.parametrize("phone", ["999", "123456789012345678901234567890"])
def test_a_phone_of_three_or_thirty_digits_is_kept_and_noted_without_its_digits(check, phone):
    checked = check(TEL=phone)
    assert checked.usable == 1
    (note,) = checked.notes
    assert note.where == "calls.csv:2 caller.phone"
    assert note.problem == f"has {len(phone)} digits; a phone has 6 to 15"


def test_an_unknown_behaviour_is_kept_and_noted(check):
    checked = check(KINDS="noise; ball_games")
    assert checked.usable == 1
    assert checked.notes[0].where == "calls.csv:2 column 'KINDS' (behaviours)"
    assert "'ball_games' is not one of" in checked.notes[0].problem


def test_the_doubled_hour_is_taken_as_the_first_and_noted(check):
    checked = check(AT="27/10/2024 01:30")
    assert checked.notes[0].where == "calls.csv:2 column 'AT' (received_at)"
    assert "came twice" in checked.notes[0].problem


def test_a_position_of_zeros_is_none_and_noted(check, write):
    checked = check(X="0", Y="0.0")
    assert checked.usable == 1
    assert checked.notes[0].problem == "latitude and longitude are 0: taken as no position"
