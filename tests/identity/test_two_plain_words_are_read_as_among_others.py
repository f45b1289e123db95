"""A name of two plain words is read straight; what stands around other names would not have changed it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from everycall.identity.normalise.name_words import name_words
from everycall.identity.normalise.names import read_name

_WORDS = name_words()
_LISTED = sorted(
    (
        _WORDS.particles
        | _WORDS.joined
        | _WORDS.after_o
        | _WORDS.family_first
        | _WORDS.chinese_surnames
        | _WORDS.further_names_of_many
        | {
            "O",
            "J",
            "JP",
            "KA",
            "MING",
            "MAUREEN",
            "PECK",
            "PRIYA",
            "PATEL",
            "ADAM",
            "KOWALSKI",
            "LEE",
            "ALI",
        }
    )
    - _WORDS.around_names
)
WORD = st.sampled_from([word for word in _LISTED if word.isalpha()]).flatmap(
    lambda word: st.sampled_from([word, word.title(), word.lower()])
)


@given(WORD, WORD)
def test_another_name_behind_changes_nothing(first: str, last: str) -> None:
    assert read_name(f"{first} {last}") == read_name(f"{first} {last} aka Sidney")


def test_a_title_before_one_name_is_still_seen() -> None:
    titled = read_name("Mrs Maureen")
    assert titled is not None
    assert (titled.forenames, titled.one_word) == (("MAUREEN",), False)


def test_nobody_in_two_words_is_nobody() -> None:
    assert read_name("Anon Caller") is None
