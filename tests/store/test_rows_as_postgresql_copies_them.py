"""What helpers write for PostgreSQL to copy is read back as it was, whatever a call holds."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from everycall.store.copied import (
    mention_cells,
    mention_facts_in,
    text_cell,
    version_cells,
    version_facts_in,
)
from everycall.store.prepared import MENTION_FACTS, VERSION_FACTS

TEXT = (
    st.none()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(["", "34", "NULL", "\\N", "é\n\t", "x" * 1_023, "x" * 1_024, "é" * 600])
)
MOMENT = st.none() | st.integers(-(2**63), 2**63 - 1) | st.sampled_from([0, -1, 34])
AGE = st.none() | st.integers(0, 125)


def row(columns: tuple[str, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    kinds = dict.fromkeys(("received_at", "attended_at", "closed_at"), MOMENT) | {"age": AGE}
    return st.tuples(*[kinds.get(name, TEXT) for name in columns])


@given(row(VERSION_FACTS))
def test_a_version(facts: tuple[Any, ...]) -> None:
    place = text_cell(facts[VERSION_FACTS.index("place")])
    assert version_facts_in(version_cells(facts), place) == facts


@given(row(MENTION_FACTS))
def test_a_mention(facts: tuple[Any, ...]) -> None:
    assert mention_facts_in(mention_cells(facts)) == facts
