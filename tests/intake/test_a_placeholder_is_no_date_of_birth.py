"""What systems write where no date of birth is known is read as none: it joins nobody, ages nobody, refuses no call."""

from __future__ import annotations

from datetime import date

import pytest

import build
from everycall import codes
from everycall.errors import InputError
from everycall.flag import read_flag
from everycall.force import Force
from everycall.identity.mention import mentions_of

PLACEHOLDERS = sorted(codes.allowed("no_date_of_birth"))


@pytest.mark.parametrize("born", PLACEHOLDERS)
def test_it_is_read_as_none_and_noted(born: str) -> None:
    read = build.read("A", caller={"name": "Maureen Peck", "date_of_birth": born})
    assert read.call.caller is not None
    assert read.call.caller.date_of_birth is None
    assert [(note.where, note.problem) for note in read.notes] == [
        ("date_of_birth", "is what stands where none is known, and was read as none")
    ]
    assert all(mention.born is None for mention in mentions_of(read.call))


def test_a_date_beside_it_stays_one() -> None:
    read = build.read("A", caller={"name": "Maureen Peck", "date_of_birth": "1901-01-02"})
    assert read.call.caller is not None
    assert read.call.caller.date_of_birth == date(1901, 1, 2)


def test_two_of_one_common_name_are_not_one_person_by_it(force: Force) -> None:
    for ref, address in (("A", "14 Larch Road"), ("B", "92 Mill Hill Lane")):
        who = {"name": "John Smith", "date_of_birth": "1901-01-01", "address": address, "role": "victim"}
        told = build.assess(force, ref, caller=who, answers={}, log=[])
    assert told.repeat.person.count_all == 0
    assert "date_of_birth" not in told.repeat.searched.by
    assert told.vulnerability.findings == ()


def test_a_flag_of_a_name_and_a_placeholder_names_nobody() -> None:
    flag = {"kind": "warning", "source": "pnc", "recorded_on": "2026-01-01"}
    with pytest.raises(InputError):
        read_flag({**flag, "about": {"name": "John Smith", "date_of_birth": "1900-01-01"}})
