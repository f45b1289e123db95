from everycall.intake.calls import check_calls, stream_calls


def test_each_line_is_told_by_its_number_and_key(write):
    path = write(
        "calls.jsonl",
        '{"ref": "A1", "received_at": "2024-06-12T21:04:00+01:00", "caller": {"name": "Anna", "age": 73}}\n'
        "\n"
        '{"ref": "A2", "received_at": "2024-06-12T21:04", "calller": {}}\n'
        '{"ref": "A3", "received_at": "2024-06-12T21:04", "caller": {"date_of_birth": "2023-02-31"}}\n'
        '{"ref": "A4", "received_at": 5, "category": "asb"}\n'
        "[1, 2]\n"
        "not json\n",
    )
    checked = check_calls(path)
    assert (checked.rows, checked.usable) == (6, 1)
    told = [str(problem) for problem in checked.problems]
    assert told[0] == "calls.jsonl:3 calller: unknown key 'calller', did you mean 'caller'?"
    assert told[1].startswith("calls.jsonl:4 caller.date_of_birth: is not a date of the calendar")
    assert told[2].startswith("calls.jsonl:5 received_at: must be a date and time as text")
    assert told[3].startswith("calls.jsonl:5 category: 'asb' is not one of")
    assert told[4] == "calls.jsonl:6: a call is a JSON object"
    assert told[5] == "calls.jsonl:7 column 1: is not JSON"


def test_notes_carry_the_line(write):
    path = write(
        "calls.jsonl",
        '{"ref": "A1", "received_at": "2024-06-12T21:04", "behaviours": ["ball_games"], "caller": {"phone": "999"}}\n',
    )
    (row,) = stream_calls(path)
    assert [note.where for note in row.notes] == ["calls.jsonl:1 behaviours", "calls.jsonl:1 caller.phone"]


def test_deep_nesting_and_endless_numbers_are_refused_not_fatal(write):
    path = write("calls.jsonl", '{"ref":' + "[" * 100_000 + "\n" + '{"ref": ' + "9" * 10_000 + "}\n")
    checked = check_calls(path)
    assert checked.problems[0].problem == "is not JSON"
    assert (checked.rows, checked.usable) == (2, 0)
