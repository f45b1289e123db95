"""Have they suffered before? What is told of earlier calls and contacts."""

from __future__ import annotations

from pydantic import Field

from everycall.assessment.part import Disagreement, Moment, Part, Reason, Status, Tier, Truth


class Searched(Part):
    """What the history was searched by, and from when through when it reaches."""

    by: tuple[str, ...] = ()
    from_: Moment | None = Field(default=None, serialization_alias="from", validation_alias="from")
    through: Moment | None = None
    capped: tuple[str, ...] = ()


class Count(Part):
    """Earlier incidents in a victim's role at one tier; several calls about one event are one incident."""

    status: Status
    count_12m: int = 0
    count_all: int = 0
    first: Moment | None = None
    last: Moment | None = None


class Burst(Part):
    """Contacts of the person or household, this one included."""

    status: Status
    last_24h: int = 0
    last_7d: int = 0


class Incident(Part):
    """One earlier call. At the place tier only the month, category and closing are told."""

    ref: str | None
    received_at: Moment | None
    month: str
    category: str | None
    tier: Tier
    probability: float | None = None
    confirmed: bool | None = None
    role: str | None = None
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    closed_as: str | None = None
    opened_as: str | None = None
    event: int | None = None
    because: str | None = None


class ToConfirm(Part):
    """A record that may be the victim's own, offered with what agrees and differs, by name of field only."""

    ref: str
    probability: float
    ask: str
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    because: str = "possibly_the_same_person"


class Repeat(Part):
    """Have they suffered before?"""

    status: Status
    is_repeat: Truth
    rule: str
    perceived: Truth
    searched: Searched
    person: Count
    household: Count
    place: Count
    phone: Count
    burst: Burst
    other_rules: dict[str, Truth] = Field(default_factory=dict)
    incidents: tuple[Incident, ...] = ()
    to_confirm: tuple[ToConfirm, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    reasons: tuple[Reason, ...] = ()
