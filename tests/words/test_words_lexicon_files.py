"""The lexicon's files are read strictly, and a force's own folder changes them."""

from __future__ import annotations

import pytest

from everycall.call import LogLine
from everycall.errors import PackError, Problems
from everycall.vulnerability.words.check import ANY_DAY, check
from everycall.vulnerability.words.lexicon import default_directory, load
from everycall.vulnerability.words.reading import read
from local_words import OURS


def _codes(lexicon, text):
    return {f.code for f in read([LogLine(text=text)], ANY_DAY, lexicon).findings}


def test_every_example_of_every_entry_holds(lexicon):
    assert [str(problem) for problem in check(lexicon)] == []


def test_every_entry_has_counter_examples_or_is_a_hint(lexicon):
    assert [e.id for e in lexicon.entries.values() if not e.counter_examples and e.strength == "strong"] == [
        "harassment_told.said"
    ]


def test_a_force_adds_an_entry_and_words_and_switches_one_off(tmp_path):
    (tmp_path / "ours.toml").write_text(
        'disable = ["pregnancy.said", "pregnancy.told"]\n'
        + OURS
        + '\n[[add]]\nto = "targeted.said"\nterms = ["got us marked"]\n'
    )
    lexicon = load([default_directory(), tmp_path])
    assert "fear_or_impact" in _codes(lexicon, "she has the collywobbles")
    assert "targeted" in _codes(lexicon, "they have got us marked")
    assert "pregnancy" not in _codes(lexicon, "caller is pregnant")


def test_another_word_is_another_lexicon(tmp_path, lexicon):
    (tmp_path / "ours.toml").write_text(OURS)
    changed = load([default_directory(), tmp_path])
    assert changed.sha256 != lexicon.sha256
    assert load([default_directory()]).sha256 == lexicon.sha256


def test_all_problems_of_all_files_are_told_at_once(tmp_path):
    (tmp_path / "a.toml").write_text(
        OURS.replace('fear_or_impact"', 'fear_of_impact"').replace("has the", "(has the")
    )
    (tmp_path / "b.toml").write_text(
        'disable = ["pregnancy.sayd"]\n[[add]]\nto = "nobody"\nterms = ["@familly"]\n'
    )
    (tmp_path / "c.toml").write_text("entries = 1\n")
    with pytest.raises(PackError) as caught:
        load([default_directory(), tmp_path])
    told = "\n".join(str(problem) for problem in caught.value.details)
    assert "fear_of_impact" in told
    assert "did you mean 'fear_or_impact'" in told
    assert "'(' without ')'" in told
    assert "did you mean 'pregnancy.said'" in told
    assert "c.toml" in told


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("~2 disabled", "begins and ends with a word"),
        ("(very)?", "may not be missing"),
        ("is ~9 ill", "a gap is 1 to 6"),
        ("dis*", "four letters"),
        ("@familly ill", "did you mean 'family'"),
        ("is Disabled", "small letters"),
        ("a||b", "cannot read|between parentheses|empty"),
        ("(a|) b", "empty alternative"),
    ],
)
def test_a_wrong_pattern_says_what_is_wrong(tmp_path, pattern, problem):
    (tmp_path / "ours.toml").write_text(OURS.replace("has the collywobbles", pattern, 1))
    problems = Problems()
    load([default_directory(), tmp_path], problems)
    assert any(word in str(one) for one in problems for word in problem.split("|"))


def test_a_folder_without_a_lexicon_is_a_problem(tmp_path):
    with pytest.raises(PackError):
        load([tmp_path])
