"""A checkpoint kept elsewhere, read back."""

from __future__ import annotations

import json
from pathlib import Path

from everycall.errors import InputError, Problem
from everycall.record.chain import Checkpoint


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint as ``everycall record checkpoint`` printed it.

    Raises
    ------
    InputError
        When it is none.
    """
    try:
        data = json.loads(path.read_text("utf-8-sig"))
        number, link = data["number"], data["link"]
    except (ValueError, KeyError, TypeError, OSError):
        number = link = None
    if not (type(number) is int and isinstance(link, str) and len(link) == 64):
        problem = Problem(
            path.name, "is no checkpoint: a JSON object with number and link, as it was printed"
        )
        raise InputError("the checkpoint cannot be used", [problem])
    return Checkpoint(number, link)
