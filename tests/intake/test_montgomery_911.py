"""The mapping that is shipped for a real file without a header reads it to the last row."""

from collections import Counter
from pathlib import Path

import pytest

import shared_data
from everycall.intake.calls import check_calls, stream_calls
from everycall.intake.mapping import read_mapping

MAPPING = Path(__file__).parents[2] / "examples" / "mappings" / "montgomery-911.toml"
ROW = "40.10,-75.33,EMS: FALL VICTIM,2016-01-15 12:01,NORRISTOWN,POWELL ST & E SPRUCE ST\n"


def test_minutes_are_us_eastern_and_alike_rows_stay_two_calls(write):
    one, two = stream_calls(write("911.csv", ROW + ROW), read_mapping(MAPPING))
    assert one.row_number == 1
    assert one.call.received_at.isoformat() == "2016-01-15T17:01:00+00:00"
    assert (one.call.category, one.call.opened_as) == ("public_safety", "EMS: FALL VICTIM")
    assert two.call.ref == one.call.ref + "-2"
    assert one.call.location is not None
    assert (one.call.location.latitude, one.call.location.longitude) == (40.10, -75.33)


@pytest.mark.shared_data
def test_the_real_file_is_read_whole_with_a_ref_for_each_row():
    path = shared_data.path("us-911/montgomery-911.csv")
    mapping = read_mapping(MAPPING)
    checked = check_calls(path, mapping)
    assert (checked.rows, checked.refused) == (3_051, 0)
    calls = [row.call for row in stream_calls(path, mapping)]
    assert len({call.ref for call in calls}) == 3_051
    assert sum(call.ref.endswith("-2") for call in calls) == 11
    assert Counter(call.category for call in calls) == {"public_safety": 1_506, "transport": 1_545}
    assert [call.ref for call in calls] == [row.call.ref for row in stream_calls(path, mapping)]
