"""What the parts found in a sentence each: for the rationale and the list of unknowns."""

from __future__ import annotations

from everycall.assessment import Harm, Priorities, Repeat, Status, Truth, Vulnerability
from everycall.counted import counted
from everycall.policy.rationale import Context

COULD_NOT = "could not look"


def context(repeat: Repeat, vulnerability: Vulnerability, harm: Harm, priorities: Priorities) -> Context:
    """Return what the rationale says of each part."""
    return Context(
        repeat=_repeat(repeat),
        vulnerability=_vulnerability(vulnerability),
        harm=_harm(harm),
        priorities=_priorities(priorities),
        unknown=unknowns(repeat, vulnerability, harm, priorities),
    )


def _not_searched(repeat: Repeat) -> bool:
    """Say whether the history could not be searched for them and holds nothing of theirs, only of the place."""
    told = any(one.code == "could_not_look" for one in repeat.reasons)
    return repeat.status is Status.COULD_NOT_LOOK or (told and not repeat.household.count_all)


def _repeat(repeat: Repeat) -> str:
    if repeat.is_repeat is Truth.YES:
        said = "; the victim says it has happened before" if repeat.perceived is Truth.YES else ""
        if _not_searched(repeat):
            return f"Repeat victim{said}; the history could not be searched"
        many = counted(repeat.household.count_12m, "earlier incident")
        return (
            f"Repeat victim: {many} in 12 months by person or household "
            f"({repeat.person.count_12m} by this person), {repeat.household.count_all} in all{said}"
        )
    if repeat.is_repeat is Truth.NO:
        return "Not a repeat victim: asked, and nothing found"
    if _not_searched(repeat):
        return "Not known whether a repeat victim: the history could not be searched"
    return "Not known whether a repeat victim"


def _vulnerability(part: Vulnerability) -> str:
    named = sorted(
        {
            finding.indicator.replace("_", " ")
            for finding in part.findings
            if finding.assertion == "present" and finding.strength == "strong"
        }
    )
    if part.is_vulnerable is Truth.YES:
        return f"Vulnerable: {', '.join(named)}"
    if part.is_vulnerable is Truth.NO:
        return "Asked about personal circumstances: none said"
    return f"Not known whether vulnerable{': ' + ', '.join(named) if named else ''}"


def _harm(part: Harm) -> str:
    if part.status is Status.COULD_NOT_LOOK:
        return "Harm could not be weighed"
    named = [override.code for override in part.overrides]
    because = f" ({', '.join(named)})" if named else ""
    open_still = f"; could reach {part.could_reach}" if part.could_reach != part.band else ""
    return f"Harm {part.band}, {counted(part.points, 'point')}{because}{open_still}"


def _priorities(part: Priorities) -> str:
    if part.matches:
        return "Local priority: " + ", ".join(f"{match.id} {match.title}" for match in part.matches)
    return "Local priorities could not be looked at" if part.status is Status.COULD_NOT_LOOK else ""


def unknowns(
    repeat: Repeat, vulnerability: Vulnerability, harm: Harm, priorities: Priorities
) -> tuple[str, ...]:
    """Return what is not known, one thing each, in plain words."""
    told = []
    if repeat.is_repeat is Truth.UNKNOWN:
        told.append("whether this has happened to them before")
    if vulnerability.is_vulnerable is Truth.UNKNOWN:
        told.append("whether anybody is vulnerable")
    for name, status in (
        ("the history", Status.COULD_NOT_LOOK if _not_searched(repeat) else repeat.status),
        ("contacts of the last days", repeat.burst.status),
        ("what puts them at risk", vulnerability.status),
        ("local priorities", priorities.status),
        ("the harm", harm.status),
    ):
        if status is Status.COULD_NOT_LOOK:
            told.append(f"{name}: {COULD_NOT}")
    if harm.could_reach != harm.band:
        told.append(f"whether the harm is {harm.could_reach}: {', '.join(harm.unknown)} not answered")
    return tuple(told)
