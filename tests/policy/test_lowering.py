"""What counts as lowering, and for whom the higher stands until a supervisor approves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from everycall.errors import InputError
from everycall.policy import Pack
from everycall.policy.lowering import Standing, lowering

BY = datetime.fromisoformat("2026-06-12T22:04:00+01:00")
STANDS = Standing("priority", "now", BY, None, "asb_personal")


@pytest.mark.parametrize(
    ("wanted", "ways"),
    [
        (STANDS, ()),
        (replace(STANDS, grade="emergency"), ()),
        (replace(STANDS, respond_by=BY - timedelta(minutes=5)), ()),
        (replace(STANDS, category="crime"), ()),
        (replace(STANDS, closed_as="resolved"), ()),
        (replace(STANDS, grade="scheduled"), ("lower_grade",)),
        (replace(STANDS, respond_by=BY + timedelta(minutes=1)), ("later_time",)),
        (replace(STANDS, respond_by=None), ("later_time",)),
        (replace(STANDS, attendance="contact"), ("less_attendance",)),
        (replace(STANDS, closed_as="duplicate"), ("closed_as",)),
        (replace(STANDS, closed_as="referred"), ("closed_as",)),
        (replace(STANDS, closed_as="unresourced"), ("closed_as",)),
        (replace(STANDS, category="administration"), ("category_out",)),
        (replace(STANDS, grade="scheduled", attendance="contact"), ("lower_grade", "less_attendance")),
    ],
)
def test_each_way_of_lowering_is_named(pack: Pack, wanted: Standing, ways: tuple[str, ...]) -> None:
    assert lowering(pack, STANDS, wanted) == ways


def test_leaving_no_category_for_another_is_a_way_out_too(pack: Pack) -> None:
    stands = replace(STANDS, category=None)
    assert lowering(pack, stands, replace(stands, category="transport")) == ("category_out",)


def test_a_grade_that_is_none_is_refused(pack: Pack) -> None:
    with pytest.raises(InputError) as refused:
        lowering(pack, STANDS, replace(STANDS, grade="priorty"))
    assert "did you mean 'priority'" in str(refused.value.details[0])


def test_the_higher_stands_for_those_who_must_not_be_lost(pack: Pack) -> None:
    assert set(pack.grades.lowering.supervisor_where) == {
        "vulnerable",
        "repeat",
        "hate",
        "domestic_abuse",
        "burst",
    }
