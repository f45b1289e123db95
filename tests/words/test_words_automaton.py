"""All patterns are looked for in one walk: what is found is what each pattern says, whatever stands around it."""

from __future__ import annotations

import pickle

import pytest

from everycall.vulnerability.words import automaton as rooms
from everycall.vulnerability.words import vocabulary
from everycall.vulnerability.words.automaton import Automaton
from everycall.vulnerability.words.lexicon import default_directory, load
from everycall.vulnerability.words.pattern import compile_group, compile_pattern

FAMILY = {"family": compile_group(["son", "mother in law"])}


def _found(patterns, text):
    automaton = Automaton([(compile_pattern(one, FAMILY), one) for one in patterns])
    return automaton.find(text.split())


def _rules(found):
    return [(first, past, rule.role, rule.entry.id if rule.entry else "") for first, past, rule in found]


@pytest.mark.parametrize(
    ("pattern", "text", "span"),
    [
        ("lives alone", "she lives alone now", (1, 3)),
        ("(wheelchair|walking frame)", "uses walking frame", (1, 3)),
        ("(so|very)? scared", "is scared", (1, 2)),
        ("(so|very)? scared of", "is very scared of them", (1, 4)),
        ("threats?", "made threat", (1, 2)),
        ("frighten*", "is frightened", (1, 2)),
        ("my @family", "ask my mother in law", (1, 5)),
        ("for # weeks", "for 3 weeks", (0, 3)),
        ("for # weeks", "for three weeks", (0, 3)),
        ("scared ~2 out", "scared of going out", (0, 4)),
        ("scared ~2 out", "scared out", (0, 2)),
        ("used to be ~1 , now", "used to be noisy , now", (0, 6)),
        ("used to be ~1 , now", "used to be noisy now", (0, 5)),
        (
            "(not|never once) ~1 (seen|looked (at|after) ~1 him)",
            "never once properly looked after old him",
            (0, 7),
        ),
        ("ill ~2 (again|,) ~1 now", "ill and again very now", (0, 5)),
        ("ill ~2 (again|,) ~1 now", "ill and very much now", (0, 5)),
        ("(she|caller ~2 who) is ill", "caller a man who is ill", (0, 6)),
        ("(she|caller ~2 who) is ill", "she is ill", (0, 3)),
        ("bottle a ~1 (day)?", "bottle a working day", (0, 4)),
        ("bottle a ~1 (day)?", "bottle a week and", (0, 3)),
        ("(caller)? ~1 bullied", "she was bullied", (2, 3)),
        ("(caller)? ~1 bullied", "caller was bullied", (0, 3)),
    ],
)
def test_a_pattern_is_found_at_its_place(pattern, text, span):
    assert _found([pattern], text)[0] == (*span, pattern)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("lives alone", "alone lives"),
        ("lives alone", "lives . alone"),
        ("scared ~2 out", "scared of ever going out"),
        ("scared ~2 out", "scared , out"),
        ("frighten*", "frighte"),
        ("for # weeks", "for 1234 weeks"),
        ("for # weeks", "for many weeks"),
        ("lives alone", "lives"),
        ("is ~2 disabled", "is not disabled"),
    ],
)
def test_what_a_pattern_does_not_say_is_not_found(pattern, text):
    assert _found([pattern], text) == []


def test_of_one_place_the_longest_match_counts():
    assert _found(["(third|third time) ~1 (week|this week)?"], "third time this week") == [
        (0, 4, "(third|third time) ~1 (week|this week)?")
    ]


def test_an_alternative_that_leads_nowhere_does_not_hide_another():
    assert _found(["(new|new best) best friends"], "new best friends") != []


def test_patterns_come_in_order_of_place_and_then_of_the_lexicon():
    found = _found(["alone", "(lives|living) alone", "lives"], "lives alone")
    assert [(first, what) for first, _, what in found] == [
        (0, "(lives|living) alone"),
        (0, "lives"),
        (1, "alone"),
    ]


def test_dropping_what_is_kept_changes_nothing_that_is_found(lexicon, monkeypatch):
    words = "she is too scared to go out , lives alone and has not slept for 3 weeks . they keep coming back".split()
    before = lexicon.automaton.find(words)
    monkeypatch.setattr(rooms, "MOST_PARTS", 1)
    monkeypatch.setattr(vocabulary, "MOST_WORDS", 1)
    assert lexicon.automaton.find(words) == before
    assert before


def test_no_text_fills_the_memory(monkeypatch):
    monkeypatch.setattr(rooms, "MOST_PARTS", 5)
    monkeypatch.setattr(vocabulary, "MOST_WORDS", 50)
    automaton = Automaton([(compile_pattern("scared frighten* ~6 frighten*", {}), "one")])
    before = len(automaton._numbers)
    automaton.find([word for n in range(500) for word in ("scared", f"frighten{n}", f"word{n}", ".")])
    automaton.find(["scared", "frighten" * 100, "word" * 200])
    assert len(automaton._states) <= 4
    assert len(automaton._numbers) <= before + 50
    assert max(map(len, automaton._numbers)) <= vocabulary.LONGEST_WORD
    assert 1 <= len(automaton._parts) <= 5
    assert max(map(len, automaton._parts)) <= rooms.LONGEST_PART


def test_what_is_kept_of_a_text_are_numbers_and_no_words_that_nothing_names():
    automaton = Automaton([(compile_pattern("scared ~3 out", {}), "one")])
    automaton.find("smith is scared of jones who is out".split())
    automaton.find("brown is scared of green who is out".split())
    assert len(automaton._parts) == 1


def test_a_word_read_as_another_is_found_as_that_one_alone():
    patterns = [(compile_pattern(one, {}), one) for one in ("she is scared", "himsel*", "hersel*")]
    automaton = Automaton(patterns, {"he": "she", "himself": "herself"})
    assert automaton.find("he is scared of himself".split()) == [(0, 3, "she is scared"), (4, 5, "hersel*")]


def test_what_is_kept_and_read_again_leads_on_as_before():
    patterns = [
        (compile_pattern(one, FAMILY), one) for one in ("she ~3 (ill|very ill)", "frighten* (my @family)?")
    ]
    automaton = Automaton(patterns)
    line = "she frightens my mother in law who is very ill and frightened".split()
    again = pickle.loads(pickle.dumps(automaton))
    assert again.find(line) == automaton.find(line) != []
    assert pickle.loads(pickle.dumps(again)).find(line) == automaton.find(line)


def test_what_was_read_before_changes_nothing_that_is_found():
    patterns = [
        "she ~3 (scared|very ill)",
        "(he|she) is (frighten*|# times (hit|hurt))",
        "ill ~2 , now",
        "very ill",
    ]
    texts = [
        "she zebra was very ill , now",
        "he is frightened",
        "she is 3 times hurt",
        "she is very very ill now",
        "she scared",
    ]
    warm = Automaton([(compile_pattern(one, FAMILY), one) for one in patterns])
    for text in [*texts, *reversed(texts)]:
        assert warm.find(text.split()) == _found(patterns, text)


def test_the_lexicon_finds_the_same_in_any_order_of_reading(lexicon):
    texts = [example for entry in list(lexicon.entries.values())[::3] for example in entry.examples]
    lines = [text.lower().split() for text in texts]
    first = [lexicon.automaton.find(line) for line in lines]
    fresh = load([default_directory()]).automaton
    assert [_rules(fresh.find(line)) for line in reversed(lines)] == [_rules(found) for found in first[::-1]]


@pytest.mark.parametrize("before", [0, 1, 62, 63, 64, 65, 66, 127, 128, 129, 700])
def test_a_part_without_an_end_is_read_across_its_windows(before):
    words = ["word"] * before + "she is far too scared to go out".split() + ["word"] * 200
    automaton = Automaton([(compile_pattern("scared ~3 out", {}), "one")])
    assert automaton.find(words) == [(before + 4, before + 8, "one")]
