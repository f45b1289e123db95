"""Garbage is looked for before a call, when hardly anything of it is there yet, and not in the midst of one."""

from __future__ import annotations

import gc

_ENOUGH = 1_000
"""Objects that stayed since the last look: a call leaves about three hundred, most of them to be found again."""

_LOOKS = 5_000
"""Looks at the young after which what survived them is looked through too."""


def look_for_garbage() -> None:
    """Look through what calls have left, if that is enough; call it before a call is begun.

    In the midst of a call everything it is being worked out from would be looked through as well, in vain.
    """
    young, looks, _ = gc.get_count()
    if young > _ENOUGH:
        gc.collect(0 if looks < _LOOKS else 1)
