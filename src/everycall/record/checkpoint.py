"""A checkpoint kept elsewhere, read back."""

from __future__ import annotations

from pathlib import Path

from everycall.errors import InputError, Problem
from everycall.record.chain import Checkpoint
from everycall.told_once import read_once


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint as ``everycall record checkpoint`` printed it.

    Raises
    ------
    InputError
        When it is none.
    """
    try:
        data = read_once(path.read_text("utf-8-sig"))
        number, link = data["number"], data["link"]
    except (ValueError, KeyError, TypeError, OSError, RecursionError):
        number = link = None
    if not (type(number) is int and isinstance(link, str) and len(link) == 64):
        problem = Problem(
            path.name, "is no checkpoint: a JSON object with number and link, as it was printed"
        )
        raise InputError("the checkpoint cannot be used", [problem])
    return Checkpoint(number, link)
