"""A process that will take many calls is made ready without a trace in the store."""

import build
from everycall.long_running import get_ready


def test_nothing_is_stored_and_the_answer_is_the_same(force):
    before = build.assess(force, dry_run=True).model_dump(mode="json", exclude={"took_ms"})
    get_ready(force, build.NOW)
    after = build.assess(force, dry_run=True).model_dump(mode="json", exclude={"took_ms"})
    assert after == before
    for table in ("call", "call_version", "mention", "chain_entry", "assessment_made"):
        assert build.rows(force, f"SELECT COUNT(*) FROM {table}") == [(0,)]


def test_what_the_lexicons_own_words_lead_to_is_made_beforehand(force):
    get_ready(force, build.NOW)
    automaton = force.policy.lexicon.automaton
    examples = [entry.examples[0] for entry in force.policy.lexicon.entries.values()]
    before = len(automaton._states)
    automaton.find(" . ".join(examples).lower().split())
    assert len(automaton._states) < before * 1.1
