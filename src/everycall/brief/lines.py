"""The short form of an assessment: eight lines at most, always in the same order, most urgent first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from everycall.assessment import Assessment, Burst, Finding, Harm, Repeat, Status, Truth, Vulnerability
from everycall.brief.marks import COULD_NOT_LOOK, DANGER, DO, FOUND, NOT_KNOWN, Mark, mark_of, mark_of_status
from everycall.brief.wording import ago, clock, words
from everycall.counted import counted

DANGER_FACTS = frozenset(
    {"immediate_danger", "weapon_or_violence_now", "fire", "suicide_now", "threat_to_life", "violence_used"}
)
"""The danger facts of the contract; one that is so, among the reasons for the grade, prints the line DANGER."""

KNOWN_HOW = ("(answered)", "(from the words)", "(found)")
"""How the reason for a grade ends when its fact is so; one that is denied or not known has no such end."""

ASKING_PARTS = frozenset({"questions", "ask_next"})
"""Parts whose failure leaves the list of questions empty without meaning that none is left."""

_WORDS = re.compile(r"[a-z]{4,}")

MOST_REASONS = 2
MOST_FINDINGS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its mark, its label and what it says."""

    mark: Mark
    label: str
    text: str


def brief(assessment: Assessment, received_at: datetime | None) -> list[Line]:
    """Return the lines of the short form.

    The order never changes: DANGER (only when so), GRADE, ASK, OPEN NOW (only when so), REPEAT, VULNERABLE,
    HARM, LOCAL, and last what could not be done.

    Parameters
    ----------
    received_at
        When the call came in (aware): what "4 days ago" is counted from. Without it dates are given.
    """
    lines = []
    danger = dangers(assessment)
    if danger:
        lines.append(Line(DANGER, "DANGER", "; ".join(danger)))
    lines.append(Line(DO, "GRADE", _grade(assessment, received_at)))
    if assessment.ask_next:
        first = assessment.ask_next[0]
        lines.append(Line(DO, "ASK", first.text or words(first.question)))
    else:
        lines.append(_nothing_to_ask(assessment))
    if assessment.open_now:
        told = [
            f"{one.ref} from {clock(one.received_at, received_at)}, {one.because}"
            for one in assessment.open_now
        ]
        lines.append(Line(FOUND, "OPEN NOW", "; ".join(told)))
    repeat, vulnerability = assessment.repeat, assessment.vulnerability
    lines.append(Line(mark_of(repeat.status, repeat.is_repeat), "REPEAT", _repeat(repeat, received_at)))
    mark = mark_of(vulnerability.status, vulnerability.is_vulnerable)
    lines.append(Line(mark, "VULNERABLE", _vulnerable(vulnerability)))
    lines.append(Line(_harm_mark(assessment.harm), "HARM", _harm(assessment.harm)))
    lines.append(Line(mark_of_status(assessment.priorities.status), "LOCAL", _local(assessment)))
    for problem in assessment.problems:
        lines.append(Line(COULD_NOT_LOOK, "PROBLEM", f"{words(problem.part)}: {problem.problem}"))
    return lines


def _nothing_to_ask(assessment: Assessment) -> Line:
    """Return the line for no question: none is safe to ask, none is left, or it could not be worked out which."""
    if assessment.do_instead:
        return Line(DANGER, "ASK", f"not safe to talk: {' '.join(assessment.do_instead)}")
    if any(one.part in ASKING_PARTS for one in assessment.problems):
        return Line(COULD_NOT_LOOK, "ASK", "could not work out what to ask: ask the usual questions")
    return Line(DO, "ASK", "no question left that could change the answer")


def dangers(assessment: Assessment) -> list[str]:
    """Return what tells of danger: danger facts that are so among the grade's reasons, and the overrides of harm.

    A grade may also rest on danger facts that were denied; those are no danger. Where somebody is sent now, a
    danger fact among the reasons is shown however it is worded: better once too often.
    """
    made = assessment.recommendation
    told = [
        one.text
        for one in made.reasons
        if one.code in DANGER_FACTS and (one.text.endswith(KNOWN_HOW) or made.attendance == "now")
    ]
    overrides = [one.text for one in assessment.harm.overrides]
    new = [text for text in overrides if not any(_says_no_more(text, than) for than in told)]
    return list(dict.fromkeys(plain(text) for text in (*told, *new)))


def _says_no_more(override: str, reason: str) -> bool:
    """Say whether an override of harm names nothing that a reason does not: "A weapon, or violence now" is said once.

    By the beginnings of its longer words (fear, fears); what it makes of the harm stands in the line HARM.
    """
    said = {word[:4] for word in _WORDS.findall(reason.lower())}
    named = {word[:4] for word in _WORDS.findall(override.partition(":")[0].lower())}
    return bool(named) and named <= said


def plain(sentence: str) -> str:
    """Return a sentence without its full stop, to stand among others on one line."""
    return sentence.removesuffix(".")


def _grade(assessment: Assessment, received_at: datetime | None) -> str:
    made = assessment.recommendation
    parts = [made.grade_name]
    if made.respond_by is not None:
        parts.append(f"by {clock(made.respond_by, received_at)}")
    parts.append("nobody sent" if made.attendance == "none" else words(made.attendance))
    text = ", ".join(parts)
    return f"{text} (a floor: never less than this)" if made.floor_only else text


def _repeat(repeat: Repeat, received_at: datetime | None) -> str:
    told = [_counted(repeat, received_at)]
    if repeat.perceived is Truth.YES:
        told.append("they say it has happened before")
    if repeat.is_repeat is Truth.NO:
        told.append("they say it has not happened before")
    if repeat.burst.status is Status.FOUND and repeat.burst.last_7d > 1:
        told.append(contacts(repeat.burst))
    elif repeat.burst.status is Status.COULD_NOT_LOOK and repeat.status is not Status.COULD_NOT_LOOK:
        told.append("could not look for a burst of calls")
    if repeat.to_confirm:
        told.append(f"{len(repeat.to_confirm)} to confirm: ask {words(repeat.to_confirm[0].ask)}")
    return f"{said(repeat.is_repeat)}: {', '.join(told)}"


def contacts(burst: Burst) -> str:
    """Return a burst in words; this contact counts too."""
    return f"{counted(burst.last_24h, 'contact')} in 24 hours, {burst.last_7d} in 7 days"


def _counted(repeat: Repeat, received_at: datetime | None) -> str:
    if repeat.status is Status.COULD_NOT_LOOK:
        why = next((one.text for one in repeat.reasons if one.code == "could_not_look"), "")
        return "COULD NOT LOOK" + (f" ({why})" if why else "") + ", which is no clean history"
    wide = repeat.household if repeat.household.count_all >= repeat.person.count_all else repeat.person
    text = f"{wide.count_12m} in 12 months"
    if wide is repeat.household and wide.count_12m:
        text += f" ({repeat.person.count_12m} this person)"
    if not wide.count_all:
        text = "none on record for this person or household"
        if Status.COULD_NOT_LOOK in (repeat.person.status, repeat.household.status):
            text += " as far as could be looked"
    elif wide.count_all > wide.count_12m:
        text += f", {wide.count_all} in all"
    if wide.last is not None:
        text += f", last {ago(wide.last, received_at)}"
    if repeat.place.count_12m > wide.count_12m:
        text += f"; {repeat.place.count_12m} at this place"
    return text


def said(truth: Truth) -> str:
    """Return yes, no, or NOT KNOWN in capitals, so that it cannot be read past."""
    return NOT_KNOWN.word if truth is Truth.UNKNOWN else truth.value


def counting(findings: tuple[Finding, ...]) -> list[Finding]:
    """Return the findings that are or may be so, the surest first, each indicator once."""
    ordered = sorted((one for one in findings if one.assertion in ("present", "possible")), key=_is_doubtful)
    surest: dict[str, Finding] = {}
    for one in ordered:
        surest.setdefault(one.indicator, one)
    return list(surest.values())


def _is_doubtful(finding: Finding) -> bool:
    return finding.strength == "weak" or finding.assertion == "possible"


def _vulnerable(vulnerability: Vulnerability) -> str:
    found = counting(vulnerability.findings)
    told = []
    if vulnerability.status is Status.COULD_NOT_LOOK:
        told.append("COULD NOT LOOK at everything")
    told += [f"{words(one.indicator)}{'?' if _is_doubtful(one) else ''} ({_whose(one)})" for one in found]
    if not found:
        asked = (
            "asked, and the answer was no" if vulnerability.is_vulnerable is Truth.NO else "nothing found yet"
        )
        told.append(asked)
    elif len(told) > MOST_FINDINGS:
        told = [*told[:MOST_FINDINGS], f"{len(told) - MOST_FINDINGS} more"]
    if vulnerability.disagreements:
        told.append("sources disagree")
    return f"{said(vulnerability.is_vulnerable)}: {', '.join(told)}"


def _whose(finding: Finding) -> str:
    sources = {
        "answer": "answered", "log": "the log's words", "flag": "a flag", "history": "an earlier call",
        "household": "the household", "details": "their details",
    }  # fmt: skip
    return sources[finding.source]


def _harm_mark(harm: Harm) -> Mark:
    if harm.status is Status.COULD_NOT_LOOK:
        return COULD_NOT_LOOK
    return NOT_KNOWN if harm.could_reach != harm.band and harm.unknown else mark_of_status(harm.status)


def _harm(harm: Harm) -> str:
    why = [plain(one.text) for one in harm.overrides] or [
        plain(one.text) for one in sorted(harm.parts, key=lambda part: -part.points)[:MOST_REASONS]
    ]
    text = f"{harm.band}, {counted(harm.points, 'point')}" + (f": {', '.join(why)}" if why else "")
    if harm.status is Status.COULD_NOT_LOOK:
        text = f"{COULD_NOT_LOOK.word} at everything; at least {text}"
    if harm.unknown and harm.could_reach != harm.band:
        text += f"; could be {harm.could_reach}: {len(harm.unknown)} not asked"
    return text


def _local(assessment: Assessment) -> str:
    local = assessment.priorities
    matched = "; ".join(f"{one.id} {one.title}" for one in local.matches)
    if local.status is Status.COULD_NOT_LOOK:
        why = f" ({local.reasons[0].text})" if local.reasons else ""
        return "; ".join(part for part in (matched, f"{COULD_NOT_LOOK.word}{why}") if part)
    if matched:
        return matched
    near = ", ".join(f"nearly {one.id}" for one in local.near_misses)
    return "no local priority touched" + (f" ({near})" if near else "")
