"""A call made ready for the store outside of it: its columns, its people and place, and their keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from everycall.call import Call
from everycall.identity.keys import keys_of
from everycall.identity.mention import Mention, mentions_of, place_key
from everycall.store.merging import facts_sha256, payload_of
from everycall.store.microseconds import to_number

VERSION_FACTS = (
    "received_at", "category", "behaviours", "answers", "status", "grade_given", "attended_at", "closed_at",
    "closed_as", "opened_as", "place", "caller_role", "facts_sha256", "payload", "monitoring",
)  # fmt: skip
"""The columns of a version that come from the call alone."""

MENTION_FACTS = (
    "which", "role", "forenames", "surname", "born", "age", "phone", "email", "postcode", "dwelling", "building",
    "street", "uprn", "town", "house_name", "place",
)  # fmt: skip
"""The columns of a mention that come from the call, or the flag, alone."""

SHA256 = VERSION_FACTS.index("facts_sha256")
_PAYLOAD = VERSION_FACTS.index("payload")
_MONITORING = VERSION_FACTS.index("monitoring")
_PLACE = VERSION_FACTS.index("place")
_MENTIONS_PLACE = MENTION_FACTS.index("place")


class Prepared(NamedTuple):
    """A call as rows, without any number of the store's.

    Parameters
    ----------
    facts
        In the order of `VERSION_FACTS`.
    mentions
        Each in the order of `MENTION_FACTS`.
    keys
        For each mention its keys, sorted.
    """

    ref: str
    facts: tuple[Any, ...]
    mentions: tuple[tuple[Any, ...], ...]
    keys: tuple[tuple[int, ...], ...]

    @property
    def sha256(self) -> str:
        """The hash of the call's facts."""
        return str(self.facts[SHA256])

    def call(self) -> Call:
        """Return the call again, as it was."""
        data = json.loads(self.facts[_PAYLOAD])
        if self.facts[_MONITORING]:
            data["monitoring"] = json.loads(self.facts[_MONITORING])
        return Call.model_validate(
            data, context={"answers": {q: {a} for q, a in data.get("answers", {}).items()}}
        )


def prepare(call: Call) -> Prepared:
    """Return a call as rows."""
    payload = payload_of(call)
    mentions = list(mentions_of(call))
    return Prepared(
        call.ref,
        version_facts(call, payload, facts_sha256(payload)),
        tuple([mention_facts(mention) for mention in mentions]),
        tuple([tuple(sorted({key.hash for key in keys_of(mention)})) for mention in mentions]),
    )


def version_facts(call: Call, payload: str, sha256: str) -> tuple[Any, ...]:
    """Return what the store keeps of one version of a call, in the order of `VERSION_FACTS`."""
    return (
        to_number(call.received_at),
        call.category,
        " ".join(sorted({behaviour.replace(" ", "_") for behaviour in call.behaviours})),
        json.dumps(call.answers, sort_keys=True),
        call.status,
        call.grade_given,
        to_number(call.attended_at) if call.attended_at else None,
        to_number(call.closed_at) if call.closed_at else None,
        call.closed_as,
        call.opened_as,
        place_key(call.location) if call.location else None,
        call.caller.role if call.caller else None,
        sha256,
        payload,
        call.monitoring.model_dump_json(exclude_none=True) if call.monitoring else None,
    )


def mention_facts(mention: Mention) -> tuple[Any, ...]:
    """Return what the store keeps of one mention, in the order of `MENTION_FACTS`."""
    return (
        mention.which,
        mention.role,
        " ".join(mention.forenames),
        mention.surname,
        mention.born.isoformat() if mention.born else None,
        mention.age,
        mention.phone,
        mention.email,
        mention.postcode,
        mention.dwelling,
        mention.building,
        mention.street,
        mention.uprn,
        mention.town,
        mention.house_name,
        mention.place,
    )


def with_place(facts: tuple[Any, ...], mentions: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return the facts of a version with its place, which the last of its mentions tells where it is one."""
    place = place_in(mentions)
    return facts if place is None else (*facts[:_PLACE], place, *facts[_PLACE + 1 :])


def place_in(mentions: Sequence[tuple[Any, ...]]) -> str | None:
    """Return the place of a call, which the last of its mentions tells where it is one."""
    return mentions[-1][_MENTIONS_PLACE] if mentions else None
