"""What other systems know of those a call names: flags on the victims, their home and the place, orders on suspects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from everycall.assessment import Notice
from everycall.call import Call
from everycall.identity.look import Looked
from everycall.identity.mention import mention_of
from everycall.identity.orders import orders_against
from everycall.parts import Parts
from everycall.vulnerability.known import KnownFlag

if TYPE_CHECKING:
    from everycall.force import Force

ORDERS = "orders"
"""The part that looks for orders against the suspects a call names."""


def orders_on_suspects(call: Call, force: Force, now: datetime, parts: Parts) -> tuple[int, ...]:
    """Return the flags that tell of orders on the suspects; a search that fails takes no other flag away.

    They are flags: where the force has switched those off, nothing is looked for.
    """
    if "flags" in force.switched_off:
        return ()
    suspects = [mention_of(which, one, one.role) for which, one in call.parties() if one.role == "suspect"]
    rules, nothing = force.policy.rules, tuple[int, ...]()

    def looking() -> tuple[int, ...]:
        return orders_against(suspects, call.ref, call.received_at, force.history, force.model, rules, now)

    return parts.attempt(ORDERS, force.timely(looking), nothing)


def known_flags(looked: Looked, on_suspects: Sequence[int], force: Force) -> list[KnownFlag]:
    """Return what other systems know of the victims, their household and the address, and orders on suspects."""
    known = {number for number, _ in looked.flags}
    flags = (*looked.flags, *((number, "suspect") for number in on_suspects if number not in known))
    stored = force.flags([number for number, _ in flags])
    tiers: Mapping[str, Any] = {
        "person": "person",
        "household": "household",
        "address": "place",
        "suspect": "suspect",
    }
    return [
        KnownFlag(
            kind=flag["kind"],
            tier=tiers[tier],
            source=flag["source"],
            recorded_on=date.fromisoformat(flag["recorded_on"]),
            expires_on=date.fromisoformat(flag["expires_on"]) if flag.get("expires_on") else None,
            text=flag.get("text") or "",
            sensitive=bool(flag.get("sensitive")),
        )
        for number, tier in flags
        for flag in [stored[number]]
    ]


def notices(flags: Sequence[KnownFlag] | None, day: date) -> tuple[Notice, ...]:
    """Return the flags to be shown, expired ones as past; none of them lowers anything.

    One recorded after the call's day is shown as in force, though no finding is made of it: whoever reads the
    notice reads it later still, and a warning must not look as if it were over.
    Of a protected address nothing but the marker is shown, and a sensitive flag keeps its words.
    They stand in an order of their own, whatever order they were imported in.
    """
    told = (
        Notice(
            kind=flag.kind,
            about=flag.tier,
            source=flag.source,
            recorded_on=flag.recorded_on,
            expires_on=flag.expires_on,
            in_force=flag.expires_on is None or flag.expires_on >= day,
            text=None if flag.sensitive or flag.kind == "protected_address" else flag.text or None,
        )
        for flag in flags or ()
    )
    return tuple(sorted(told, key=lambda one: one.model_dump_json()))
