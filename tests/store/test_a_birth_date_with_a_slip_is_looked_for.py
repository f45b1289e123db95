"""Whose birth date was typed with the year one off, or day and month swapped, is found on either database."""

from __future__ import annotations

import pytest

import build
from everycall.call import Party
from everycall.force import Force
from everycall.identity.mention import mention_of
from everycall.identity.search import Searched, search

BEFORE = "2026-03-02T21:04:00+00:00"


def _searched(force: Force, name: str, born: str) -> Searched:
    caller = mention_of("caller", Party.model_validate({"name": name, "date_of_birth": born}), "victim")
    return search(
        "NEW-1", build.NOW, [caller], None, force.history, force.model, force.policy.rules, build.NOW
    )


@pytest.mark.parametrize(
    ("name", "born", "tier"),
    [
        ("Samira Mustafa", "1985-02-05", "person"),
        ("Samira Mustafa", "1983-02-05", "person"),
        ("Mustafa, Samira", "1985-02-05", "person"),
        ("Samirah Mustafa", "1984-05-02", "person"),
        ("Sameera Mustafa", "1985-02-05", "possible"),
    ],
)
def test_one_slip_of_the_date_leaves_them_found_or_asked_about(
    force: Force, name: str, born: str, tier: str
) -> None:
    before = {"name": "Samira Mustafa", "date_of_birth": "1984-02-05", "role": "victim"}
    build.take(force, build.call("OLD-1", caller=before, location=None, received_at=BEFORE))
    (one,) = _searched(force, name, born).matches
    assert one.tier == tier


def test_somebody_else_born_a_year_apart_is_nobody(force: Force) -> None:
    before = {"name": "Selma Mistry", "date_of_birth": "1984-02-05", "role": "victim"}
    build.take(force, build.call("OLD-1", caller=before, location=None, received_at=BEFORE))
    assert _searched(force, "Samira Mustafa", "1985-02-05").matches == ()
