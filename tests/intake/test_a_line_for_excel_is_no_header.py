import pytest

from everycall.intake.calls import check_calls, stream_calls


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line", ["sep=", "SEP="])
def test_the_line_that_tells_excel_the_delimiter_is_passed_over(write, sign, line):
    rows = [["ref", "received_at", "caller.name"], ["A1", "2024-06-12T21:04:00+01:00", "Anna"]]
    text = f"{line}{sign}\r\n" + "".join(sign.join(row) + "\r\n" for row in rows)
    (row,) = stream_calls(write("calls.csv", text))
    assert (row.row_number, row.call.ref, row.call.caller.name) == (3, "A1", "Anna")


def test_a_fault_further_down_keeps_the_row_number_of_the_spreadsheet(write):
    (told,) = check_calls(write("calls.csv", "sep=,\nref,received_at\nA1,yesterday\n")).problems
    assert told.where.startswith("calls.csv:3 ")


def test_a_column_named_like_it_further_along_is_a_header_still(write, problems):
    told = problems(check_calls, write("calls.csv", "sep=,ref,received_at\nx,A1,2024-06-12T21:04:00+01:00\n"))
    assert any("sep=" in one for one in told)
