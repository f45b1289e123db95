"""Answering what is asked next, one after another, ends where answering everything ends: nothing is missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import assess, call, force_at, take
from everycall import codes
from everycall.assessment import Assessment
from everycall.force import Force
from scenario_runner import policy

NORA = {"name": "Nora Tinsdale", "phone": "01632 960 311", "date_of_birth": "1988-04-17", "role": "victim"}
ASKED = [question.code for question in policy().questions.question if question.code != "location"]
ANSWERS = st.fixed_dictionaries({code: st.sampled_from(sorted(codes.answers()[code])) for code in ASKED})


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Any) -> Iterator[Force]:
    where = tmp_path_factory.mktemp("asking") / "store.db"
    where.write_bytes(empty_sqlite.read_bytes())
    opened = force_at(str(where))
    other = {"name": "Quentin Farraday", "phone": "07700 900 998", "role": "victim"}
    take(
        opened,
        call(
            "OLD-1", received_at="2026-06-12T20:30:00+01:00", caller=other, location={"address": "1 Far Lane"}
        ),
    )
    yield opened
    opened.store.close()


def ends_in(one: Assessment) -> tuple[str, str, set[str], str]:
    made = one.recommendation
    return made.grade, made.attendance, {action.code for action in made.actions}, one.harm.band


@settings(max_examples=25)
@given(
    ANSWERS,
    st.sampled_from(
        ["LOUD MUSIC NEXT DOOR", "HE MAY HAVE THREATENED HER, AT IT EVERY NIGHT", "SHE USES A WHEELCHAIR"]
    ),
    st.sampled_from(["asb_nuisance", None, "transport"]),
    st.sampled_from([["noise"], [], ["hate", "threats"]]),
)
def test_it_ends_the_same(
    force: Force, truth: dict[str, str], text: str, category: str | None, behaviours: list[str]
) -> None:
    truth = {**truth, "safe_to_talk": "yes"}
    facts = {"caller": NORA, "log": [{"text": text}], "category": category, "behaviours": behaviours}
    answers: dict[str, str] = {}
    one = assess(force, dry_run=True, answers=answers, **facts)
    while one.ask_next:
        code = one.ask_next[0].question
        assert code not in answers
        answers[code] = truth[code]
        one = assess(force, dry_run=True, answers=answers, **facts)
    everything = assess(force, dry_run=True, answers=truth, **facts)
    if one.recommendation.grade == everything.recommendation.grade == "emergency":
        return  # in an emergency only safety, danger and place are asked
    assert ends_in(one) == ends_in(everything)
