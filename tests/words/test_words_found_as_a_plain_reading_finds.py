"""However patterns are cut, shared and put together: found is what trying each pattern at each word would find."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from everycall.vulnerability.words import automaton as rooms
from everycall.vulnerability.words.automaton import Automaton
from everycall.vulnerability.words.pattern import PatternError, compile_group, compile_pattern

GROUPS = {"them": compile_group(["lads", "they", "two men"])}
NOT_PASSED = {".", ",", "?", "?.", "no", "not", "never", "nor", "neither"}

words = st.sampled_from("she is was very ill scared scares two 3 men lads they now not , . ?".split())
pieces = st.sampled_from(
    [
        *"she is (is|was) very (very)? ill scare* # @them @them? scares? ~ ~1 ~2 , not (two|,)".split(),
        "(ill|very scared)",
        "(is ~1 very|she)",
        "(is (ill|very ~2 now)|lads)",
        "(so|very ill)?",
        "(two , now)?",
    ]
)
patterns = st.lists(pieces, min_size=1, max_size=6).map(" ".join)


def _compiled(pattern):
    try:
        return compile_pattern(pattern, GROUPS)
    except PatternError:
        return None


def _is_number(word):
    return word == "two" or word.isdecimal()


def _ends(steps, words, at, first):
    """Where a match of the steps that goes on at ``at`` can end, by trying everything."""
    if not steps:
        return {at}
    step, rest = steps[0], steps[1:]
    out = set()
    if step.gap:
        for past in range(at, min(at + step.gap, len(words)) + 1):
            if past > at and (at == first or words[past - 1] in NOT_PASSED):
                break
            out |= _ends(rest, words, past, first)
        return out
    if step.optional:
        out |= _ends(rest, words, at, first)
    if at < len(words):
        word = words[at]
        named = word in step.words or (step.stems and word.startswith(step.stems))
        if named or (step.number and _is_number(word)):
            out |= _ends(rest, words, at + 1, first)
        for phrase in step.phrases:
            if tuple(words[at : at + len(phrase)]) == phrase:
                out |= _ends(rest, words, at + len(phrase), first)
    for branch in step.branches:
        for past in _ends(branch, words, at, first):
            out |= _ends(rest, words, past, first)
    return out


def _plainly(compiled, words):
    found = []
    for first in range(len(words)):
        for number, steps in enumerate(compiled):
            past = max(_ends(steps, words, first, first), default=first)
            if past > first:
                found.append((first, past, number))
    return found


@given(st.lists(patterns, min_size=1, max_size=6), st.lists(words, max_size=14))
def test_found_is_what_trying_each_pattern_at_each_word_finds(texts, line):
    compiled = [steps for text in texts if (steps := _compiled(text))]
    assume(compiled)
    assert Automaton(list(zip(compiled, range(len(compiled)), strict=True))).find(line) == _plainly(
        compiled, line
    )


@given(st.lists(patterns, min_size=1, max_size=3), st.lists(words, min_size=12, max_size=40))
def test_a_part_without_an_end_is_read_as_any_other(texts, line):
    compiled = [steps for text in texts if (steps := _compiled(text))]
    assume(compiled)
    line = [word for word in line if word not in (".", "?")]
    automaton = Automaton(list(zip(compiled, range(len(compiled)), strict=True)))
    before, rooms.WINDOW = rooms.WINDOW, 4
    try:
        assert automaton.find(line) == _plainly(compiled, line)
    finally:
        rooms.WINDOW = before
