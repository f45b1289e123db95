"""The words of this call's log behind each reason: of a fact, an indicator, a part of harm, a local priority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from everycall.assessment import Assessment, Evidence, Finding, HeardFact
from everycall.force import Policy
from everycall.harm.points import Override, Part
from everycall.priorities.keywords import FACT as LOCAL_PRIORITY

IS_SO = ("present", "other_person")
"""Assertions that say yes; of the others words only suggest, deny or speak of long ago."""

Said = Mapping[str, tuple[Evidence, ...]]
"""By the code of a reason: its words, in the order of the log."""


def said(made: Assessment | None, policy: Policy) -> Said:
    """Return the words that stand for a yes, by the code that a reason has; a code that no words led to is not in it.

    A fact has the words of all that implies it; an override or a part of harm those of its facts and indicators.
    Words that only suggest, deny or speak of long ago led to no *yes*: they are marked in the log alone.
    """
    if made is None:
        return {}
    by_code: dict[str, list[Evidence]] = {}
    for code, words in _of_findings(made, policy):
        by_code.setdefault(code, []).append(words)
    for heard in made.heard:
        if asserts(heard):
            code = heard.rule if heard.fact == LOCAL_PRIORITY else heard.fact
            by_code.setdefault(code, []).append(heard.evidence)
    told = {code: _in_order(by_code, [code]) for code in by_code}
    book = policy.pack.facts
    for position, fact in enumerate(book.facts):
        told[fact.name] = _in_order(by_code, (fact.name, *book.names(book.down[position])))
    of_harm: tuple[Part | Override, ...] = (*policy.matrix.parts, *policy.matrix.overrides)
    for one in of_harm:
        told[one.code] = _in_order(told, (one.code, *one.facts, *one.findings))
    return {code: words for code, words in told.items() if words}


def _of_findings(made: Assessment, policy: Policy) -> Iterator[tuple[str, Evidence]]:
    """Yield the words of each finding, by the indicator and by the fact that it asserts."""
    part = made.vulnerability
    for one in (*part.findings, *part.about_others):
        if one.evidence is None or one.from_call is not None or not asserts(one):
            continue
        yield one.indicator, one.evidence
        fact = policy.indicators.fact_of_indicator.get(one.indicator)
        if fact is not None and fact != one.indicator:
            yield fact, one.evidence


def asserts(one: HeardFact | Finding) -> bool:
    """Say whether words by themselves led to a yes."""
    return one.strength == "strong" and one.assertion in IS_SO


def _in_order(words: Mapping[str, Iterable[Evidence]], codes: Iterable[str]) -> tuple[Evidence, ...]:
    found = {(one.line, one.start, one.end): one for code in codes for one in words.get(code, ())}
    return tuple(found[where] for where in sorted(found))
