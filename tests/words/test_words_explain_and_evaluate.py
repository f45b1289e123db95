"""A text is explained in plain rows; labelled texts give precision and recall."""

from __future__ import annotations

import json

import pytest

from everycall.errors import InputError
from everycall.vulnerability.words.evaluate import evaluate, evaluation, pooled
from everycall.vulnerability.words.explain import explain


def test_explain_names_words_rule_and_cue(lexicon):
    rows = explain("VULNERABLE? N\nINFT IS 84 AND NOT DISABLED", lexicon)
    denied = [row for row in rows if row["says"] == "physical_disability_or_illness"]
    assert [(row["words"], row["assertion"], row["line"]) for row in denied] == [("DISABLED", "denied", "2")]
    assert "not" in denied[0]["because"]
    assert [row["words"] for row in rows if row["says"] == "age"] == ["84 years"]
    assert [row["assertion"] for row in rows if row["says"] == "personal_circumstances"] == ["no"]


def test_evaluate_counts_right_wrong_and_missed():
    from everycall.vulnerability.words.lexicon import default_directory, load

    lexicon = load([default_directory()])
    lines = [
        {"indicator": "pregnancy", "label": "present", "text": "caller is pregnant", "also": []},
        {"indicator": "pregnancy", "label": "present", "text": "nothing that tells", "also": []},
        {"indicator": "pregnancy", "label": "none", "text": "caller is heavily pregnant", "also": []},
        {"indicator": "pregnancy", "label": "possible", "text": "caller is pregnant", "also": []},
        {"about": "a header"},
        {
            "id": "A",
            "text": "she is pregnant",
            "labels": [{"pregnancy": "present"}, {"pregnancy": "present"}],
        },
        {"id": "B", "text": "she is pregnant", "labels": [{"pregnancy": "present"}, {}]},
        {"id": "C", "text": "she is pregnant", "labels": [{"pregnancy": "denied"}, {}]},
    ]
    score = {s.indicator: s for s in evaluate(map(json.dumps, lines), lexicon)}["pregnancy"]
    assert (score.found, score.wrong, score.missed) == (2, 2, 1)
    assert (score.precision, score.recall) == (2 / 4, 2 / 3)


def test_what_no_label_names_is_neither_right_nor_wrong(lexicon):
    lines = [{"indicator": "pregnancy", "label": "present", "text": "pregnant and frightened", "also": []}]
    assert [s.indicator for s in evaluate(map(json.dumps, lines), lexicon)] == ["pregnancy"]


def test_a_child_who_is_the_victim_lives_in_the_household_where_labels_know_no_child_victims(lexicon):
    lines = [{"indicator": "child_in_household", "label": "present", "text": "CALLER AGED 14", "also": []}]
    (score,) = evaluate(map(json.dumps, lines), lexicon)
    assert (score.found, score.missed) == (1, 0)


def test_the_pool_is_the_sum_of_all_indicators(lexicon):
    lines = [
        {"indicator": "pregnancy", "label": "present", "text": "pregnant", "also": []},
        {"indicator": "fear_or_impact", "label": "present", "text": "nothing", "also": []},
    ]
    all_of_them = pooled(evaluate(map(json.dumps, lines), lexicon))
    assert (all_of_them.found, all_of_them.wrong, all_of_them.missed) == (1, 0, 1)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "logs.jsonl: holds no labelled text"),
        (['{"about": "a header alone"}'], "logs.jsonl: holds no labelled text"),
        (['{"text": "X", "labels": []}', '{"texd": "X"}'], "logs.jsonl:2 text: field required"),
    ],
)
def test_what_could_not_be_scored_is_refused_and_not_a_table_of_noughts(lexicon, lines, told):
    with pytest.raises(InputError) as caught:
        evaluate(lines, lexicon, name="logs.jsonl")
    assert told in [str(problem) for problem in caught.value.details]


def test_an_evaluation_tells_lengths_channels_agreement_and_misses(lexicon):
    lines = [
        {
            "text": "she is pregnant",
            "channel": "999",
            "labels": [{"pregnancy": "present"}, {"pregnancy": "present"}],
        },
        {
            "text": "she is " + "very " * 25 + "big",
            "channel": "101",
            "labels": [{"pregnancy": "present"}] * 2,
        },
        {"text": "is heavily pregnant", "channel": "101", "labels": [{"pregnancy": "denied"}, {}]},
        {"text": "nothing at all", "channel": "101", "labels": [{"pregnancy": "present"}, {}]},
    ]
    told = evaluation(map(json.dumps, lines), lexicon, name="logs.jsonl")
    assert [(s.indicator, s.found, s.wrong, s.missed) for s in told.by_channel] == [
        ("101", 0, 1, 1),
        ("999", 1, 0, 0),
    ]
    assert [(s.indicator, s.found, s.wrong, s.missed) for s in told.by_length] == [
        ("up to 20 words", 1, 1, 0),
        ("up to 60 words", 0, 0, 1),
    ]
    assert told.asserted_apart == {"denied": (1, 1)}
    (pair,) = told.agreement
    assert (pair.both, pair.one, pair.neither) == (2, 1, 1)
    assert round(pair.kappa, 3) == 0.467
    assert [(m.where, m.kind, m.label) for m in told.misses] == [
        ("logs.jsonl:2", "missed", "present"),
        ("logs.jsonl:3", "wrong", "denied"),
    ]
    assert round(told.scores[0].f1, 3) == 0.5


def test_no_score_is_made_of_nothing(lexicon):
    told = evaluation([json.dumps({"indicator": "pregnancy", "label": "none", "text": "a bus"})], lexicon)
    assert [(s.precision, s.recall, s.f1) for s in told.scores] == [(None, None, None)]
    assert told.asserted_apart == {"none": (0, 1)}
    assert told.agreement == told.misses == []
