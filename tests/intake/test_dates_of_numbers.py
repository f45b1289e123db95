from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.intake.dates import _parse, read_day

FORMS = ["%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y  %H.%M"]


def outcome(read):
    try:
        return read()
    except ValueError:
        return "refused"


@given(
    form=st.sampled_from(FORMS),
    text=st.from_regex(
        r"[0-9]{1,4}[/.\- ]?[0-9]{1,2}[/.\- ]?[0-9]{1,4}( +[0-9]{1,2}[:.][0-9]{1,2}(:[0-9]{1,2})?)?",
        fullmatch=True,
    ),
)
def test_the_quick_way_reads_what_strptime_reads(form, text):
    quick, slow = outcome(lambda: _parse(text, form)), outcome(lambda: datetime.strptime(text, form))
    assert quick == slow


@given(moment=st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), form=st.sampled_from(FORMS))
def test_what_is_written_in_a_format_is_read_back(moment, form):
    text = moment.strftime(form)
    assert _parse(text, form) == datetime.strptime(text, form)


def test_numbers_that_touch_must_be_whole_since_otherwise_they_say_two_days():
    assert read_day("20240111", ["%Y%m%d"]).isoformat() == "2024-01-11"
    with pytest.raises(ValueError, match="is not a date of the calendar"):
        read_day("2024111", ["%Y%m%d"])
