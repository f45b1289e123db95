"""What is typed becomes facts and comes back as it was read; what cannot be read is told and spoils nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall import codes
from everycall.access.protected import MARKER
from everycall.call import read_call
from everycall.serving.patching import taken_back
from everycall.store.merging import merge, without
from everycall.web.call.fields import is_field, patch_of, values

TODAY = date(2026, 6, 12)
NONE: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2/3/1951", "1951-03-02"),
        ("02.03.51", "1951-03-02"),
        ("02031951", "1951-03-02"),
        ("2 3 26", "2026-03-02"),
        ("2-3-27", "1927-03-02"),
        ("1951-03-02", "1951-03-02"),
    ],
)
def test_a_birth_date_is_read_as_people_type_it(typed: str, read: str) -> None:
    patch, problems = patch_of({"caller.date_of_birth": typed}, NONE, TODAY)
    assert (patch, problems) == ({"caller": {"date_of_birth": read}}, [])


@pytest.mark.parametrize("typed", ["31/2/1951", "yesterday", "1951", "2/3", "32/1/1951", "230351x", "1-2"])
def test_what_is_no_date_is_told_and_the_rest_is_read(typed: str) -> None:
    patch, problems = patch_of({"caller.date_of_birth": typed, "caller.name": "Mo Peck"}, NONE, TODAY)
    assert patch == {"caller": {"name": "Mo Peck"}}
    assert [one.where for one in problems] == ["caller.date_of_birth"]
    assert problems[0].problem in ("is no date like 2/3/1951", "is no day of the calendar")


def test_kinds_are_read_by_how_they_begin_and_unknown_ones_are_kept() -> None:
    patch, _ = patch_of({"behaviours": "noi, Street Drinking; space lasers, noise"}, NONE, TODAY)
    assert patch == {"behaviours": ["noise", "street_drinking", "space_lasers"]}


def test_a_beginning_that_fits_several_kinds_is_not_guessed() -> None:
    patch, _ = patch_of({"behaviours": "fi"}, NONE, TODAY)
    assert patch == {"behaviours": ["fi"]}


def test_a_list_of_people_keeps_what_no_field_shows() -> None:
    call = {"victims": [{"name": "Ann", "uprn": "12", "email": "ann@example.com"}, {"name": "Bob"}]}
    patch, _ = patch_of({"victims.0.phone": "01632 960 114"}, call, TODAY)
    assert patch == {
        "victims": [
            {"name": "Ann", "uprn": "12", "email": "ann@example.com", "phone": "01632 960 114"},
            {"name": "Bob"},
        ]
    }
    assert call["victims"][0] == {"name": "Ann", "uprn": "12", "email": "ann@example.com"}


def test_the_marker_of_a_protected_address_is_never_taken_for_one() -> None:
    patch, problems = patch_of({"location.address": MARKER, "caller.address": f" {MARKER}"}, NONE, TODAY)
    assert (patch, problems) == ({}, [])


def test_emptied_fields_take_back_and_an_emptied_person_goes() -> None:
    call = {"others": [{"name": "Dean Foss", "role": "suspect"}], "caller": {"name": "Mo"}}
    patch, _ = patch_of({"others.0.name": "", "caller.name": " "}, call, TODAY)
    assert patch == {"others": [], "caller": {"name": None}}


def test_a_second_person_follows_the_first() -> None:
    call = {"victims": [{"name": "Ann"}]}
    patch, problems = patch_of({"victims.1.name": "Bob"}, call, TODAY)
    assert (patch, problems) == ({"victims": [{"name": "Ann"}, {"name": "Bob"}]}, [])


def test_nobody_is_told_of_after_an_empty_place_and_nothing_is_moved_or_lost() -> None:
    patch, problems = patch_of({"others.1.name": "Dean Foss", "caller.name": "Mo"}, NONE, TODAY)
    assert patch == {"caller": {"name": "Mo"}}
    assert [one.where for one in problems] == ["others.1.name"]
    call = {"victims": [{"name": "Ann"}, {"name": "Bob"}]}
    patch, problems = patch_of({"victims.0.name": "", "victims.1.name": "Bob"}, call, TODAY)
    assert patch == {}
    assert [one.where for one in problems] == ["victims.0.name"]


@pytest.mark.parametrize(
    "name",
    ["handler", "ref", "received_at", "status", "log", "location.latitude", "caller.__class__", "victims.x.name",
     "answers", "grade_given", "monitoring.sex", "victims.0", "caller.name.x"],
)  # fmt: skip
def test_what_is_no_field_cannot_be_typed(name: str) -> None:
    assert not is_field(name)
    patch, problems = patch_of({name: "x"}, NONE, TODAY)
    assert patch == {}
    assert [one.where for one in problems] == [name]


TEXT = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["C", "Z"]),
    min_size=1,
    max_size=30,
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "caller.name": TEXT,
            "caller.address": TEXT,
            "caller.age": st.integers(0, 125).map(str),
            "caller.date_of_birth": st.dates(date(1902, 1, 1), date(2026, 1, 1)).map(
                lambda day: f"{day:%d/%m/%Y}"
            ),
            "victims.0.name": TEXT,
            "others.0.address": TEXT,
            "category": st.sampled_from(codes.in_order("category")),
            "answers.targeted": st.sampled_from(codes.answers_in_order("targeted")),
            "behaviours": st.lists(
                st.sampled_from(codes.in_order("behaviours")), unique=True, min_size=1
            ).map(lambda some: ", ".join(code.replace("_", " ") for code in some)),
        },
    )
)
def test_what_is_typed_comes_back_as_typed_and_typed_again_changes_nothing(typed: dict[str, str]) -> None:
    base = {"ref": "X-1", "received_at": "2026-06-12T21:04:00+01:00"}
    patch, problems = patch_of(typed, base, TODAY)
    assert problems == []
    whole = without(merge(base, patch), tuple(taken_back(patch)))
    call = read_call(whole).call.model_dump(mode="json", exclude_defaults=True)
    back = values(call)
    assert {name: text.strip() for name, text in typed.items()} == {
        name: text for name, text in back.items() if name != "others.0.role"
    }
    again, _ = patch_of(back, call, TODAY)
    assert without(merge(call, again), tuple(taken_back(again))) == call
