"""What was worked out of an object is known again by the object itself: a hash of it reads all its fields."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

Work = TypeVar("Work", bound=Callable[..., Any])

_MOST = 1_024
"""How many are kept, with their objects, so that no other can take an object's place; then it begins anew."""


def known_by_the_object(work: Work) -> Work:
    """Keep what a function returns for its last argument, an object that never changes, and the codes before it."""
    kept: dict[tuple[Any, ...], tuple[object, Any]] = {}

    @wraps(work)
    def known(*arguments: Any) -> Any:
        one = arguments[-1]
        key = (id(one), *arguments[:-1])
        found = kept.get(key)
        if found is not None:
            return found[1]
        made = work(*arguments)
        if len(kept) >= _MOST:
            kept.clear()
        kept[key] = (one, made)
        return made

    return cast(Work, known)
