"""A slip in a long word changes nothing that is found; a word that is right is never taken for another."""

from __future__ import annotations

import pytest

from everycall.vulnerability.words.lexicon import default_directory, load
from everycall.vulnerability.words.spelling import Spelling
from everycall.vulnerability.words.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("CALLER IS PREGNNAT", "pregnancy", "PREGNNAT"),
        ("she is in a wheelchiar", "physical_disability_or_illness", "wheelchiar"),
        ("INFT IS AUTISITC", "learning_disability_or_autism", "AUTISITC"),
        ("he is frigtened of them", "fear_or_impact", "frigtened"),
    ],
)
def test_a_slip_is_read_as_what_was_meant_and_shown_as_it_stands(said_of, text, code, words):
    found = [f for f in said_of(code, text) if f.assertion == "present" and f.strength == "strong"]
    assert found
    assert words in found[0].text
    assert text[found[0].start : found[0].end] == found[0].text


def test_a_denial_with_a_slip_in_it_still_denies(said_of):
    assert {f.assertion for f in said_of("pregnancy", "CALLER IS NOT PREGNNAT")} == {"denied"}


@pytest.mark.parametrize(
    "text",
    ["he scored a goal", "the artistic director called", "carters removals", "we attach it", "kind regards"],
)
def test_a_word_that_is_right_is_no_slip(lexicon, text):
    assert [lexicon.spelling.meant(word) for word in text.split()] == text.split()


@pytest.mark.parametrize(
    "word", ["scard", "xregnant", "pregnant", "carers", "pr3gnant", "pregnxxt", "frightenedly"]
)
def test_what_is_short_right_or_too_far_away_stays(lexicon, word):
    assert lexicon.spelling.meant(word) == word


def test_of_two_that_were_perhaps_meant_it_is_always_the_same():
    from everycall.vulnerability.words.pattern import compile_pattern

    steps = [step for text in ("strangled", "stranglet") for step in compile_pattern(text, {})]
    assert (
        Spelling(Vocabulary(steps), ()).meant("stranglex")
        == Spelling(Vocabulary(reversed(steps)), ()).meant("stranglex")
        == "strangled"
    )


def test_a_force_adds_words_that_are_right(tmp_path):
    (tmp_path / "spelling.toml").write_text("right = ['pregnart']\n")
    assert load([default_directory()]).spelling.meant("pregnart") == "pregnant"
    assert load([default_directory(), tmp_path]).spelling.meant("pregnart") == "pregnart"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("hosue", "house"),
        ("dusrk", "dusrk"),
        ("drukn", "drunk"),
        ("lvies", "lives"),
        ("rpegnant", "pregnant"),
        ("teh", "the"),
        ("hre", "her"),
        ("nto", "nto"),
    ],
)
def test_two_letters_that_were_swapped_are_swapped_back_but_never_into_a_no(lexicon, slip, meant):
    assert lexicon.spelling.meant(slip) == meant
