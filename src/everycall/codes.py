"""The published codes of a call, read from ``code_lists.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _lists() -> Mapping[str, Any]:
    return tomllib.loads(files("everycall").joinpath("code_lists.toml").read_text("utf-8"))


@cache
def allowed(field: str) -> frozenset[str]:
    """Return the codes that may stand in ``field`` (``source``, ``category``, ``role``, ``behaviours`` ...)."""
    return frozenset(_lists()[field])


def same_code(value: str, known: Collection[str]) -> str:
    """Return the code of ``known`` that ``value`` is but for letter case, outer spaces, or spaces for underscores.

    A value that is none of them comes back as it is.
    """
    if value in known:
        return value
    folded = "_".join(value.strip().casefold().replace("-", "_").split())
    return folded if folded in known else value


@cache
def answers() -> Mapping[str, frozenset[str]]:
    """Return each published question with the answers it may have, ``unknown`` and ``refused`` included."""
    return {question: frozenset(values) for question, values in _lists()["answers"].items()}


@cache
def answers_in_order(question: str) -> tuple[str, ...]:
    """Return the answers that a published question may have, in the order they are offered; none for another."""
    return tuple(_lists()["answers"].get(question, ()))


def in_order(field: str) -> tuple[str, ...]:
    """Return the same codes in the order in which they are published."""
    return tuple(_lists()[field])
