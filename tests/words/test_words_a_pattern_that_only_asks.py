"""A pattern of a strong entry may be marked to ask only; what it finds is never gone, and settles nothing alone."""

from __future__ import annotations

from everycall.call import LogLine
from everycall.vulnerability.words.check import ANY_DAY
from everycall.vulnerability.words.lexicon import default_directory, load
from everycall.vulnerability.words.reading import read

ENTRY = """
[[entry]]
id = "targeted.ours"
code = "targeted"
strength = "strong"
source = "a test"
terms = '''
the clootie folk
ask: the bogle folk
'''
examples = ["THE CLOOTIE FOLK", "the bogle folk"]
"""


def _told(text, lexicon):
    found = read([LogLine(text=text)], ANY_DAY, lexicon).findings
    return {(f.code, f.assertion, f.strength) for f in found}


def test_it_asks_and_the_others_of_its_entry_settle(tmp_path):
    (tmp_path / "ours.toml").write_text(ENTRY)
    lexicon = load([default_directory(), tmp_path])
    assert _told("the bogle folk", lexicon) == {("targeted", "present", "weak")}
    assert _told("the clootie folk", lexicon) == {("targeted", "present", "strong")}
    assert ("targeted", "present", "strong") in _told("the clootie folk, the bogle folk", lexicon)


def test_a_force_may_add_words_that_only_ask(tmp_path):
    (tmp_path / "ours.toml").write_text(
        '[[add]]\nto = "targeted.said"\nterms = ["ask: got us in their book"]\n'
    )
    lexicon = load([default_directory(), tmp_path])
    assert _told("got us in their book", lexicon) == {("targeted", "present", "weak")}


def test_ours_ask_of_what_is_as_often_said_of_nobody(lexicon):
    for text, code in (
        ("they were goading her", "targeted"),
        ("stopped at the shop for a bit of company", "alone_or_isolated"),
    ):
        strengths = {
            f.strength for f in read([LogLine(text=text)], ANY_DAY, lexicon).findings if f.code == code
        }
        assert strengths == {"weak"}, text
