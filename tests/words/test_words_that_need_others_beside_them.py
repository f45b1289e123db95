"""Some everyday words tell of a victim only beside words of nuisance; without them they ask, and are never gone."""

from __future__ import annotations

import pytest

from everycall.call import LogLine
from everycall.errors import PackError
from everycall.vulnerability.words.check import ANY_DAY
from everycall.vulnerability.words.lexicon import default_directory, load
from everycall.vulnerability.words.line import BESIDE_REACH
from everycall.vulnerability.words.reading import read

ENTRY = """
[[entry]]
id = "targeted.ours"
code = "targeted"
strength = "strong"
beside = ["asb_deeds"]
source = "a test"
terms = ["the clootie folk"]
examples = ["THE CLOOTIE FOLK"]
counter_examples = ["THE FOLK"]
"""


def _strengths(text, lexicon, code):
    return {f.strength for f in read([LogLine(text=text)], ANY_DAY, lexicon).findings if f.code == code}


@pytest.mark.parametrize(
    ("code", "alone", "beside"),
    [
        ("child_in_household", "oh baby that song again", "her and baby, males banging at door"),
        ("hate_motivation", "racism in the last century", "racism from neighbour, eggs thrown"),
    ],
)
def test_the_same_words_settle_it_beside_nuisance_and_ask_without(lexicon, code, alone, beside):
    assert _strengths(alone, lexicon, code) == {"weak"}
    assert "strong" in _strengths(beside, lexicon, code)


def test_that_it_goes_on_is_strong_whatever_stands_near(lexicon):
    for said in ("every night", "third time this week", "they keep throwing stuff", "for years now"):
        assert "strong" in _strengths(said, lexicon, "repeat_or_escalating"), said


@pytest.mark.parametrize("far", [0, BESIDE_REACH, -BESIDE_REACH])
def test_a_word_counts_within_reach_before_or_after(tmp_path, far):
    (tmp_path / "ours.toml").write_text(ENTRY)
    lexicon = load([default_directory(), tmp_path])
    between = ["tree"] * max(0, abs(far) - 1)
    words = ["the clootie folk", *between, "noise"] if far >= 0 else ["noise", *between, "the clootie folk"]
    assert _strengths(" ".join(words), lexicon, "targeted") == {"strong"}
    words.insert(1, " ".join(["tree"] * (BESIDE_REACH + 1)))
    assert _strengths(" ".join(words), lexicon, "targeted") == {"weak"}


def test_words_a_force_adds_to_such_an_entry_need_the_same_beside_them(tmp_path):
    (tmp_path / "ours.toml").write_text(
        '[[add]]\nto = "hate_motivation.in_a_log"\nterms = ["wearing the clootie"]\n'
    )
    lexicon = load([default_directory(), tmp_path])
    assert _strengths("he is wearing the clootie", lexicon, "hate_motivation") == {"weak"}
    assert _strengths("wearing the clootie, gate kicked", lexicon, "hate_motivation") == {"strong"}


def test_a_group_that_there_is_not_is_a_problem(tmp_path):
    (tmp_path / "ours.toml").write_text(ENTRY.replace("asb_deeds", "asb_deed"))
    with pytest.raises(PackError) as caught:
        load([default_directory(), tmp_path])
    assert "asb_deeds" in "\n".join(str(problem) for problem in caught.value.details)
