""" "Hits him" is found neither in "hits his brakes" nor in "hits her brakes": what follows tells, of both alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from everycall.vulnerability.words.folding import split
from everycall.vulnerability.words.lexicon import default_directory, load
from everycall.vulnerability.words.matching import find
from everycall.vulnerability.words.pattern import compile_pattern
from everycall.vulnerability.words.their_things import PatternsToldApart, TheirThings

SENTENCES = Path(__file__).parents[2] / "benchmarks" / "words"
THREE = ("him", "his", "her")
THINGS = TheirThings(["brakes", "exhaust", "door"], ["gave"])


def _texts():
    for name in ("own_harm", "own_home_and_family", "own_health_and_language", "emergencies", "victims_kept"):
        for line in (SENTENCES / f"{name}.jsonl").read_text("utf-8").splitlines():
            yield json.loads(line).get("text", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("its just his exhaust", "domestic_abuse"),
        ("its just her exhaust", "alone_or_isolated"),
        ("he left his wedding ring behind", "domestic_abuse"),
        ("he said he will go when he's finished his crisps", "domestic_abuse"),
        ("lads hit his brakes at the lights", "assault"),
        ("lads kicked her door", "violence_used"),
    ],
)
def test_a_thing_of_theirs_is_not_themselves(strong_codes, read_log, text, code):
    assert code not in strong_codes(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("he hits her", "domestic_abuse"),
        ("her partner hits her head", "domestic_abuse"),
        ("my husband hits my son, he hit his face", "domestic_abuse"),
        ("he says he will kill his own mother", "threat_to_life"),
        ("he shoved his trolley into me", "violence_used"),
        ("man from the flat across is stabbing her door with a screwdriver", "weapon_or_violence_now"),
        ("they have kicked his door in", "weapon_or_violence_now"),
    ],
)
def test_what_is_done_to_them_is_found(lexicon, text, code):
    words = split(text, lexicon.short, lexicon.doubtful).words
    assert code in {hit.rule.entry.code for hit in find(words, lexicon).entries}


def _hits(words, lexicon):
    hits = find(words, lexicon)
    return [
        (hit.first, hit.past, id(hit.rule))
        for kind in (hits.entries, hits.unless, hits.cues, hits.people, hits.voices)
        for hit in kind
    ]


def test_which_of_the_three_words_stands_there_changes_nothing_that_patterns_find(lexicon):
    looked_at = 0
    for text in _texts():
        words = split(text, lexicon.short, lexicon.doubtful).words
        if set(THREE).isdisjoint(words):
            continue
        looked_at += 1
        one, other, third = (
            _hits([of_all if word in THREE else word for word in words], lexicon) for of_all in THREE
        )
        assert one == other == third, text
    assert looked_at > 400


GOES_BY_WHO_IS_MEANT = {
    "inf hoards, front rm full to ceiling, landlord & lads calling him Womble",
    "LITTLE GIRL ABOUT 5 ALONE IN THE STREET IN THE DARK, MAN TRYING TO GET HER INTO HIS CAR",
    "LAD SLEEPS IN CAR SINCE HIS MUM THREW HIM OUT",
    "Boy aged 12 is under CAMHS, bricks thrown at his window",
}
"""With one pronoun of the other sex somebody else is meant: a "lad" is no "her"."""


def test_a_pronoun_of_the_other_sex_changes_no_finding(read_log):
    changed = set()
    looked_at = 0
    for text in _texts():
        swapped = text
        for his in ("him", "his"):
            for one, other in ((his, "her"), (his.upper(), "HER"), (his.title(), "Her")):
                swapped = " ".join(other if word == one else word for word in swapped.split(" "))
        if swapped == text:
            continue
        looked_at += 1
        found, of_the_other = (
            {(f.code, f.assertion, f.strength) for f in read_log(one).findings} for one in (text, swapped)
        )
        if found != of_the_other:
            changed.add(text)
    assert looked_at > 300
    assert changed <= GOES_BY_WHO_IS_MEANT


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("hits him", "hits her"),
        ("hits his brakes", "hits his brakes"),
        ("hits her brakes", "hits his brakes"),
        ("hits him brakes", "hits his brakes"),
        ("hits her face", "hits her face"),
        ("gave him brakes", "gave her brakes"),
        ("his", "her"),
        ("they are out", "they are out"),
    ],
)
def test_all_three_are_read_by_the_word_behind(text, read_as):
    assert list(THINGS.told_apart(text.split())) == read_as.split()


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("hits him", {"her"}),
        ("hits (me|her)", {"me", "her"}),
        ("hits her", {"her", "his"}),
        ("(my|her)", {"my", "her", "his"}),
        ("(me|my|him)", {"me", "my", "her", "his"}),
        ("him ~ out", {"her"}),
        ("him (badly)?", {"her"}),
        ("him out", {"her", "his"}),
        ("him (brakes)?", {"her", "his"}),
        ("him ~ brakes", {"her", "his"}),
    ],
)
def test_a_pattern_that_names_whom_finds_no_thing_where_anything_may_follow(pattern, words):
    steps = PatternsToldApart(THINGS.things).told_apart(compile_pattern(pattern, {}))
    assert [step.words for step in steps if not step.words.isdisjoint(THREE)] == [words]


def test_phrases_and_branches_are_told_apart_as_words_are():
    (step,) = PatternsToldApart(THINGS.things).told_apart(
        compile_pattern("(just him|end her life|out ~ him)", {})
    )
    assert set(step.phrases) == {("just", "her"), ("end", "her", "life"), ("end", "his", "life")}
    assert [inner.words for inner in step.branches[0]][-1] == {"her"}


def test_a_force_adds_things(tmp_path):
    (tmp_path / "their_things.toml").write_text("things = ['zither']\ngiven = ['tossed']\n")
    ours, with_theirs = load([default_directory()]), load([default_directory(), tmp_path])
    assert list(ours.their_things.told_apart("hit his zither".split())) == ["hit", "her", "zither"]
    assert list(with_theirs.their_things.told_apart("hit her zither".split())) == ["hit", "his", "zither"]
    assert list(with_theirs.their_things.told_apart("tossed her zither".split())) == [
        "tossed",
        "her",
        "zither",
    ]
    assert ours.sha256 != with_theirs.sha256
