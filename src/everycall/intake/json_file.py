"""Reading a whole JSON file strictly: a key that stands twice and a number that is none are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from everycall.errors import InputError, Problem
from everycall.intake.files import look_at, read_whole, refuse
from everycall.told_once import told_once


def read_json(path: Path) -> tuple[Any, tuple[Problem, ...]]:
    """Return what a ``.json`` or ``.geojson`` file holds, and what was noted about the file.

    Raises
    ------
    InputError
        When the file is no JSON; says the line and column.
    """
    source = look_at(path, ("JSON",))
    text = read_whole(source)
    try:
        return json.loads(text, object_pairs_hook=told_once, parse_constant=_no_number), source.notes
    except json.JSONDecodeError as error:
        where = f"{source.name}:{error.lineno} column {error.colno}"
        raise InputError(f"{source.name} cannot be used", [Problem(where, "is not JSON")]) from None
    except RecursionError:
        raise refuse(source.name, "is not JSON that can be read: it is nested too deeply") from None
    except ValueError as error:
        raise refuse(source.name, str(error)) from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")
