"""How a store is worked with: in shadow or shown, for training or for real calls, and which parts are switched off."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import InputError, Problem, Problems, StoreError, not_allowed
from everycall.parts import CAN_BE_SWITCHED_OFF
from everycall.store.reading import read
from everycall.store.writing import writing

_SHADOW, _TRAINING, _SWITCHED_OFF = "shadow", "training", "switched_off"
_YES = "yes"


@dataclass(frozen=True, slots=True)
class Modes:
    """How a store is worked with.

    Parameters
    ----------
    shadow
        Calls are assessed and measured, and nothing of it is shown or told.
    training
        Its calls are invented: no real feed is taken and no other system told. It never becomes a real one.
    switched_off
        The parts that the force has switched off; each says so in every assessment.
    """

    shadow: bool = False
    training: bool = False
    switched_off: frozenset[str] = frozenset()


def modes(connection: BaseDatabaseWrapper) -> Modes:
    """Return how a store is worked with."""
    names = (_SHADOW, _TRAINING, _SWITCHED_OFF)
    kept = dict(read(connection, "SELECT name, value FROM setting WHERE name IN (%s, %s, %s)", names))
    return Modes(
        kept.get(_SHADOW) == _YES,
        kept.get(_TRAINING) == _YES,
        frozenset(json.loads(kept.get(_SWITCHED_OFF, "[]"))),
    )


def set_shadow(connection: BaseDatabaseWrapper, on: bool) -> None:
    """Begin to work in shadow, or begin to show what is found."""
    _keep(connection, _SHADOW, _YES if on else None)


def switch(connection: BaseDatabaseWrapper, parts: Iterable[str], on: bool) -> Modes:
    """Switch parts on or off; return how the store is worked with now.

    Raises
    ------
    InputError
        When there is no such part, or it cannot be switched off.
    """
    parts = tuple(parts)
    problems = Problems()
    for part in parts:
        if part not in CAN_BE_SWITCHED_OFF:
            problems.add("part", not_allowed(part, CAN_BE_SWITCHED_OFF))
    problems.raise_if_any("the part cannot be switched")
    off = modes(connection).switched_off
    off = off - set(parts) if on else off | set(parts)
    _keep(connection, _SWITCHED_OFF, json.dumps(sorted(off)) if off else None)
    return modes(connection)


def mark_training(connection: BaseDatabaseWrapper, invented: bool = False) -> None:
    """Mark a store as one for training, for good.

    Parameters
    ----------
    invented
        Whether everything in it was made up by Everycall itself.

    Raises
    ------
    StoreError
        When there are calls in it that may be real.
    """
    if modes(connection).training:
        return
    if not invented and read(connection, "SELECT 1 FROM call LIMIT 1"):
        raise StoreError(
            "there are calls in this store: training has a store of its own ('everycall init --training')"
        )
    _keep(connection, _TRAINING, _YES)


def only_invented(connection: BaseDatabaseWrapper, what: str) -> None:
    """Refuse what would mix real records with invented ones.

    Parameters
    ----------
    what
        What is asked for, in words: ``an import``.

    Raises
    ------
    InputError
        When the store is one for training.
    """
    if modes(connection).training:
        problem = Problem(
            "--store", f"is for training: its calls are invented, and {what} would mix them with real ones"
        )
        raise InputError(f"{what} is not for a training store", [problem])


def _keep(connection: BaseDatabaseWrapper, name: str, value: str | None) -> None:
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute("DELETE FROM setting WHERE name = %s", [name])
        if value is not None:
            cursor.execute("INSERT INTO setting (name, value) VALUES (%s, %s)", [name, value])
