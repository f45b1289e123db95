"""How seldom garbage is looked for while files are checked and stored: much is kept, and little of it in circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_LOOK_AFTER = (200_000, 50, 100)
"""Objects made and kept after which the youngest are looked through, and how often so until the older ones are."""


def look_seldom() -> None:
    """Look for garbage seldom from now on: done as often as Python does by itself it takes a fifth of the time."""
    gc.set_threshold(*_LOOK_AFTER)


@contextmanager
def looked_for_seldom() -> Iterator[None]:
    """Look for garbage seldom in a block, and then as often as before."""
    before = gc.get_threshold()
    look_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
