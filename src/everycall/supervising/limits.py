"""From when on something is put before a supervisor: read from ``limits.toml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field

from everycall.errors import PackError, Problems
from everycall.strict import Data, read_toml


class Limits(Data):
    """The numbers of the file."""

    quick_seconds: Annotated[int, Field(ge=1, le=600)]
    acceptance_days: Annotated[int, Field(ge=1, le=366)]
    least_decisions: Annotated[int, Field(ge=5, le=1_000)]
    nearly_always: Annotated[float, Field(gt=0.0, lt=1.0)]
    confidence: Annotated[float, Field(gt=0.5, lt=1.0)]
    overrides_hours: Annotated[int, Field(ge=1, le=24 * 366)]


@cache
def limits(path: Path | None = None) -> Limits:
    """Read the file strictly.

    Raises
    ------
    PackError
        With everything that is wrong in it.
    """
    problems = Problems()
    path = path or Path(str(files("everycall.supervising").joinpath("limits.toml")))
    found = read_toml(path, Limits, problems)
    problems.raise_if_any("the limits of supervision cannot be used", PackError)
    assert found is not None
    return found
