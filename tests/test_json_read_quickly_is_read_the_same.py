"""A row read in less time is the row read with care: the same facts, and a key told twice is refused in both."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.told_once import StandsTwiceError, read_once, read_once_quickly

TEXT = st.sampled_from(
    ["ref", "a", "b", "", "é", ':":', '":', '" :', "{", 'SAID "AGAIN":', "TWO\nLINES", "\\", "a\tb"]
)
SPACE = st.sampled_from(["", "", "", " ", "\t", "\n", "\r", " \n "])


def _object(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Objects as text, keys twice among them, with whatever JSON allows between their parts."""
    pair = st.tuples(TEXT.map(json.dumps), SPACE, SPACE, inside).map(
        lambda one: f"{one[0]}{one[1]}:{one[2]}{one[3]}"
    )
    return st.lists(pair, max_size=4).map(lambda pairs: "{" + ",".join(pairs) + "}")


def _list(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(inside, max_size=3).map(lambda entries: "[" + " , ".join(entries) + "]")


PLAIN = st.one_of(
    TEXT.map(json.dumps),
    st.sampled_from(["null", "true", "-0", "-0.0", "1e400", "52.123456789012345678", "NaN", "01"]),
)
INSIDE = st.recursive(PLAIN, lambda inside: st.one_of(_object(inside), _list(inside)), max_leaves=12)


def _told(read: Callable[[str], Any], text: str) -> str:
    try:
        return repr(read(text))
    except StandsTwiceError as error:
        return str(error)
    except (ValueError, RecursionError):
        return "is not JSON"


@given(_object(INSIDE))
def test_whatever_stands_in_a_row(text: str) -> None:
    assert _told(read_once_quickly, text) == _told(read_once, text)


@pytest.mark.parametrize(
    "text",
    [
        '{"marked_repeat": true, "marked_repeat": false}',
        '{"marked_repeat" : true, "marked_repeat":false}',
        '{"marked_repeat"\t: true, "marked_repeat"\r\n: false}',
        '{"caller": {"role": "victim", "role": null}}',
        '{"log": [{"text": "A", "text" :"B"}]}',
        '{"answers": {"a": {"b": 1, "b": 2}}}',
        '{"a": 1, "\\u0061": 2}',
    ],
)
def test_a_key_told_twice_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(StandsTwiceError):
        read_once_quickly(text)


@pytest.mark.parametrize(
    "text", ["", "[", "not json", '{"a": "\x01"}', '{"a": "\ud800"}', "[" * 100_000, "\ufeff{}"]
)
def test_what_is_no_json_or_half_a_character_is_told_as_before(text: str) -> None:
    assert _told(read_once_quickly, text) == _told(read_once, text)
