"""What gives points, what counts once, where the bands begin, and what is still open."""

from __future__ import annotations

import pytest

from everycall import codes
from everycall.assessment import Finding, Status, Truth
from everycall.harm.matrix import default_path, load
from everycall.harm.weigh import not_weighed, weigh

MATRIX = load(default_path())
assert MATRIX is not None

ALL_NO = {
    "happened_before": "no",
    "personal_circumstances": "no",
    "targeted": "no",
    "happening_now": "no",
    "immediate_danger": "no",
    "weapon_or_violence_now": "no",
    "threat_made": "no",
    "suspect_present": "no",
    "who_is_affected": "caller",
    "hate": "no",
    "impact": "none",
    "frightened_now": "no",
    "getting_worse": "no",
    "how_often": "first",
}


def finding(indicator: str, **more: object) -> Finding:
    fields = {
        "indicator": indicator,
        "who": "victim",
        "assertion": "present",
        "strength": "strong",
        "source": "log",
        "said_by": "self",
        "class": "situation",
        "rule": "made_up",
        **more,
    }
    return Finding.model_validate(fields)


def points(answers: dict[str, str], *findings: Finding, **facts: Truth) -> int:
    return weigh(answers, findings, facts, 0, MATRIX).points


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("how_often", "occasional", 1),
        ("how_often", "monthly", 2),
        ("how_often", "weekly", 3),
        ("how_often", "daily", 5),
        ("happened_before", "yes", 1),
        ("getting_worse", "yes", 2),
        ("known_perpetrator", "yes", 2),
        ("threat_made", "yes", 4),
        ("reported_elsewhere", "yes", 1),
        ("targeted", "yes", 3),
        ("hate", "yes", 3),
        ("personal_circumstances", "yes", 3),
        ("impact", "little", 1),
        ("impact", "moderate", 2),
        ("impact", "lot", 3),
        ("impact", "extreme", 5),
        ("frightened_now", "yes", 3),
        ("health_affected", "physical", 3),
        ("health_affected", "mental", 3),
        ("health_affected", "both", 6),
        ("support_network", "few", 1),
        ("support_network", "isolated", 3),
        ("who_is_affected", "household", 1),
        ("who_is_affected", "community", 2),
    ],
)
def test_each_answer_s_points(question: str, answer: str, expected: int) -> None:
    told = weigh({question: answer}, (), {}, 0, MATRIX)
    assert told.points == expected
    assert [part.points for part in told.parts] == [expected]
    assert answer in told.parts[0].text


@pytest.mark.parametrize("question", sorted(codes.answers()))
@pytest.mark.parametrize("answer", ["no", "none", "first", "caller", "close", "unknown", "refused"])
def test_a_no_and_silence_give_nothing(question: str, answer: str) -> None:
    if answer in codes.answers()[question]:
        assert points({question: answer}) == 0


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (40, 10)])
def test_earlier_incidents(count: int, expected: int) -> None:
    assert weigh({}, (), {}, count, MATRIX).points == expected


@pytest.mark.parametrize(
    ("extra", "band"),
    [(0, "standard"), (11, "standard"), (12, "medium"), (22, "medium"), (23, "high")],
)
def test_bands_begin_where_the_pack_says(extra: int, band: str) -> None:
    sums = {
        0: {},
        11: {"health_affected": "both", "impact": "extreme"},
        12: {"health_affected": "both", "impact": "extreme", "reported_elsewhere": "yes"},
        22: {
            "health_affected": "both",
            "impact": "extreme",
            "how_often": "daily",
            "targeted": "yes",
            "personal_circumstances": "yes",
        },
        23: {
            "health_affected": "both",
            "impact": "extreme",
            "how_often": "daily",
            "targeted": "yes",
            "personal_circumstances": "yes",
            "happened_before": "yes",
        },
    }
    told = weigh(sums[extra], (), {}, 0, MATRIX)
    assert (told.points, told.band) == (extra, band)


def test_ten_minor_incidents_are_not_minor() -> None:
    answers = {
        "happened_before": "yes",
        "how_often": "weekly",
        "getting_worse": "yes",
        "targeted": "yes",
        "impact": "extreme",
        "personal_circumstances": "no",
    }
    assert weigh(answers, (), {}, 10, MATRIX).band == "high"


@pytest.mark.parametrize(
    ("answers", "indicator"),
    [
        ({"targeted": "yes"}, "targeted"),
        ({"hate": "yes"}, "hate_motivation"),
        ({"impact": "extreme"}, "fear_or_impact"),
        ({"personal_circumstances": "yes"}, "mental_ill_health"),
        ({"support_network": "isolated"}, "alone_or_isolated"),
        ({"happened_before": "yes"}, "repeat_or_escalating"),
    ],
)
def test_an_answer_and_a_word_about_the_same_thing_count_once(
    answers: dict[str, str], indicator: str
) -> None:
    alone = points(answers)
    assert points(answers, finding(indicator), finding(indicator, source="flag")) == alone


def test_the_larger_counts() -> None:
    assert points({"impact": "little"}, finding("fear_or_impact")) == 3
    assert points({"impact": "extreme", "frightened_now": "yes"}, finding("fear_or_impact")) == 5
    assert points({"threat_made": "yes"}, violence_used=Truth.YES, assault=Truth.YES) == 6


def test_several_circumstances_count_once() -> None:
    assert points({}, finding("mental_ill_health"), finding("pregnancy")) == 3


@pytest.mark.parametrize("indicator", ["targeted", "hate_motivation", "fear_or_impact", "alone_or_isolated"])
def test_words_stand_in_for_a_yes(indicator: str) -> None:
    assert points({}, finding(indicator)) == 3


@pytest.mark.parametrize(
    "more",
    [
        {"strength": "weak"},
        {"assertion": "possible"},
        {"assertion": "denied"},
        {"assertion": "historical"},
        {"who": "suspect"},
        {"who": "other"},
        {"source": "answer"},
    ],
)
def test_what_gives_no_points(more: dict[str, str]) -> None:
    assert points({}, finding("mental_ill_health", **more)) == 0


@pytest.mark.parametrize("source", ["history", "household"])
def test_what_a_person_is_counts_from_earlier_calls_and_what_was_done_then_does_not(source: str) -> None:
    assert points({}, finding("mental_ill_health", source=source)) == 3
    assert points({}, finding("alone_or_isolated", source=source)) == 3
    assert points({}, finding("fear_or_impact", source=source)) == 0
    assert points({}, finding("hate_motivation", source=source)) == 0
    assert weigh({}, (finding("hate_motivation", source=source),), {}, 0, MATRIX).overrides == ()


@pytest.mark.parametrize(
    ("fact", "code", "band"),
    [
        ("weapon_or_violence_now", "weapon", "high"),
        ("threat_to_life", "threat_to_kill", "high"),
        ("fire", "fire", "high"),
        ("suicide_now", "suicide", "high"),
        ("suicide_or_self_harm", "suicide", "high"),
        ("hate", "hate", "medium"),
    ],
)
def test_overrides_by_fact(fact: str, code: str, band: str) -> None:
    told = weigh({}, (), {fact: Truth.YES}, 0, MATRIX)
    assert ([one.code for one in told.overrides], told.band, told.status) == ([code], band, Status.FOUND)
    for truth in (Truth.NO, Truth.UNKNOWN):
        assert weigh({}, (), {fact: truth}, 0, MATRIX).overrides == ()


def test_overrides_by_answer_and_by_words() -> None:
    assert weigh({"weapon_or_violence_now": "yes"}, (), {}, 0, MATRIX).band == "high"
    assert weigh({"hate": "yes"}, (), {}, 0, MATRIX).band == "medium"
    assert weigh({}, (finding("hate_motivation"),), {}, 0, MATRIX).band == "medium"
    assert weigh({"weapon_or_violence_now": "no"}, (), {}, 0, MATRIX).overrides == ()


def test_an_override_never_lowers() -> None:
    answers = {"how_often": "daily", "impact": "extreme", "health_affected": "both", "targeted": "yes"}
    told = weigh({**answers, "hate": "yes", "happened_before": "yes"}, (), {}, 0, MATRIX)
    assert (told.points, told.band) == (23, "high")


def test_asked_and_all_no_is_closed_below_high() -> None:
    told = weigh(ALL_NO, (), {}, 0, MATRIX)
    assert (told.band, told.points, told.status) == ("standard", 0, Status.LOOKED_NONE)
    assert told.could_reach == "medium"
    assert told.unknown == ("known_perpetrator", "reported_elsewhere", "health_affected", "support_network")


def test_nothing_asked_is_open_to_high() -> None:
    told = weigh({}, (), {}, 0, MATRIX)
    assert (told.band, told.could_reach) == ("standard", "high")
    assert {"how_often", "impact", "personal_circumstances"} <= set(told.unknown)


@pytest.mark.parametrize("silence", ["unknown", "refused"])
def test_refused_and_unknown_stay_open(silence: str) -> None:
    assert "impact" in weigh({**ALL_NO, "impact": silence}, (), {}, 0, MATRIX).unknown


def test_a_question_that_can_add_nothing_is_not_open() -> None:
    told = weigh({"impact": "extreme"}, (finding("targeted"),), {}, 0, MATRIX)
    assert not {"impact", "frightened_now", "targeted"} & set(told.unknown)


def test_incidents_that_could_not_be_counted_leave_it_open_and_are_said() -> None:
    answers = {**ALL_NO, "known_perpetrator": "yes"}
    told = weigh(answers, (), {}, None, MATRIX)
    assert told.could_reach == "medium"
    assert told.unknown[-1] == "earlier_incidents"
    assert told.parts[-1].points == 0
    assert "could not be counted" in told.parts[-1].text
    # 2 + 12 unasked - 2 = 12 without them, 22 with them; a threat makes the difference.
    unsure = weigh({**answers, "threat_made": "yes"}, (), {}, None, MATRIX)
    counted = weigh({**answers, "threat_made": "yes"}, (), {}, 0, MATRIX)
    assert (unsure.could_reach, counted.could_reach) == ("high", "medium")


def test_what_could_not_be_weighed_may_be_as_high_as_any() -> None:
    told = not_weighed()
    assert (told.status, told.could_reach) == (Status.COULD_NOT_LOOK, "high")
