"""The tables: what was said, by whom, what was known from when, and what was recorded.

``known_from`` and ``known_until`` say when the store knew a thing, apart from when it happened, so that a past
assessment can be made again with what was known then.
"""

from __future__ import annotations

from everycall.store.models.calls import Call, CallVersion, WordsRead
from everycall.store.models.kept import KeptVersion, Setting
from everycall.store.models.people import Flag, Mention, PersonChange, PersonOf, PersonReview, SamePerson
from everycall.store.models.places import Area, Place, Priority, StreetIncident
from everycall.store.models.record import (
    AssessmentMade,
    BurstReviewed,
    ChainEntry,
    ChainPayload,
    DecisionMade,
    Disposal,
)

__all__ = [
    "Area",
    "AssessmentMade",
    "BurstReviewed",
    "Call",
    "CallVersion",
    "ChainEntry",
    "ChainPayload",
    "DecisionMade",
    "Disposal",
    "Flag",
    "KeptVersion",
    "Mention",
    "PersonChange",
    "PersonOf",
    "PersonReview",
    "Place",
    "Priority",
    "SamePerson",
    "Setting",
    "StreetIncident",
    "WordsRead",
]
