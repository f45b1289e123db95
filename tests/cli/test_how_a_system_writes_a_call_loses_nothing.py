"""What a sending system writes otherwise (nulls for nothing, codes in capitals) is the same call, never a lost one."""

from __future__ import annotations

from typing import Any

import pytest

from everycall.call import read_call, read_call_text
from everycall.errors import InputError
from everycall.store.merging import payload_of

WHEN = {"ref": "A-1", "received_at": "2026-06-12T21:04:00+01:00"}


def told(**facts: Any) -> str:
    read = read_call({**WHEN, **facts})
    assert read.notes == ()
    return payload_of(read.call)


@pytest.mark.parametrize(
    "field", ["behaviours", "victims", "others", "log", "answers", "evidence_advice", "caller", "location"]
)
def test_a_field_that_is_null_is_as_one_left_out(field: str) -> None:
    assert told(**{field: None}) == told()


@pytest.mark.parametrize("answer", [None, "", " "])
def test_a_question_without_an_answer_was_not_asked(answer: str | None) -> None:
    assert told(answers={"happened_before": answer, "targeted": "yes"}) == told(answers={"targeted": "yes"})


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ({"answers": {"immediate_danger": "YES", "how_often": " Daily "}},
         {"answers": {"immediate_danger": "yes", "how_often": "daily"}}),
        ({"answers": {"who_is_affected": "Other person"}}, {"answers": {"who_is_affected": "other_person"}}),
        ({"caller": {"role": "Victim"}, "others": [{"role": "SUSPECT"}]},
         {"caller": {"role": "victim"}, "others": [{"role": "suspect"}]}),
        ({"source": "Online", "category": "ASB Personal", "status": "OPEN", "closed_as": "No-Trace"},
         {"source": "online", "category": "asb_personal", "status": "open", "closed_as": "no_trace"}),
        ({"behaviours": ["THREATS", "Street Drinking", "hate"]},
         {"behaviours": ["threats", "street_drinking", "hate"]}),
    ],
)  # fmt: skip
def test_a_code_is_the_same_in_any_letter_case(written: dict[str, Any], same: dict[str, Any]) -> None:
    assert told(**written) == told(**same)


def test_a_behaviour_that_is_not_known_stays_as_it_was_told_with_a_note() -> None:
    read = read_call({**WHEN, "behaviours": ["Zorbing"]})
    assert read.call.behaviours == ("Zorbing",)
    assert [note.where for note in read.notes] == ["behaviours"]


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"answers": {"immediate_danger": "maybe"}}, "'maybe' is not one of"),
        ({"answers": {"immediate_danger": True}}, "valid string"),
        ({"caller": {"role": "vicitm"}}, "did you mean 'victim'"),
        ({"log": "NOISE"}, "must be a list"),
        ({"caller": "Maureen"}, "must be an object"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words_of_json(facts: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputError) as refused:
        read_call({**WHEN, **facts})
    assert problem in str(refused.value.details)


def test_a_key_that_stands_twice_is_refused_and_no_yes_is_lost() -> None:
    text = (
        '{"ref": "A-1", "received_at": "2026-06-12T21:04:00+01:00",'
        ' "answers": {"immediate_danger": "yes", "immediate_danger": "no"}}'
    )
    with pytest.raises(InputError) as refused:
        read_call_text(text)
    assert "'immediate_danger' stands twice" in str(refused.value.details)
