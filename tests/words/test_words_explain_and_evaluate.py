"""A text is explained in plain rows; labelled texts give precision and recall."""

from __future__ import annotations

import json

from everycall.vulnerability.words.evaluate import evaluate
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
