"""What is told of a call and its assessment to one viewer: what they may not see is taken out before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from everycall.access.roles import Sees, class_of
from everycall.localtime import with_offset

CODES_OF_A_CALL = (
    "ref", "received_at", "source", "category", "behaviours", "district", "team", "status", "grade_given",
    "attended_at", "closed_at", "closed_as", "marked_repeat", "marked_vulnerable",
)  # fmt: skip
"""What stands in a call that names nobody and repeats no words."""

_TIERS = ("person", "household", "place", "phone")


def call_for(sees: Sees, call: Mapping[str, Any]) -> dict[str, Any]:
    """Return a call as it may be told; its moments with their offset, as those of an assessment are."""
    call = dict(call)
    for name in ("received_at", "attended_at", "closed_at"):
        if call.get(name):
            call[name] = with_offset(call[name])
    if sees.full:
        if call.get("log"):
            call["log"] = [
                {**line, "at": with_offset(line["at"])} if line.get("at") else line for line in call["log"]
            ]
        return call
    told = {name: call[name] for name in CODES_OF_A_CALL if name in call}
    # a code that the force's own system wrote may be any text
    told.pop("grade_given", None)
    return told


def assessment_for(sees: Sees, assessment: Mapping[str, Any]) -> dict[str, Any]:
    """Return an assessment (as its JSON is read) as it may be told.

    Where a class of data is not theirs, whatever could tell of it goes too: reasons, points and questions.
    """
    told = dict(assessment)
    told["notices"] = [_flag(sees, one) for one in told["notices"] if _visible(sees, one["kind"])]
    told["repeat"] = _repeat(sees, told["repeat"])
    told["vulnerability"] = _vulnerability(sees, told["vulnerability"])
    told["priorities"] = _priorities(sees, told["priorities"])
    # one that was recorded before there was this part has none
    heard = told.get("heard", ()) if sees.all_classes else ()
    told["heard"] = [{**one, "evidence": _evidence(sees, one["evidence"])} for one in heard]
    if not sees.history:
        told["open_now"] = []
        if _tells_of_earlier_calls(assessment):
            told |= _without_earlier_calls(told)
    if not sees.all_classes:
        told["harm"] = {**told["harm"], "parts": [], "overrides": [], "unknown": []}
        told["ask_next"], told["do_instead"], told["unknowns"] = [], [], []
        kept = ("grade", "grade_name", "attendance", "respond_by", "resources", "floor_only")
        made = {name: told["recommendation"][name] for name in kept}
        told["recommendation"] = made | {
            "actions": [], "rationale": "", "row": "", "reasons": [], "near_misses": [], "disagreements": [],
        }  # fmt: skip
    elif not sees.full:
        told["ask_next"] = [{**one, "confirm": None} for one in told["ask_next"]]
    return told


def _tells_of_earlier_calls(assessment: Mapping[str, Any]) -> bool:
    repeat = assessment["repeat"]
    counted = any(repeat[tier]["count_all"] for tier in _TIERS)
    return bool(counted or repeat["incidents"] or repeat["to_confirm"] or repeat["burst"]["last_7d"] > 1)


def _without_earlier_calls(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts that tell of earlier calls, without it: how many, when, and what a sentence says of them.

    What is to be done stays as it is: grade, time, who goes and the duties.
    """
    repeat = told["repeat"]
    none = {"status": "could_not_look", "count_12m": 0, "count_all": 0, "first": None, "last": None}
    return {
        "repeat": {
            **repeat,
            "status": "could_not_look",
            "is_repeat": "yes" if repeat["perceived"] == "yes" else "unknown",
            **dict.fromkeys(_TIERS, none),
            "burst": {"status": "could_not_look", "last_24h": 0, "last_7d": 0},
            "other_rules": dict.fromkeys(repeat["other_rules"], "unknown"),
        },
        "vulnerability": {**told["vulnerability"], "disagreements": [], "reasons": []},
        "harm": {**told["harm"], "parts": []},
        "recommendation": {
            **told["recommendation"],
            "rationale": "", "row": "", "reasons": [], "near_misses": [], "disagreements": [],
        },
        "ask_next": [{**one, "confirm": None} for one in told["ask_next"]],
    }  # fmt: skip


def _visible(sees: Sees, kind: str) -> bool:
    return sees.all_classes or class_of(kind) in sees.classes


def _flag(sees: Sees, notice: Mapping[str, Any]) -> dict[str, Any]:
    """Return a flag with its words, or its kind alone: that it is in force must be known to whoever takes the call."""
    return dict(notice) if sees.full and sees.history else {**notice, "text": None}


def _repeat(sees: Sees, part: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(part)
    if not sees.history:
        told["incidents"], told["to_confirm"], told["reasons"], told["disagreements"] = [], [], [], []
        return told
    if not sees.full:
        told["incidents"] = [{**one, "opened_as": None} for one in told["incidents"]]
    return told


def _vulnerability(sees: Sees, part: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(part)
    for name in ("findings", "about_others"):
        told[name] = list(_findings(sees, told[name]))
    if not sees.all_classes:
        told["disagreements"], told["reasons"] = [], []
    return told


def _priorities(sees: Sees, part: Mapping[str, Any]) -> dict[str, Any]:
    """Return what priorities are touched or nearly so; to who sees codes alone, not by how many metres.

    Distances to three areas or more, whose edges anybody may know, tell where somebody lives.
    """
    if sees.full:
        return dict(part)
    nearly = [{**one, "missed": "", "because": []} for one in part["near_misses"]]
    return {**part, "near_misses": nearly}


def _findings(sees: Sees, findings: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for one in findings:
        if not _visible(sees, one["indicator"]) or (one["from_call"] and not sees.history):
            continue
        yield {**one, "evidence": one["evidence"] and _evidence(sees, one["evidence"])}


def _evidence(sees: Sees, evidence: Mapping[str, Any]) -> dict[str, Any]:
    return dict(evidence) if sees.full else {**evidence, "text": ""}


def shown_records(told: Mapping[str, Any]) -> list[str]:
    """Return the references of all earlier calls that an assessment, as told, shows."""
    repeat, vulnerability = told["repeat"], told["vulnerability"]
    refs = {one["ref"] for one in (*repeat["incidents"], *repeat["to_confirm"], *told["open_now"])}
    refs |= {one["from_call"] for name in ("findings", "about_others") for one in vulnerability[name]}
    return sorted(ref for ref in refs if ref)
