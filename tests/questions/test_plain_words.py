"""What is said to callers can be followed at reading age nine: Flesch-Kincaid, counted here."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from everycall.questions.book import Question
from scenario_runner import policy

QUESTIONS = policy().questions
GRADE = 4.0
"""The highest school grade of a text. Grade and five is about the age in years: nine."""


def syllables(word: str) -> int:
    """Count groups of vowels, less a silent ending: within one of a dictionary's count for words like these."""
    word = word.lower()
    count = len(re.findall("[aeiouy]+", word))
    silent = re.search(r"([^aeioulyt]|[^td]t|[aeiou]l)e$", word) or re.search(
        "[^aeioutd]ed$|[^aeiouscxzhg]es$", word
    )
    return max(1, count - bool(silent))


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade: .39 words a sentence, 11.8 syllables a word, less 15.59 (Kincaid 1975)."""
    text = re.sub(r"\{.*?\}", "note", text)
    sentences = len(re.findall(r"[.?!](?=\s|$)", text))
    words = re.findall(r"[A-Za-z0-9'-]+", text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def said(question: Question) -> Iterator[str]:
    texts = (
        question.text,
        question.text_age_known,
        question.confirm_said,
        question.confirm_no,
        question.confirm_before,
    )
    yield from filter(None, texts)
    assert question.ways is not None
    yield from (question.ways.child, question.ways.interpreter, question.ways.text)


@pytest.mark.parametrize(
    ("word", "count"),
    [("safe", 1), ("family", 3), ("happened", 2), ("threats", 1), ("disability", 5), ("people", 2), ("race", 1),
     ("landlord", 2), ("note", 1), ("little", 2), ("scared", 1), ("noted", 2), ("knife", 1), ("house", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_measure_tells_plain_from_official() -> None:
    assert grade("Are you scared now?") < 1
    assert grade("Is there any particular vulnerability affecting your personal circumstances?") > 12


@pytest.mark.parametrize("question", QUESTIONS.question, ids=lambda question: question.code)
def test_a_nine_year_old_can_follow_what_is_said(question: Question) -> None:
    assert {text: round(grade(text), 1) for text in said(question) if grade(text) > GRADE} == {}


@pytest.mark.parametrize("question", QUESTIONS.question, ids=lambda question: question.code)
def test_through_an_interpreter_every_sentence_is_short(question: Question) -> None:
    assert question.ways is not None
    sentences = re.split(r"(?<=[.?!:])\s", question.ways.interpreter)
    assert [one for one in sentences if len(one.split()) > 10] == []
