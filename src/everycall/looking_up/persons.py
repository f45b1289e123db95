"""A person, from a call that names them: all contacts, the pattern in them, what is known, and who has looked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from everycall.access.protected import protected, without_addresses
from everycall.access.roles import may, sees_any_call
from everycall.access.viewer import Viewer
from everycall.call import Call, Party
from everycall.looking_up.asked import log_look, look_up
from everycall.looking_up.who_looked import Look, who_looked
from everycall.serving import calls, ground
from everycall.serving.calls import not_yours
from everycall.serving.shape import RefusedError
from everycall.store.merging import payload_of


@dataclass(frozen=True, slots=True)
class PersonFound:
    """What is told of a person.

    Parameters
    ----------
    named
        As the call names them; a protected address is the marker alone.
    told
        An assessment of this person as if they rang now, without what is of the place alone.
    looks
        Who has looked at these records; None for whom the log is not open.
    """

    ref: str
    which: str
    named: Mapping[str, Any]
    told: dict[str, Any]
    looks: tuple[Look, ...] | None


def person(ref: str, which: str, viewer: Viewer, why: str | None = None) -> PersonFound:
    """Return what is told of somebody whom a call names, and log the look.

    Parameters
    ----------
    which
        ``caller``, ``victim 0``, ``other 0``, ...; empty: the first who suffers, else the caller.

    Raises
    ------
    RefusedError
        404 when there is no such call or person; 403 when this viewer sees the call in codes only, is in conflict with
        it, or asks for the other party without being one who sees any call.
    """
    call, what = calls.must_see(ref, viewer)
    if not what.full:
        raise not_yours()
    which = which or _who_suffers(call)
    party = dict(call.parties()).get(which)
    if party is None:
        raise RefusedError(404, "not_found", "this call names nobody of that kind")
    if which.startswith("other") and not _sees_everybody(viewer):
        raise not_yours()
    connection = ground.force().store.connection
    told = look_up(_facts(call, party), viewer, what)
    told["repeat"] = {**told["repeat"], "incidents": _own(told)}
    log_look(told, viewer, ref, why)
    hidden = without_addresses(_payload(call), protected(connection, call))
    refs = [ref, *(one["ref"] for one in told["repeat"]["incidents"])]
    looks = who_looked(connection, refs) if may(viewer, "see_log") else None
    return PersonFound(ref, which, _named(hidden, which), told, looks)


def _who_suffers(call: Call) -> str:
    named = dict(call.parties())
    caller = named.get("caller")
    if caller is not None and caller.role in (None, "victim"):
        return "caller"
    return "victim 0" if "victim 0" in named else "caller"


def _sees_everybody(viewer: Viewer) -> bool:
    what = sees_any_call(viewer)
    return what is not None and what.full and what.all_classes


def _facts(call: Call, party: Party) -> dict[str, Any]:
    """Return the person as who rings; somebody without an address of their own from where the call happened."""
    told = party.model_dump(mode="json", exclude_none=True) | {"role": "victim"}
    facts: dict[str, Any] = {"caller": told}
    if call.location and not (party.address or party.postcode or party.uprn):
        facts["location"] = call.location.model_dump(mode="json", exclude_none=True)
    return facts


def _own(told: Mapping[str, Any]) -> list[Any]:
    return [one for one in told["repeat"]["incidents"] if one["tier"] != "place"]


def _payload(call: Call) -> dict[str, Any]:
    return dict(json.loads(payload_of(call)))


def _named(payload: Mapping[str, Any], which: str) -> Mapping[str, Any]:
    name, _, number = which.partition(" ")
    found: Mapping[str, Any] = payload[name] if not number else payload[f"{name}s"][int(number)]
    return found
