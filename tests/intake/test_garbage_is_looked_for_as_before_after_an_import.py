"""An import looks for garbage seldom while it lasts, and leaves the process as it was, however it ends."""

from __future__ import annotations

import gc

import pytest

from everycall.loading.garbage import looked_for_seldom


def test_it_is_seldom_in_the_block_and_then_as_before() -> None:
    before = gc.get_threshold()
    with looked_for_seldom():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before


def test_a_block_that_fails_leaves_it_as_before() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broken off"), looked_for_seldom():
        raise ValueError("broken off")
    assert gc.get_threshold() == before
