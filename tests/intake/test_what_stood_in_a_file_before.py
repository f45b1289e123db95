"""A hash that comes again is told, in the same batch, in a later one, and however many there are at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from everycall.intake.seen import Seen


@given(st.lists(st.lists(st.integers(-3, 12), max_size=6), max_size=5))
def test_whatever_comes_again(batches: list[list[int]]) -> None:
    before: set[int] = set()
    with Seen() as seen:
        for batch in batches:
            expected = {at for at, one in enumerate(batch) if one in before or one in batch[:at]}
            assert seen.again(batch) == expected
            before.update(batch)


def test_more_than_one_statement_holds() -> None:
    with Seen() as seen:
        assert seen.again([7, -(2**63), 2**63 - 1]) == set()
        assert seen.again([*range(600), 599, 2**63 - 1]) == {7, 600, 601}
        assert seen.again([*range(600, 1_200), *range(1_100, 1_700)]) == set(range(600, 700))
