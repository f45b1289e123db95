"""Priorities from police.uk: text for people becomes drafts, safely, the same each time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from everycall.errors import InputError
from everycall.priorities import Book, read_priorities
from everycall.priorities.police_uk import text_of_html

ITEM: dict[str, Any] = {
    "issue": "<p>Nuisance mopeds &amp; quad bikes<br>on the <b>river path</b></p><script>alert(1)</script>",
    "issue-date": "2024-03-01T00:00:00",
    "action": "<p>Patrols</p>",
    "action-date": None,
}


def test_an_item_becomes_a_draft_with_its_text_and_date() -> None:
    (draft,) = read_priorities([ITEM], "api.json")
    assert draft.status == "draft"
    assert draft.title == "Nuisance mopeds & quad bikes on the river path"
    assert draft.description == "Nuisance mopeds & quad bikes\non the river path"
    assert draft.agreed_on == date(2024, 3, 1)
    assert [(action.text, action.date) for action in draft.actions] == [("Patrols", None)]


def test_a_draft_is_never_matched_because_the_book_leaves_it_out() -> None:
    assert Book.of(read_priorities([ITEM], "api.json")).entries == ()


def test_the_id_is_of_the_text_so_reading_twice_makes_one() -> None:
    once = read_priorities([ITEM], "a.json")
    assert read_priorities([{**ITEM, "action": None}, ITEM], "b.json")[0].id == once[0].id
    assert len(read_priorities([ITEM, ITEM], "c.json")) == 1
    other = read_priorities([{**ITEM, "issue": "<p>Something else</p>"}], "d.json")
    assert other[0].id != once[0].id


def test_a_draft_can_be_written_completed_and_read_back() -> None:
    (draft,) = read_priorities([ITEM], "api.json")
    completed = {**draft.as_data(), "status": "active", "behaviours": ["vehicle_nuisance"]}
    (active,) = read_priorities([completed], "p.json")
    assert (active.id, active.status) == (draft.id, "active")


def test_a_long_issue_keeps_its_text_and_gets_a_short_title() -> None:
    (draft,) = read_priorities([{**ITEM, "issue": "speeding cars " * 100}], "api.json")
    assert len(draft.title) <= 121
    assert draft.title.endswith("…")
    assert draft.description is not None
    assert draft.description.count("speeding") == 100


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"issue": "<p> </p>"}, "issue"),
        ({"issue": None}, "issue"),
        ({"issue-date": "March"}, "issue-date"),
        ({"action-date": 7}, "action-date"),
        ({"action": ["a"]}, "action"),
        ({"isue-date": None}, ""),
    ],
)
def test_a_wrong_item_is_named(change: dict[str, Any], key: str) -> None:
    with pytest.raises(InputError) as refused:
        read_priorities([{**ITEM, **change}], "api.json")
    assert refused.value.details[0].where == f"api.json priority 1 {key}".rstrip()


def test_an_item_that_is_none_is_told_and_not_passed_over() -> None:
    with pytest.raises(InputError) as refused:
        read_priorities([ITEM, 7, {"action": None}], "api.json")
    assert [detail.where for detail in refused.value.details] == [
        "api.json priority 2",
        "api.json priority 3 issue",
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<script>b</script>c", "ac"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<style>p{}</style><ul><li>a<li>b</ul>", "a\nb"),
        ("2 &lt; 3 &#163;5", "2 < 3 £5"),
        ("<!-- no -->yes<img src=x onerror=alert(1)>", "yes"),
        ("</script>still here", "still here"),
    ],
)
def test_only_the_text_a_reader_would_see_is_kept(html: str, text: str) -> None:
    assert text_of_html(html) == text
