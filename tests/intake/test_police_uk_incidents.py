from datetime import date

import pytest

import shared_data
from everycall.intake.police_uk import COLUMNS, check_police_uk, stream_police_uk

HEADER = ",".join(COLUMNS) + "\n"
ASB = (
    ",2024-01,Made-up Police,Made-up Police,0.16,52.66,On or near Larch Road,E01000001,Made 001A,"
    "Anti-social behaviour,,\n"
)


def test_a_row_is_read_with_and_without_the_header(write):
    (one,) = stream_police_uk(write("a.csv", HEADER + ASB))
    (two,) = stream_police_uk(write("b.csv", ASB))
    assert one == two
    assert (one.month, one.category, one.lsoa) == (date(2024, 1, 1), "Anti-social behaviour", "E01000001")
    assert (one.street, one.outcome) == ("On or near Larch Road", None)


def test_rows_without_a_position_are_kept_and_counted(write):
    path = write("a.csv", HEADER + ASB + ASB.replace("0.16,52.66", ",") + ASB.replace("0.16,52.66", "0,0"))
    assert [incident.longitude for incident in stream_police_uk(path)] == [0.16, None, None]
    assert "2 rows have no position" in check_police_uk(path).notes[0].problem


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("2024-01", "2024-13", "a.csv:2 column 'Month': '2024-13' is not a month like 2024-01"),
        ("0.16,52.66", "52.66,0.16", "they look swapped"),
        ("0.16,52.66", "0.16,", "must be two numbers, or both empty"),
        ("0.16,52.66", "nan,52.66", "lie outside the United Kingdom"),
        ("Anti-social behaviour", "", "a.csv:2 column 'Crime type': is empty"),
        (",,\n", "\n", "a.csv:2: has 10 cells where the file has 12 columns"),
    ],
)
def test_bad_rows_are_named(write, old, new, says):
    (problem,) = check_police_uk(write("a.csv", HEADER + ASB.replace(old, new, 1))).problems
    assert says in str(problem)


def test_another_table_is_refused(write, problems):
    told = problems(check_police_uk, write("a.csv", "Month,Crime typ\n2024-01,x\n"))
    assert "a.csv:1: the column 'Crime type' is missing, did you mean 'Crime typ'?" in told


@pytest.mark.shared_data
@pytest.mark.parametrize(("month", "asb"), [("2021-01", 935), ("2024-01", None)])
def test_real_files_are_read_whole(month, asb):
    path = shared_data.path(f"police-uk/{month}-cambridgeshire-street.csv")
    assert check_police_uk(path).refused == 0
    found = sum(incident.category == "Anti-social behaviour" for incident in stream_police_uk(path))
    assert found == asb if asb else found > 500
