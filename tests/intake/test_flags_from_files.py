import pytest

from everycall.errors import InputError
from everycall.flag import kinds, read_flag
from everycall.intake.flags import check_flags, stream_flags

HEADER = (
    "kind,source,recorded_on,expires_on,text,owner,sensitive,about.name,about.phone,about.date_of_birth,"
    "about.address,about.postcode\n"
)


def flag(**changed):
    return {
        "kind": "warning",
        "about": {"phone": "01632 960114"},
        "source": "cad",
        "recorded_on": "2024-01-01",
    } | changed


def test_csv_and_jsonl_read_the_same_flag(write):
    table = (
        HEADER
        + "protected_address,social care,2024-01-05,2025-01-05,ask first,,true,,,,14 Larch Road,PE13 9ZZ\n"
    )
    (from_csv,) = stream_flags(write("flags.csv", table))
    line = (
        '{"kind": "protected_address", "source": "social care", "recorded_on": "2024-01-05",'
        ' "expires_on": "2025-01-05",'
        ' "text": "ask first", "sensitive": true, "about": {"address": "14 Larch Road", "postcode": "PE13 9ZZ"}}\n'
    )
    (from_json,) = stream_flags(write("flags.jsonl", line))
    assert from_csv.flag == from_json.flag
    assert (from_csv.row_number, from_json.row_number) == (2, 1)
    assert from_csv.flag.sensitive


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kind": "protected_adress"}, "did you mean 'protected_address'?"),
        ({"about": {}}, "names nobody"),
        ({"about": {"name": "Anna"}}, "names nobody"),
        ({"about": {"phone": "01632 960114", "adress": "x"}}, "did you mean 'address'?"),
        ({"kind": "communal_address"}, "communal_address needs an address"),
        ({"kind": "shared_phone", "about": {"uprn": "1"}}, "shared_phone needs a phone"),
        ({"recorded_on": "2024-02-31"}, "is not a date of the calendar"),
        ({"expires_on": "2023-12-31"}, "expires_on: before recorded_on"),
        ({"about": {"name": "A", "date_of_birth": "2024-05-01"}}, "after recorded_on"),
        ({"source": ""}, "at least 1 character"),
        ({"sensitive": "perhaps"}, "valid boolean"),
    ],
)
def test_what_a_flag_may_not_say(changed, says):
    with pytest.raises(InputError) as caught:
        read_flag(flag(**changed), "flags.jsonl:3")
    told = [str(detail) for detail in caught.value.details]
    assert all(line.startswith("flags.jsonl:3") for line in told)
    assert any(says in line for line in told)


def test_every_kind_of_the_contract_is_known():
    assert len(kinds("circumstance")) == 15
    assert kinds("situation") == {"fear_or_impact", "targeted", "hate_motivation", "repeat_or_escalating"}
    assert "no_contact_at_home" in kinds("notice")
    assert read_flag(flag(kind="targeted")).kind == "targeted"


def test_bad_rows_and_columns_are_named(write, problems):
    path = write(
        "flags.csv",
        HEADER
        + "warning,cad,2024-01-01,,,,,,01632 960114,,,\nwarning,cad\nwarning,cad,1/2/24,,,,,,01632 960114,,,\n",
    )
    checked = check_flags(path)
    assert checked.usable == 1
    told = [str(problem) for problem in checked.problems]
    assert told == [
        "flags.csv:3: has 2 cells where the header has 12",
        "flags.csv:4 recorded_on: is not a date of the calendar like 1951-03-02",
    ]
    told = problems(
        check_flags, write("other.csv", "kind,sorce,recorded_on,source\nwarning,a,2024-01-01,b\n")
    )
    assert told == ["other.csv:1: unknown column 'sorce', did you mean 'source'?"]
    assert (
        "the column 'kind' is missing"
        in problems(check_flags, write("o.csv", "source,recorded_on\na,b\n"))[0]
    )


def test_lines_that_are_no_json_stand_alone(write):
    checked = check_flags(write("flags.jsonl", '{"kind": \n[]\n'))
    assert [str(p) for p in checked.problems] == [
        "flags.jsonl:1: is not JSON",
        "flags.jsonl:2: a flag is a JSON object",
    ]
