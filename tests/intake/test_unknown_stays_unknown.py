"""Nothing that a file leaves open may become a no, and nobody may appear or vanish by an empty cell."""

from everycall.intake.calls import stream_calls
from everycall.intake.mapping import read_mapping

COLUMNS = """
[columns]
ref = "NO"
received_at = "AT"
"caller.name" = "NAME"
"caller.role" = "ROLE"
"victims.0.name" = "VIC1"
"victims.1.name" = "VIC2"
"others.0.name" = "SUSPECT"
"answers.happened_before" = "BEFORE"
marked_vulnerable = "VULN"
category = "TYPE"
"""
HEADER = "NO,AT,NAME,ROLE,VIC1,VIC2,SUSPECT,BEFORE,VULN,TYPE\n"


def read(write, cells, more="", top=""):
    mapping = read_mapping(write("ours.toml", top + COLUMNS + more))
    (row,) = stream_calls(write("calls.csv", f"{HEADER}A1,2024-06-12T21:04,{cells}\n"), mapping)
    return row.call


def test_an_empty_answer_is_not_asked_and_an_empty_mark_is_not_false(write):
    call = read(write, ",,,,,,,")
    assert call.answers == {}
    assert (call.marked_vulnerable, call.category, call.caller) == (None, None, None)


def test_a_word_for_nothing_is_not_asked_either(write):
    call = read(write, "N/K,n/k,N/K,,N/K,N/K,N/K,N/K", top='missing = ["N/K"]\n')
    assert (call.answers, call.marked_vulnerable, call.victims, call.others) == ({}, None, (), ())


def test_a_code_that_is_null_stays_null_against_a_default(write):
    codes = '[codes."caller.role"]\n"UNK" = ""\n[defaults]\n"caller.role" = "victim"\n'
    unknown = read(write, "ANNA,UNK,,,,,,", codes)
    assert unknown.caller is not None
    assert unknown.caller.role is None
    silent = read(write, "ANNA,,,,,,,", codes)
    assert silent.caller is not None
    assert silent.caller.role == "victim"


def test_an_answer_code_that_is_null_is_not_asked(write):
    codes = '[codes."answers.happened_before"]\n"N" = "no"\n"*" = ""\n'
    assert read(write, ",,,,,-,,", codes).answers == {}
    assert read(write, ",,,,,N,,", codes).answers == {"happened_before": "no"}


def test_a_fields_own_code_goes_before_the_word_for_nothing(write):
    codes = '[codes."caller.role"]\n"ANON" = "anonymous"\n'
    call = read(write, "ANON,ANON,,,,,,", codes, top='missing = ["ANON"]\n')
    assert call.caller is not None
    assert (call.caller.name, call.caller.role) == (None, "anonymous")


def test_a_default_makes_no_victim_and_no_suspect_out_of_empty_cells(write):
    defaults = '[defaults]\n"victims.0.role" = "victim"\n"others.0.role" = "subject"\n'
    assert read(write, ",,,,,,,", defaults).victims == ()
    call = read(write, ",,MIA,,DEAN,,,", defaults)
    assert [victim.role for victim in call.victims] == ["victim"]
    assert [other.role for other in call.others] == ["subject"]


def test_a_second_victim_is_kept_when_the_first_is_empty(write):
    assert [victim.name for victim in read(write, ",,,MIA,,,,").victims] == ["MIA"]
