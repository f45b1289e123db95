"""The whole assessment of one version of one call, as it goes out."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from everycall.assessment.harm import Harm
from everycall.assessment.part import Moment, Part
from everycall.assessment.priorities import Priorities
from everycall.assessment.recommendation import Recommendation
from everycall.assessment.repeat import Repeat
from everycall.assessment.vulnerability import HeardFact, Vulnerability


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


class Notice(Part):
    """What another system knows (an order, a warning, an open case), with its source; past ones say so."""

    kind: str
    about: Literal["person", "household", "place", "suspect"]
    source: str
    recorded_on: date
    expires_on: date | None = None
    in_force: bool
    text: str | None = None


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
