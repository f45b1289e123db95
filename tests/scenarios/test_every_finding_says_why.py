"""Design, "Rules that no feature may break": every finding says why: rule, source, date, whom it is about."""

from __future__ import annotations

from typing import Any

import pytest

import build
from everycall.assessment import Assessment, Finding
from everycall.flag import read_flag
from everycall.force import Force
from everycall.loading.files import load_priorities
from everycall.priorities.reading import read_priorities
from everycall.store import reference
from everycall.store.writing import writing

LINES = [
    "CALLER USES A WHEELCHAIR. YOUTHS THROWING STONES AT HER WINDOW AGAIN, THIRD TIME THIS WEEK",
    "SHE IS FRIGHTENED TO GO OUT. HE SAYS HE WILL KILL HER",
]
FLAG = {
    "kind": "mental_ill_health",
    "source": "housing",
    "recorded_on": "2026-03-01",
    "expires_on": "2027-03-01",
}
WHO = {name: told for name, told in build.MAUREEN.items() if name != "role"}
PRIORITY: dict[str, Any] = {
    "id": "P-1", "title": "Stones in Larch Road", "behaviours": ["stone_throwing"], "keywords": ["throwing stones"],
    "status": "active", "agreed_on": "2026-01-01", "starts_on": "2026-01-01", "owner": "Sergeant", "agreed_by": "panel",
}  # fmt: skip


@pytest.fixture
def told(force: Force) -> Assessment:
    """Assess a call about which something is known from everywhere: answers, words, flags, earlier calls."""
    connection = force.store.connection
    build.take(
        force,
        build.call(
            "OLD-1", received_at="2026-06-08T20:00:00+01:00", log=[{"text": "SHE HAS DEMENTIA. HE SHOUTED"}]
        ),
        build.call("OLD-2", received_at="2026-06-12T19:00:00+01:00", status="open"),
    )
    with writing(connection):
        reference.take_flags(connection, [read_flag({**FLAG, "about": WHO})], build.KNOWN)
    load_priorities(read_priorities([PRIORITY], "priorities", None), force, build.KNOWN)
    return build.assess(
        force,
        log=[{"text": line} for line in LINES],
        behaviours=["stone_throwing"],
        answers={"targeted": "yes", "hate": "yes", "impact": "lot"},
    )


def test_each_finding_names_its_rule_and_what_it_stands_on(told: Assessment) -> None:
    findings = told.vulnerability.findings
    assert {one.source for one in findings} >= {"answer", "log", "flag", "history", "details"}
    for one in findings:
        assert all((one.rule, one.said_by, one.who)), one.indicator
        assert _stands_on(one), f"{one.indicator}, from {one.source}"


def _stands_on(one: Finding) -> bool:
    """Say whether it leads back to what it was made from: the words, the earlier call, the day of the flag."""
    if one.source == "log":
        return one.evidence is not None and _quotes(one.evidence)
    if one.source == "flag":
        return one.since is not None and one.expires is not None and "housing" in one.rule
    if one.source in ("history", "household"):
        return one.from_call is not None and one.since is not None
    return one.source in one.rule


def _quotes(evidence: Any) -> bool:
    return LINES[evidence.line][evidence.start : evidence.end] == evidence.text != ""


def test_what_is_heard_quotes_the_log(told: Assessment) -> None:
    assert "threat_to_life" in {one.fact for one in told.heard}
    assert all(one.rule and _quotes(one.evidence) for one in told.heard)


def test_each_part_says_why_in_words(told: Assessment) -> None:
    parts = (told.repeat, told.vulnerability, told.recommendation)
    assert all((told.harm.parts, told.open_now, *(part.reasons for part in parts)))
    for why in (*(one for part in parts for one in part.reasons), *told.harm.parts, *told.harm.overrides):
        assert " " in why.text, why.code
    assert [one.because for one in told.priorities.matches if one.because]
    assert [one.agrees for one in told.repeat.incidents if one.because]
    assert all(one.because for one in told.open_now)
    assert all(one.why for one in told.ask_next)
