"""What the log or the record already says, offered to be confirmed and never asked afresh."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from everycall.assessment import Finding, Repeat, Truth, Vulnerability
from everycall.call import Call
from everycall.questions.book import CIRCUMSTANCES, HAPPENED_BEFORE, Question, Questions
from everycall.questions.hints import hints_of

_NOW = frozenset({"log", "details", "flag"})
"""Sources that speak of this call, not of an earlier one."""
_THEIRS = frozenset({"victim", "caller"})
_ACCUSED = frozenset({"suspect", "subject"})


@dataclass(frozen=True, slots=True)
class Told:
    """What is told already, besides the findings.

    Parameters
    ----------
    said, denied
        Codes of the facts that words of the log tell of, in any strength, and that they deny.
    flags
        Kinds of the flags in force about the person.
    home_flags
        Kinds of the flags in force about the person or the household.
    private
        Kinds of flags marked as sensitive: never put into words.
    """

    said: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    home_flags: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()


def confirmations(
    questions: Questions,
    call: Call,
    repeat: Repeat,
    vulnerability: Vulnerability,
    told: Told,
    overheard: bool | None = None,
) -> dict[str, str]:
    """Return what is known already, by question, in words to be confirmed.

    Only of the victim in hand: what is known of others of the household is shown to the handler with its
    source, and never put into words that are read out to somebody else. Nothing is put into words while
    somebody may control the caller and nobody has said that it is safe to talk: who listens would learn that
    they rang before, or what they told.

    Parameters
    ----------
    overheard
        What `controlled` says, where it was asked already.
    """
    if overheard is None:
        overheard = controlled(questions, vulnerability, told)
    if overheard and call.answers.get("safe_to_talk") != "yes":
        return {}
    theirs = [one for one in vulnerability.findings if one.who in _THEIRS or _of_the_event(one)]
    here = {one.indicator for one in theirs if one.source in _NOW and _told_of(one)}
    here |= told.said | hints_of(call) | told.flags
    before = {one.indicator for one in theirs if one.source == "history" and _told_of(one)}
    denied = {one.indicator for one in theirs if one.assertion == "denied"} | told.denied
    found = {}
    for question in questions.question:
        if question.code in call.answers:
            continue
        if question.code == HAPPENED_BEFORE:
            words = _before(question, repeat)
        elif question.code == CIRCUMSTANCES:
            words = _notes(questions, question, vulnerability.findings, told.private)
        else:
            words = _words(question, here, denied, before)
        if words is not None:
            found[question.code] = words
    return found


def controlled(questions: Questions, vulnerability: Vulnerability, told: Told) -> bool:
    """Return whether there are signs that somebody controls the caller."""
    signs = questions.control
    if signs is None:
        return False
    return (
        not told.said.isdisjoint(signs.words)
        or not told.home_flags.isdisjoint(signs.flags)
        or any(
            one.indicator in signs.indicators and one.assertion != "denied" and one.who != "suspect"
            for one in vulnerability.findings
        )
    )


def _told_of(one: Finding) -> bool:
    return one.assertion in ("present", "possible")


def _of_the_event(one: Finding) -> bool:
    """Say whether it is told of what goes on, not of somebody: words rarely say to whom."""
    return one.who == "unknown" and one.class_ in ("situation", "hate")


def _words(
    question: Question, here: Collection[str], denied: Collection[str], before: Collection[str]
) -> str | None:
    about = question.about
    if question.confirm_said is not None and not about.isdisjoint(here):
        return question.confirm_said
    if question.confirm_no is not None and not about.isdisjoint(denied):
        return question.confirm_no
    if question.confirm_before is not None and not about.isdisjoint(before):
        return question.confirm_before
    return None


def _before(question: Question, repeat: Repeat) -> str | None:
    own = (
        one.received_at
        for one in repeat.incidents
        if one.tier == "person" and one.received_at is not None and one.role not in _ACCUSED
    )
    day = next(own, None)
    if day is not None and question.confirm_before is not None:
        return question.confirm_before.format(day=f"{day.day} {day:%B %Y}")
    return question.confirm_said if repeat.perceived is Truth.YES else None


def _notes(
    questions: Questions, question: Question, findings: Collection[Finding], private: Collection[str]
) -> str | None:
    own = [
        one
        for one in findings
        if _told_of(one)
        and one.source in ("log", "flag", "history")
        and one.who in _THEIRS
        and one.indicator in questions.notes
        and not (one.source == "flag" and one.indicator in private)
    ]
    for text, kept in (
        (question.confirm_before, [one for one in own if one.source != "log"]),
        (question.confirm_said, own),
    ):
        if text is not None and kept:
            named = list(dict.fromkeys(questions.notes[one.indicator] for one in kept))
            return text.format(notes=_listed(sorted(named)))
    return None


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
