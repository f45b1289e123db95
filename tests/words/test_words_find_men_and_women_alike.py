"""What is said of a man is found where it is said of a woman, and the reverse; only pregnancy and the like are hers."""

from __future__ import annotations

import pytest

PAIRS = [
    ("he", "she"),
    ("He", "She"),
    ("his", "her"),
    ("him", "her"),
    ("himself", "herself"),
    ("man", "woman"),
    ("male", "female"),
    ("son", "daughter"),
    ("husband", "wife"),
    ("lads", "lasses"),
    ("lad", "lass"),
    ("boy", "girl"),
    ("dad", "mum"),
    ("nephew", "niece"),
    ("grandad", "nan"),
    ("gentleman", "lady"),
    ("widower", "widow"),
    ("brother", "sister"),
]
TEXTS = [
    "he is frightened of them and cannot sleep, they call him names every night",
    "male caller, his son is autistic, lads wait for him after school",
    "his husband controls his money and hits him, he has been told not to ring",
    "He says he will kill himself, he has tablets",
    "the lads take over his flat and use his bank card, he cannot get them out",
    "man of 84, lives alone since his son died, he looks after himself",
    "he looks after his son, he washes him and feeds him",
    "he is registered blind, they pushed him and stole his stick",
    "THE MALE UPSTAIRS IS AN ALCOHOLIC AND LETS THEM TAKE OVER HIS FLAT",
    "lads at the door, lone male inside, frightened",
    "elderly gentleman, controlled by nephew who lives in, food locked away",
    "his brother takes his pension, the old gentleman has learning difficulties and no carer",
    "grandad is 83 and has dementia, his son is his only carer",
    "I am a single dad, my boy is bullied on the way home every day",
    "widower, lives alone, no family near, sits in the dark",
    "my uncle has taken my wages and my passport",
    "lasses threw stones at his window, same lasses as last week",
]


def _swapped(text: str) -> str:
    there = {woman: man for man, woman in reversed(PAIRS)} | dict(PAIRS)
    words = []
    for word in text.split():
        plain = word.strip(",.").lower()
        words.append(word.lower().replace(plain, there[plain]) if plain in there else word)
    return " ".join(words)


@pytest.mark.parametrize("text", TEXTS)
def test_he_or_she_changes_no_finding(read_log, text):
    found = {(f.code, f.assertion, f.strength) for f in read_log(text).findings if f.kind == "indicator"}
    swapped = {
        (f.code, f.assertion, f.strength) for f in read_log(_swapped(text)).findings if f.kind == "indicator"
    }
    assert found
    assert swapped == found
