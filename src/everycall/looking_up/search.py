"""Search by name, telephone, address, or a call's reference: on the conditions of the contract, by role, and logged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from everycall.access.roles import sees, sees_any_call
from everycall.access.viewer import Viewer
from everycall.errors import InputError, Problem
from everycall.looking_up.asked import log_look, look_up, reason_given
from everycall.serving import ground
from everycall.serving.calls import not_yours
from everycall.store.calls import current

FIELDS = ("ref", "name", "phone", "date_of_birth", "address", "postcode")
"""What may be searched by."""

_PERSONAL = ("name", "phone", "date_of_birth")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Parameters
    ----------
    ref
        The call that was asked for by its reference; what else was asked was then not looked for.
    told
        An assessment of what was asked, as this viewer may be told it; None where a reference was asked for.
    """

    ref: str | None
    told: dict[str, Any] | None


def search(asked: dict[str, str], viewer: Viewer, why: str | None) -> Found:
    """Search, log the look, and tell what this viewer may see.

    Parameters
    ----------
    asked
        By `FIELDS`; what is empty is not asked.
    why
        Why they search, in their words.

    Raises
    ------
    InputError
        When nothing may be searched by what is given: a name alone opens nobody's records.
    RefusedError
        When it is not theirs to see.
    """
    given = {name: asked.get(name, "").strip()[:200] for name in FIELDS}
    given = {name: value for name, value in given.items() if value}
    if "ref" in given:
        return Found(_there(given["ref"], viewer), None)
    what = sees_any_call(viewer)
    if what is None:
        raise not_yours()
    reason = reason_given(why)
    _enough(given)
    told = look_up(_facts(given), viewer, what)
    by = ", ".join(name.replace("_", " ") for name in FIELDS if name in given)
    log_look(told, viewer, None, f"search by {by}" + (f": {reason}" if reason else ""))
    return Found(None, told)


def _there(ref: str, viewer: Viewer) -> str:
    """Return the reference of a call that this viewer may know of, however its letters are written."""
    connection, now = ground.force().store.connection, ground.now()
    for wanted in dict.fromkeys((ref, ref.upper(), ref.lower())):
        known = current(connection, [wanted]).get(wanted)
        if known is not None and sees(viewer, json.loads(known.payload), now) is not None:
            return wanted
    raise InputError("nothing was searched", [Problem("ref", "there is no call of this reference")])


def _enough(given: dict[str, str]) -> None:
    """Refuse what would open the records of everybody of one name."""
    located = "address" in given
    if "phone" in given or located or ("name" in given and "date_of_birth" in given):
        return
    if not given:
        raise InputError("nothing was searched", [Problem("name", "something to search by is needed")])
    if "postcode" in given:
        raise InputError(
            "nothing was searched", [Problem("address", "is needed: a postcode is many people's home")]
        )
    raise InputError(
        "nothing was searched",
        [
            Problem(
                "name", "needs a telephone, an address or a date of birth beside it: a name is many people's"
            )
        ],
    )


def _facts(given: dict[str, str]) -> dict[str, Any]:
    """Return it as a call: a person, or where only an address is asked for the place alone, and nobody there."""
    home = {name: given[name] for name in ("address", "postcode") if name in given}
    person = {name: given[name] for name in _PERSONAL if name in given}
    if not person:
        return {"location": home}
    return {"caller": {**person, **home, "role": "victim"}}
