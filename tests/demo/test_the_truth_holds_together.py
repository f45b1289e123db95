"""The tables of the truth name only people, homes and calls that there are, and agree with one another."""

from __future__ import annotations

from functools import cache

from made_force import force, lines, read_rows

Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    return read_rows(force()[0] / "truth" / f"{name}.csv")


@cache
def when() -> dict[str, str]:
    """Return the time of every call, the feed's too; London's texts of one zone are compared as moments elsewhere."""
    told = {call["ref"]: call["received_at"] for call in lines("calls.jsonl")}
    for path in sorted((force()[0] / "feed").iterdir()):
        told |= {call["ref"]: call["received_at"] for call in lines(f"feed/{path.name}")}
    return told


def from_cast(name: str) -> bool:
    return "-cast-" in name


def test_every_mention_is_of_somebody_in_a_home_at_a_place() -> None:
    people = {row["person_id"] for row in table("people")}
    homes = {(row["household_id"]) for row in table("households")}
    new = {call["ref"] for call in lines("new-calls.jsonl")}
    for row in table("mentions"):
        assert row["ref"] in when() or row["ref"] in new
        assert row["person_id"] in people or from_cast(row["person_id"])
        assert row["household_id"] in homes or from_cast(row["household_id"]) or not row["household_id"]


def test_mentions_say_what_the_lines_of_truth_say() -> None:
    told = {
        (row["ref"], row["mention"]): (row["person_id"], row["household_id"], row["place_id"])
        for row in table("mentions")
    }
    lines_of_truth = (*lines("truth.jsonl"), *lines("truth/feed.jsonl"))
    assert told == {
        (truth["ref"], mention): (person, truth["households"][person], truth["place_id"])
        for truth in lines_of_truth
        for mention, person in truth["mentions"].items()
    }


def test_what_was_asked_and_told_is_told_of_every_call_but_the_planted() -> None:
    asked = {row["ref"]: row for row in table("asked")}
    assert set(asked) == {ref for ref in when() if not ref.startswith("CC-")}
    for truth in lines("truth.jsonl"):
        row = asked.get(truth["ref"])
        if row is not None:
            assert row["told"].split() == list(truth["told"])
            assert row["true_circumstances"].split() == list(truth["circumstances"])


def test_a_recorded_answer_was_asked_for() -> None:
    asked = {row["ref"]: row for row in table("asked")}
    found = 0
    for call in lines("calls.jsonl"):
        row = asked.get(call["ref"])
        for question in ("happened_before", "personal_circumstances"):
            if row and question in call.get("answers", {}):
                assert row[question] == "asked"
                found += 1
    assert found > 300


def test_what_could_be_known_comes_from_calls_that_named_the_victim_before() -> None:
    named = {(row["ref"], row["person_id"]) for row in table("mentions")}
    order = {ref: nth for nth, ref in enumerate(when())}
    sources = set()
    for row in table("knowable"):
        earlier = int(row["earlier_incidents"])
        assert (row["is_repeat"] == "yes") == (earlier > 0)
        assert 0 <= int(row["earlier_identifiable"]) <= earlier
        for column in ("repeat_first_ref", "repeat_last_ref", "vulnerable_first_ref"):
            ref = row[column]
            if ref:
                assert (ref, row["person_id"]) in named
                assert order[ref] <= order[row["ref"]]
        assert (row["is_vulnerable"] == "yes") == bool(row["vulnerable_source"])
        sources.add(row["vulnerable_source"])
    assert sources == {"", "this_call", "earlier_call", "flag", "nobody_told"}


def test_earlier_incidents_are_counted_alike_in_both_places() -> None:
    counted = {row["ref"]: row for row in table("knowable")}
    for truth in (*lines("truth.jsonl"), *lines("truth/feed.jsonl")):
        row = counted.get(truth["ref"])
        if row:
            assert int(row["earlier_incidents"]) == truth["earlier_incidents_12m"][row["person_id"]]


def test_events_count_their_calls_and_near_repeats_name_an_event() -> None:
    events = {row["event_id"]: row for row in table("events")}
    counted: dict[str, int] = dict.fromkeys(events, 0)
    for truth in (*lines("truth.jsonl"), *lines("truth/feed.jsonl")):
        if truth["event_id"] in counted:
            counted[truth["event_id"]] += 1
    assert counted == {name: int(row["calls"]) for name, row in events.items()}
    near = [row["near_repeat_of"] for row in events.values() if row["near_repeat_of"]]
    assert len(near) > 10
    assert set(near) <= set(events)


def test_stays_and_changes_are_of_people_there_are() -> None:
    people = {row["person_id"] for row in table("people")}
    homes = {row["household_id"] for row in table("households")}
    assert {row["person_id"] for row in table("stays")} == people
    assert {row["household_id"] for row in table("stays")} <= homes
    assert {row["who"] for row in table("changes")} <= people | homes
    assert {row["person_id"] for row in table("circumstances")} <= people


def test_flags_are_told_row_for_row_and_some_are_wrong() -> None:
    beside = read_rows(force()[0] / "flags.csv")
    assert [row["kind"] for row in table("flags")] == [row["kind"] for row in beside]
    assert {row["is_so"] for row in table("flags")} == {"yes", "no"}
