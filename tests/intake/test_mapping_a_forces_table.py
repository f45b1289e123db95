"""The example of docs/import.md, as it stands there, reads a force's table to the last cell."""

import re
from pathlib import Path

import pytest

from everycall.intake.calls import check_calls, stream_calls
from everycall.intake.mapping import MappingFile, read_mapping

DOCS = Path(__file__).parents[2] / "docs" / "import.md"
HEADER = (
    "SERIAL;DATE;TIME;METHOD;OPENING_CODE;QUALIFIERS;RESULT;CLOSED;GRADE;"
    "REPEAT_YN;TEXT;UPDATE_TEXT;FORENAME;SURNAME;"
    "TEL;DOB;CLR_ADDRESS;CLR_POSTCODE;CLR_ROLE;VICTIM;SUSPECT;PREMISES;STREET;EASTING;NORTHING;PREVIOUS_YN;"
    "OPERATOR_DESK;SPARE"
)
ROW = (
    "31;12/06/2024;21:04:20;Telephone 101;ASB Personal;NOISY NBRS;NFA;13/06/2024 09:00;G3;Y;"
    '"YOUTHS AT GATE\nSTONES THROWN";'
    "NO REPLY ON CALLBACK;MAUREEN;PECK;01632 960 114;02/03/1951;14 Larch Road;"
    "PE13 9ZZ;VIC;NULL;Dean Foss;14;Larch Road;"
    "546100;309900;Y;7;x"
)


@pytest.fixture
def mapping(write):
    (example,) = re.findall(r"```toml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    return read_mapping(write("ours.toml", example))


def test_every_key_of_a_mapping_is_in_the_docs_table_and_in_the_example():
    text = DOCS.read_text("utf-8")
    for key in MappingFile.model_fields:
        assert f"| `{key}` |" in text
        assert re.search(rf"^(\[{key}[\].]|{key} = )", text, re.MULTILINE), f"{key} is not in the example"


def test_each_cell_lands_in_its_field(write, mapping):
    (row,) = stream_calls(write("calls.csv", f"{HEADER}\n{ROW}\n"), mapping)
    call = row.call
    assert (row.row_number, call.ref, call.source, call.category) == (
        2,
        "CC-20240612-0031",
        "101",
        "asb_personal",
    )
    assert call.received_at.isoformat() == "2024-06-12T21:04:20+01:00"
    assert call.closed_at is not None
    assert (call.closed_as, call.closed_at.isoformat()) == ("no_action", "2024-06-13T09:00:00+01:00")
    assert call.behaviours == ("noise",)
    assert (call.opened_as, call.grade_given, call.status) == ("ASB Personal", "G3", "closed")
    assert call.marked_repeat is True
    assert [line.text for line in call.log] == ["YOUTHS AT GATE", "STONES THROWN", "NO REPLY ON CALLBACK"]
    caller, location = call.caller, call.location
    assert caller is not None
    assert location is not None
    assert (caller.name, caller.phone, caller.role) == ("MAUREEN PECK", "01632 960 114", "victim")
    assert str(caller.date_of_birth) == "1951-03-02"
    assert (location.address, location.easting, location.northing) == ("14, Larch Road", 546100, 309900)
    assert call.victims == ()
    assert [other.name for other in call.others] == ["Dean Foss"]
    assert call.answers == {"happened_before": "yes"}


def test_the_role_of_a_source_fills_only_what_the_row_leaves_open(write, mapping):
    officer = ROW.replace("Telephone 101", "officer").replace(";VIC;", ";;")
    (row,) = stream_calls(write("calls.csv", f"{HEADER}\n{officer}\n"), mapping)
    assert row.call.caller is not None
    assert (row.call.source, row.call.caller.role) == ("officer", "police")
    text = 'role_of_source = {officer = "police"}\n[columns]\nref = "NO"\nreceived_at = "AT"\nsource = "S"\n'
    text += '"caller.role" = "R"\n'
    by_source = read_mapping(write("roles.toml", text))
    table = "NO,AT,S,R\nA1,2024-06-12T21:04,officer,\nA2,2024-06-12T21:04,officer,victim\nA3,2024-06-12T21:04,101,\n"
    rows = list(stream_calls(write("roles.csv", table), by_source))
    assert [row.call.caller.role if row.call.caller else None for row in rows] == ["police", "victim", None]


def test_beginnings_are_told_by_the_longest_and_unknown_codes_are_refused_without_a_star(write):
    text = """
[columns]
ref = "NO"
received_at = "AT"
category = "TYPE"
[codes.category]
"ASB*" = "asb_nuisance"
"ASB PERS*" = "asb_personal"
"""
    mapping = read_mapping(write("ours.toml", text))
    table = "NO,AT,TYPE\nA1,2024-06-12T21:04,asb pers - neighbours\nA2,2024-06-12T21:04,ASB-OTHER\n"
    table += "A3,2024-06-12T21:04,BURGLARY\n"
    checked = check_calls(write("calls.csv", table), mapping)
    assert [str(problem) for problem in checked.problems] == [
        "calls.csv:4 column 'TYPE' (category): 'BURGLARY' is not in [codes.category] of the mapping,"
        ' which has no "*" either'
    ]
    good = stream_calls(write("calls.csv", table.rsplit("A3", 1)[0]), mapping)
    assert [row.call.category for row in good] == ["asb_personal", "asb_nuisance"]


def test_a_table_may_be_nested_instead_of_dotted(write):
    text = '[columns]\nref = "NO"\nreceived_at = "AT"\n[columns.caller]\nname = "N"\n'
    text += '[columns.answers]\ntargeted = "T"\n'
    mapping = read_mapping(write("ours.toml", text))
    (row,) = stream_calls(write("calls.csv", "NO,AT,N,T\nA1,2024-06-12T21:04,ANNA,yes\n"), mapping)
    assert row.call.caller is not None
    assert (row.call.caller.name, row.call.answers) == ("ANNA", {"targeted": "yes"})


def test_a_pack_may_ask_more_questions(write):
    answers = {"noise_at_night": frozenset({"yes", "no"})}
    mapping = read_mapping(
        write("m.toml", '[columns]\nref="NO"\nreceived_at="AT"\n"answers.noise_at_night"="Q"\n'), answers
    )
    path = write("calls.csv", "NO,AT,Q\nA1,2024-06-12T21:04,yes\nA2,2024-06-12T21:04,maybe\n")
    checked = check_calls(path, mapping, answers)
    assert checked.usable == 1
    assert str(checked.problems[0]).startswith(
        "calls.csv:3 column 'Q' (answers.noise_at_night): 'maybe' is not one of"
    )


def test_our_own_word_is_never_swallowed_by_the_star(write):
    text = """
[columns]
ref = "NO"
received_at = "AT"
"answers.targeted" = "Q"
marked_repeat = "R"
[codes."answers.targeted"]
"J" = "yes"
"*" = "unknown"
[codes.marked_repeat]
"*" = ""
"""
    mapping = read_mapping(write("ours.toml", text))
    table = "NO,AT,Q,R\nA1,2024-06-12T21:04,yes,true\nA2,2024-06-12T21:04,J,?\nA3,2024-06-12T21:04,?,?\n"
    rows = [row.call for row in stream_calls(write("calls.csv", table), mapping)]
    assert [call.answers["targeted"] for call in rows] == ["yes", "yes", "unknown"]
    assert [call.marked_repeat for call in rows] == [True, None, None]
