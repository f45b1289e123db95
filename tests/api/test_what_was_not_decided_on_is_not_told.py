"""Default deny: a key that joins an assessment is told to those who see least only once somebody has decided so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from everycall.access.roles import Sees
from everycall.access.shown import assessment_for
from everycall.assessment import Assessment

LEAST = Sees(full=False, classes=frozenset(), all_classes=False, history=False)
WORDS = "told by somebody"

DECIDED = {
    "assessed_at", "call_ref", "made_with.everycall", "made_with.identity_model", "made_with.lexicon",
    "made_with.policy", "made_with.policy_sha256",
    "harm.band", "harm.could_reach", "harm.status",
    "priorities.matches[].because[]", "priorities.matches[].id", "priorities.matches[].title",
    "priorities.near_misses[].id", "priorities.near_misses[].title", "priorities.reasons[].code",
    "priorities.reasons[].text", "priorities.status",
    "problems[].part", "problems[].problem",
    "recommendation.attendance", "recommendation.grade", "recommendation.grade_name",
    "recommendation.resources[]", "recommendation.respond_by",
    "repeat.burst.status", "repeat.household.status", "repeat.is_repeat", "repeat.other_rules.told by somebody",
    "repeat.perceived", "repeat.person.status", "repeat.phone.status", "repeat.place.status", "repeat.rule",
    "repeat.searched.by[]", "repeat.searched.capped[]", "repeat.searched.from", "repeat.searched.through",
    "repeat.status", "vulnerability.is_vulnerable", "vulnerability.status",
}  # fmt: skip
"""Codes, versions, the grade and the public priorities: what names nobody, and tells no circumstance."""


def test_who_sees_least_is_told_codes_and_nothing_that_nobody_decided_on() -> None:
    schema = Assessment.model_json_schema(by_alias=True, mode="serialization")
    whole = _filled(schema, schema["$defs"])
    Assessment.model_validate(whole, strict=False)
    told = set(_words(assessment_for(LEAST, whole)))
    assert told == DECIDED


def _filled(schema: dict[str, Any], defs: dict[str, Any]) -> Any:
    """Return something of this schema in which nothing that may hold words is empty."""
    if "$ref" in schema:
        return _filled(defs[schema["$ref"].rsplit("/", 1)[-1]], defs)
    if "anyOf" in schema:
        return _filled(schema["anyOf"][0], defs)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema["type"]
    if kind == "object" and "properties" in schema:
        return {name: _filled(one, defs) for name, one in schema["properties"].items()}
    if kind == "object":
        return {WORDS: _filled(schema["additionalProperties"], defs)}
    if kind == "array":
        return [_filled(schema["items"], defs)]
    if kind == "string":
        return {"date-time": "2026-06-12T21:04:00+01:00", "date": "2026-06-12"}.get(
            schema.get("format", ""), WORDS
        )
    return {"integer": 1, "number": 0.5, "boolean": True}[kind]


def _words(told: Any, path: str = "") -> Iterator[str]:
    """Yield where anything is told that is text."""
    if isinstance(told, dict):
        for name, one in told.items():
            yield from _words(one, f"{path}.{name}".lstrip("."))
    elif isinstance(told, (list, tuple)):
        for one in told:
            yield from _words(one, f"{path}[]")
    elif isinstance(told, str) and told:
        yield path
