"""The model as one file that says what it is: sealed by a hash, refused when altered or of another kind."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from everycall.errors import PackError, Problem
from everycall.identity.model import Model, read_model
from everycall.identity.older_models import FORMAT, READ
from everycall.told_once import read_once, why_not


def _hash(data: dict[str, Any]) -> str:
    rest = {name: value for name, value in data.items() if name != "sha256"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def seal(data: dict[str, Any]) -> str:
    """Return a model as the text of its file; the same model is the same bytes.

    Raises
    ------
    PackError
        When any level lacks m or u: what was not learned is not written.
    """
    whole = {**data, "format": FORMAT}
    text = json.dumps({**whole, "sha256": _hash(whole)}, sort_keys=True, ensure_ascii=False, indent=1) + "\n"
    read_model(text, "the model just made")
    return text


def unseal(text: str, where: str) -> Model:
    """Read a model that `seal` wrote.

    Raises
    ------
    PackError
        When it is no model, was altered since it was sealed, or is of a format not read, with what to do.
    """
    try:
        data = read_once(text)
    except (ValueError, RecursionError) as error:
        raise PackError("the identity model cannot be used", [Problem(where, why_not(error))]) from None
    if not isinstance(data, dict) or data.get("format") not in READ:
        found = data.get("format") if isinstance(data, dict) else None
        problem = (
            f"is of format {found!r}, this Everycall reads {' and '.join(map(str, READ))}: "
            "'everycall identity use shipped' goes back to the model that comes with it; then train again"
        )
        raise PackError("the identity model cannot be used", [Problem(where, problem)])
    if data.get("sha256") != _hash(data):
        problem = "was altered since it was trained: its hash does not fit; train it again"
        raise PackError("the identity model cannot be used", [Problem(where, problem)])
    return read_model(text, where)
