"""How much harm? Points with the words that give them, and how far what is unknown could lead."""

from __future__ import annotations

from everycall.assessment.part import Band, Part, Reason, Status


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
