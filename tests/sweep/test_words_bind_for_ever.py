"""What people say of who is who holds for all who are the same as either; in a circle the oldest word gives way."""

from __future__ import annotations

from everycall.identity.words_said import Word, settle


def test_same_and_same_is_same() -> None:
    settled = settle([Word("a", "b", True), Word("b", "c", True)])
    assert settled.group("a") == settled.group("c")


def test_same_and_different_is_different() -> None:
    for words in (
        [Word("a", "b", True), Word("b", "c", False)],
        [Word("b", "c", False), Word("a", "b", True)],
    ):
        settled = settle(words)
        assert settled.must_differ("a", "c")
        assert settled.must_differ("c", "a")
        assert not settled.must_differ("a", "b")


def test_different_and_different_says_nothing() -> None:
    settled = settle([Word("a", "b", False), Word("b", "c", False)])
    assert not settled.must_differ("a", "c")
    assert settled.group("a") != settled.group("c")


def test_of_two_words_about_one_pair_the_later_counts() -> None:
    settled = settle([Word("a", "b", False), Word("b", "a", True)])
    assert settled.group("a") == settled.group("b")
    assert not settled.against_newer


def test_in_a_circle_the_oldest_word_gives_way_and_is_told() -> None:
    newest_parts = settle([Word("a", "b", True), Word("b", "c", True), Word("a", "c", False)])
    assert newest_parts.must_differ("a", "c")
    assert newest_parts.against_newer == [Word("a", "b", True)]
    newest_joins = settle([Word("a", "c", False), Word("a", "b", True), Word("b", "c", True)])
    assert newest_joins.group("a") == newest_joins.group("c")
    assert newest_joins.against_newer == [Word("a", "c", False)]
