import pytest

from everycall.vulnerability.words.explain import explain


@pytest.mark.parametrize("text", [
    "WORDS OF ADVICE. NFA",
    "NFA. LOG CLOSED, NFA",
    "22:11 KE10 NO COMPLAINTS. NFA",
    "CPN",
    "SH",
])  # fmt: skip
def test_a_short_form_of_several_meanings_alone_is_possible(lexicon, text):
    (found,) = {(row["assertion"], row["strength"]) for row in explain(text, lexicon) if "rule" in row}
    assert found == ("possible", "weak")


@pytest.mark.parametrize(("text", "code"), [
    ("HE IS NFA, SLEEPING IN A TENT", "homelessness"),
    ("UNDER CMHT, CPN VISITS", "mental_ill_health"),
    ("SUICIDAL LAST WEEK, HISTORY OF SH, SH AGAIN TODAY", "suicide_or_self_harm"),
])  # fmt: skip
def test_words_near_it_still_settle_it(lexicon, text, code):
    assert ("present", "strong") in {
        (row["assertion"], row["strength"]) for row in explain(text, lexicon) if row["says"] == code
    }
