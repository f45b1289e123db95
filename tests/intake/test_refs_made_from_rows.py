from everycall.intake.calls import check_calls, stream_calls
from everycall.intake.mapping import read_mapping

COLUMNS = '[columns]\nreceived_at = "AT"\nlog = "TEXT"\n'
ROWS = [
    "2024-06-12T23:30:00+01:00,7,NOISE",
    "2024-06-12T23:30:00+01:00,7,NOISE",
    "2024-01-05T00:10:00,8,LITTER",
]


def refs(write, template, rows=ROWS, name="calls.csv"):
    mapping = read_mapping(write("ours.toml", f'ref = "{template}"\nignore = ["*"]\n{COLUMNS}'))
    return [row.call.ref for row in stream_calls(write(name, "\n".join(["AT,SERIAL,TEXT", *rows])), mapping)]


def test_row_date_and_columns_fill_a_template(write):
    assert refs(write, "MC-{row:06}") == ["MC-000001", "MC-000002", "MC-000003"]
    assert refs(write, "{date}-{SERIAL:04}") == ["20240612-0007", "20240612-0007", "20240105-0008"]


def test_the_date_is_the_local_day_not_the_day_in_utc(write):
    assert refs(write, "{date}-{row}", ["2024-06-11T23:30:00+00:00,1,X"]) == ["20240612-1"]


def test_alike_rows_get_refs_of_their_own_that_do_not_move_with_other_rows(write):
    one, two, three = refs(write, "X-{fingerprint}")
    assert two == f"{one}-2"
    assert len({one, two, three}) == 3
    assert refs(write, "X-{fingerprint}", [ROWS[2], "2023-01-01T00:00,1,NEW", ROWS[0], ROWS[1]])[2:] == [
        one,
        two,
    ]
    assert refs(write, "X-{fingerprint}") == [one, two, three]


def test_a_ref_told_twice_is_noted_and_the_later_row_comes_later(write):
    path = write(
        "calls.csv",
        "ref,received_at,closed_as\nA1,2024-06-12T21:04,\nB,2024-06-12T21:04,\nA1,2024-06-12T21:04,advice\n",
    )
    (note,) = check_calls(path).notes
    assert str(note) == "calls.csv:4 ref: this ref stood above already; the later row is the newer version"
    assert [(row.call.ref, row.call.closed_as) for row in stream_calls(path)][-1] == ("A1", "advice")


def test_an_empty_part_of_a_ref_is_refused(write):
    mapping = read_mapping(write("ours.toml", f'ref = "{{date}}-{{SERIAL}}"\n{COLUMNS}'))
    checked = check_calls(write("calls.csv", "AT,SERIAL,TEXT\n2024-06-12T21:04,,NOISE\n"), mapping)
    assert [str(problem) for problem in checked.problems] == [
        "calls.csv:2 column 'SERIAL': is empty, but the ref is made from it"
    ]


def test_a_template_names_missing_columns(write, problems):
    mapping = read_mapping(write("ours.toml", f'ref = "{{SERAL}}"\nignore = ["*"]\n{COLUMNS}'))
    (told,) = problems(check_calls, write("calls.csv", "AT,SERIAL,TEXT\n2024-06-12T21:04,1,X\n"), mapping)
    assert "ref names the column 'SERAL', which is missing, did you mean 'SERIAL'?" in told
