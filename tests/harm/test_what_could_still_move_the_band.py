"""A question is worth asking for harm only where some answer moves the band: held against trying every answer."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everycall import codes
from everycall.assessment import Truth
from everycall.harm.matrix import default_path, load
from everycall.harm.moving import could_move
from everycall.harm.weigh import prepare, weighed_if

MATRIX = load(default_path())
assert MATRIX is not None
ASKED = sorted({question.name for part in MATRIX.parts for question in part.questions})


def by_trying(
    given_: dict[str, str], open_: list[str], question: str, facts: dict[str, Truth], n: int
) -> bool:
    basis = prepare((), facts, n, MATRIX)
    others = [one for one in open_ if one != question]
    choices = [
        [None, *(a for a in sorted(codes.answers()[one]) if a not in ("unknown", "refused"))]
        for one in others
    ]
    for chosen in product(*choices):
        told = {**given_, **{one: a for one, a in zip(others, chosen, strict=True) if a is not None}}
        bands = {weighed_if(basis, {**told, question: answer}).band for answer in codes.answers()[question]}
        if len(bands) > 1:
            return True
    return False


@settings(max_examples=40)
@given(
    st.data(),
    st.lists(st.sampled_from(ASKED), min_size=1, max_size=3, unique=True),
    st.sampled_from([{}, {"violence_used": Truth.YES}, {"fire": Truth.YES}, {"hate": Truth.YES}]),
    st.sampled_from([0, 5, 10]),
)
def test_it_is_as_if_every_answer_were_tried(
    data: st.DataObject, open_: list[str], facts: dict[str, Truth], n: int
) -> None:
    given_ = {
        one: data.draw(st.sampled_from(sorted(codes.answers()[one])), label=one)
        for one in ASKED
        if one not in open_
    }
    unanswered = [one for one in ASKED if given_.get(one, "unknown") in ("unknown", "refused")]
    # What was answered "unknown" may still be answered; with more than four open, trying all takes too long.
    for one in unanswered[4:]:
        if one not in open_:
            given_[one] = "no" if "no" in codes.answers()[one] else sorted(codes.answers()[one])[0]
    unanswered = [one for one in ASKED if given_.get(one, "unknown") in ("unknown", "refused")]
    if len(unanswered) > 4:
        return
    basis = prepare((), facts, n, MATRIX)
    for question in open_:
        assert could_move(basis, given_, question) == by_trying(given_, unanswered, question, facts, n), (
            question
        )


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_what_is_answered_moves_nothing(answer: str) -> None:
    assert not could_move(prepare((), {}, 0, MATRIX), {"targeted": answer}, "targeted")


def test_a_point_that_no_other_answer_can_bring_near_is_not_asked_for() -> None:
    answers = {one: "no" if "no" in codes.answers()[one] else "unknown" for one in ASKED}
    answers |= {
        "how_often": "first",
        "impact": "none",
        "support_network": "close",
        "who_is_affected": "caller",
    }
    answers |= {"health_affected": "both"}
    del answers["reported_elsewhere"], answers["targeted"]
    basis = prepare((), {}, 0, MATRIX)
    # six points, with three more nine: one more makes ten, which is no band
    assert not could_move(basis, answers, "reported_elsewhere")
    # six and an impact of five are eleven: now one more is the twelfth
    assert could_move(basis, {**answers, "impact": "extreme"}, "reported_elsewhere")


def test_what_leads_straight_to_a_band_is_always_worth_asking() -> None:
    assert could_move(prepare((), {}, 0, MATRIX), {}, "hate")
    assert not could_move(prepare((), {"fire": Truth.YES}, 0, MATRIX), {}, "hate")


def test_incidents_that_could_not_be_counted_may_be_any_number() -> None:
    answers = {one: "no" if "no" in codes.answers()[one] else "unknown" for one in ASKED}
    answers |= {
        "how_often": "first",
        "impact": "lot",
        "support_network": "close",
        "who_is_affected": "caller",
    }
    answers |= {"health_affected": "physical"}
    del answers["reported_elsewhere"]
    assert not could_move(prepare((), {}, 0, MATRIX), answers, "reported_elsewhere")
    assert could_move(
        prepare((), {}, None, MATRIX), {**answers, "known_perpetrator": "unknown"}, "known_perpetrator"
    )
