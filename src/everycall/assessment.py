"""What goes out: the answers to the five questions, each with its reasons and one of three states."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from everycall.localtime import written

Moment = Annotated[
    datetime,
    PlainSerializer(written, return_type=str, when_used="json-unless-none"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A moment in London's local time, written with its offset: ``+01:00`` in summer, ``+00:00`` in winter."""


class Status(StrEnum):
    """The three states of every part: a failed search never reads as a clean history."""

    FOUND = "found"
    LOOKED_NONE = "looked_none"
    COULD_NOT_LOOK = "could_not_look"


class Truth(StrEnum):
    """Unknown is not no: not asked, refused and unknown are all ``unknown``."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


Assertion = Literal["present", "possible", "denied", "historical", "other_person"]
Who = Literal["caller", "victim", "household", "suspect", "other", "unknown"]
Strength = Literal["strong", "weak"]
Source = Literal["answer", "log", "flag", "history", "household", "details"]
SaidBy = Literal["self", "family", "professional", "other", "officer", "system"]
DataClass = Literal["health", "age", "family", "hate", "allegation", "situation"]
Tier = Literal["person", "household", "place", "phone"]
Band = Literal["standard", "medium", "high"]


class Part(BaseModel):
    """What every part of an assessment has in common: no unknown keys, no change after making."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    @classmethod
    def unchecked(cls, **values: Any) -> Self:
        """Make one from values that are right already, every field given, in the order of the fields.

        For what is made by the dozen while a caller waits: checking takes four times as long as making.
        """
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        object.__setattr__(made, "__pydantic_fields_set__", set(values))
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made


class Reason(Part):
    """Why: a code for programs and a sentence for people."""

    code: str
    text: str


class ProblemFound(Part):
    """A part that could not look, or a fact that could not be used, and why."""

    part: str
    problem: str


class MadeWith(Part):
    """The versions that made this assessment; with them it can be made again."""

    everycall: str
    policy: str
    policy_sha256: str
    identity_model: str
    lexicon: str


class OpenCall(Part):
    """An earlier call that is still open."""

    ref: str
    received_at: Moment
    grade_given: str | None = None
    because: str


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


class Disagreement(Part):
    """Two sources that say different things about one fact; both are shown."""

    about: str
    says_yes: str
    says_no: str
    counts_as: Truth


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


class Evidence(Part):
    """Where the words stand: line of the log, and the offsets of its first and past-last character."""

    line: int
    start: int
    end: int
    text: str


class Finding(Part):
    """One thing found about one person, with its source and who says so."""

    indicator: str
    who: Who
    assertion: Assertion
    strength: Strength
    source: Source
    said_by: SaidBy
    class_: DataClass = Field(serialization_alias="class", validation_alias="class")
    from_call: str | None = None
    evidence: Evidence | None = None
    rule: str
    since: Moment | None = None
    expires: Moment | None = None


class HeardFact(Part):
    """Words of the log that tell of a danger or another fact of the event, whatever was made of them.

    ``rule``: the entry of the lexicon; of ``local_priority``, whose keyword it is, the priority's id.
    """

    fact: str
    assertion: Assertion
    strength: Strength
    evidence: Evidence
    rule: str


class Vulnerability(Part):
    """What puts them at risk?"""

    status: Status
    is_vulnerable: Truth
    findings: tuple[Finding, ...] = ()
    about_others: tuple[Finding, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    reasons: tuple[Reason, ...] = ()


class PriorityMatch(Part):
    """A local priority that this call touches, and why."""

    id: str
    title: str
    because: tuple[str, ...] = ()


class PriorityNearMiss(Part):
    """A local priority that failed by one condition."""

    id: str
    title: str
    missed: str
    because: tuple[str, ...] = ()


class Priorities(Part):
    """Does it touch a local priority?"""

    status: Status
    matches: tuple[PriorityMatch, ...] = ()
    near_misses: tuple[PriorityNearMiss, ...] = ()
    reasons: tuple[Reason, ...] = ()


class HarmPart(Part):
    """Points for one thing, with the words that give them."""

    code: str
    points: int
    text: str


class Harm(Part):
    """How much harm? ``unknown`` names the questions whose answers could still add points."""

    status: Status
    band: Band
    points: int
    parts: tuple[HarmPart, ...] = ()
    overrides: tuple[Reason, ...] = ()
    unknown: tuple[str, ...] = ()
    could_reach: Band = "standard"


class Notice(Part):
    """What another system knows (an order, a warning, an open case), with its source; past ones say so."""

    kind: str
    about: Literal["person", "household", "place", "suspect"]
    source: str
    recorded_on: date
    expires_on: date | None = None
    in_force: bool
    text: str | None = None


class Action(Part):
    """Something owed, by when and by whom."""

    code: str
    text: str
    due: Moment | None = None
    owner: str | None = None


class NearMiss(Part):
    """A row that nearly applied: ``text`` says what would have to be known."""

    row: str
    grade: str
    attendance: str
    missing: tuple[str, ...] = ()
    text: str


class Recommendation(Part):
    """What should we do? A recommendation: a named person decides."""

    grade: str
    grade_name: str
    attendance: str
    respond_by: Moment | None
    resources: tuple[str, ...] = ()
    floor_only: bool = False
    actions: tuple[Action, ...] = ()
    rationale: str = ""
    row: str
    reasons: tuple[Reason, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


class AskNext(Part):
    """A question worth asking, why, and what its answer could change.

    ``ways`` has how to ask it in this call where that is not the plain way: ``child``, ``interpreter``, ``text``.
    """

    question: str
    text: str
    why: str
    confirm: str | None = None
    could_change: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ways: dict[str, str] = Field(default_factory=dict)


class Assessment(Part):
    """Everything Everycall says about one version of one call.

    ``heard`` has the words of the log that tell of danger and of other facts of the event; those that tell of a person
    stand in the findings. ``do_instead`` says what to do where it is not safe to talk and nothing may be asked.
    """

    call_ref: str
    version: int
    assessed_at: Moment
    made_with: MadeWith
    open_now: tuple[OpenCall, ...] = ()
    notices: tuple[Notice, ...] = ()
    heard: tuple[HeardFact, ...] = ()
    repeat: Repeat
    vulnerability: Vulnerability
    priorities: Priorities
    harm: Harm
    recommendation: Recommendation
    ask_next: tuple[AskNext, ...] = ()
    do_instead: tuple[str, ...] = ()
    unknowns: tuple[str, ...] = ()
    problems: tuple[ProblemFound, ...] = ()
    took_ms: float
