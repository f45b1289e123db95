"""Whether an assessment says what the truth file says it ought to: paths, and what should stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def at_path(data: Any, path: str) -> Any:
    """Return what stands at ``path``: ``a.b``, ``a[].b`` for each of a list, ``a.length`` for how many.

    Raises
    ------
    KeyError
        When the path leads nowhere: a misspelt path must not agree with anything.
    """
    here = [data]
    many = False
    for step in path.split("."):
        name, each = step.removesuffix("[]"), step.endswith("[]")
        if name == "length" and isinstance(here[0], list | tuple):
            here = [len(here[0])]
            continue
        if any(not isinstance(one, Mapping) or name not in one for one in here):
            raise KeyError(path)
        here = [one[name] for one in here]
        if each:
            many = True
            here = [inner for one in here for inner in one]
    return here if many else here[0]


def agrees(data: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Say whether one expectation holds: ``is``, ``in``, ``has``, ``has_not``, ``at_least``, ``at_most``.

    Raises
    ------
    KeyError
        When the path leads nowhere, or the expectation asks nothing.
    """
    found = at_path(data, expected["path"])
    asked = {name: value for name, value in expected.items() if name != "path"}
    if not asked:
        raise KeyError(f"{expected['path']}: nothing is expected")
    return all(_holds(name, found, value) for name, value in asked.items())


def _holds(name: str, found: Any, value: Any) -> bool:
    if name in ("has", "has_not") and not isinstance(found, Sequence):
        raise KeyError(name)
    holds: dict[str, Any] = {
        "is": lambda: found == value,
        "in": lambda: found in value,
        "has": lambda: value in found,
        "has_not": lambda: value not in found,
        "at_least": lambda: found >= value,
        "at_most": lambda: found <= value,
    }
    return bool(holds[name]())
