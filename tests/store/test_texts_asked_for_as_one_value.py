"""Texts that are sent to PostgreSQL as one value come out as they went in, whatever stands in them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import build
from everycall.store.reading import read, text_array

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=8)
HARD = st.sampled_from(["", "NULL", "null", '"', "\\", '\\"', '","', "{}", " ", "a,b", "line\nbreak", "É"])


QUERY = "SELECT one FROM unnest(%s::text[]) WITH ORDINALITY AS asked(one, place) ORDER BY place"


def test_texts_of_any_kind(postgresql_store: str) -> None:
    force = build.force_at(postgresql_store)

    @settings(max_examples=60)
    @given(st.lists(TEXT | HARD, max_size=6))
    def come_back(texts: list[str]) -> None:
        assert [row[0] for row in read(force.store.connection, QUERY, [text_array(texts)])] == texts

    come_back()
    force.store.close()
