"""A person found again keeps its number, whatever the model of the day; what passes is logged."""

from __future__ import annotations

from everycall.identity.stable_ids import Change, number


def test_new_persons_are_numbered_by_their_earliest_mention() -> None:
    assert number([[5, 6], [1, 9]], {}, 10) == ([11, 10], [])


def test_nothing_changes_when_nothing_changes() -> None:
    assert number([[1, 2], [3]], {1: 7, 2: 7, 3: 8}, 9) == ([7, 8], [])


def test_the_larger_part_keeps_the_number_and_the_merge_is_logged() -> None:
    numbers, changes = number([[1, 2, 3]], {1: 4, 2: 5, 3: 5}, 6)
    assert numbers == [5]
    assert changes == [Change("merged", 4, 5, (1,))]


def test_a_split_leaves_the_number_with_the_larger_part() -> None:
    numbers, changes = number([[1], [2, 3]], {1: 4, 2: 4, 3: 4}, 9)
    assert numbers == [9, 4]
    assert changes == [Change("split", 4, 9, (1,))]


def test_a_number_is_never_given_twice() -> None:
    numbers, _ = number([[1, 2], [3, 4], [5]], {1: 4, 2: 4, 3: 4, 4: 4}, 5)
    assert sorted(numbers) == [4, 5, 6]


def test_the_log_leads_back_to_where_every_mention_was() -> None:
    before = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}
    groups = [[1, 3], [2, 4, 5]]
    numbers, changes = number(groups, before, 4)
    now = {m: person for group, person in zip(groups, numbers, strict=True) for m in group}
    for change in changes:
        for mention in change.mentions:
            assert now[mention] == change.to_person
            now[mention] = change.from_person
    assert now == before
