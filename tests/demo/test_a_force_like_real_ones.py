"""The made-up force has what makes real ones hard: long tails, bursts, moves, slips, gaps and uneven marks."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from random import Random

from made_force import UNTIL, force, lines, rows

from everycall.demo.clock import DAY, Clock
from everycall.demo.happenings import OTHERS, Plan
from everycall.demo.names import read_names
from everycall.demo.neighbourhood import Neighbourhood
from everycall.demo.phones import Phones
from everycall.demo.rates import read_rates
from everycall.demo.sentences import read_sentences

CALLS_IN_A_YEAR = read_rates().calls_in_a_year


def truths() -> list[dict]:  # type: ignore[type-arg]
    return [truth for truth in lines("truth.jsonl") if "expect" not in truth]


def test_the_shares_of_the_long_tail_are_the_inspectors() -> None:
    assert abs(sum(share for _, share in CALLS_IN_A_YEAR) - 100) < 1e-9
    assert abs(sum(share for calls, share in CALLS_IN_A_YEAR if calls >= 6) - 25) < 0.5
    assert abs(sum(share for calls, share in CALLS_IN_A_YEAR if calls > 10) - 100 / 7) < 0.5


def test_one_victim_in_four_calls_six_times_and_one_in_seven_more_than_ten() -> None:
    """In every year, of all victims of four neighbourhoods (A3); standard errors are under a point."""
    start = UNTIL - timedelta(days=730)
    names, rates, clock = read_names(1), read_rates(), Clock(start)
    kinds = read_sentences().kinds_by_weight()
    counts = []
    for number in range(4):
        random = Random(number)
        place = Neighbourhood(0, 1_512, 732, f"{number}-", names, Phones(901), rates, random)
        plan = Plan(5_000, 0, 2, 86_400, place, clock, kinds, rates, random)
        for first in (0, 365):
            victims: Counter[str] = Counter()
            for contact in plan.contacts:
                victim = plan.events[contact.number].victim
                if victim and contact.part < OTHERS and first * DAY <= contact.second < (first + 365) * DAY:
                    victims[victim.person_id] += 1
            counts += victims.values()
    assert len(counts) > 3_000
    assert abs(sum(count >= 6 for count in counts) / len(counts) - 0.25) < 0.03
    assert abs(sum(count > 10 for count in counts) / len(counts) - 1 / 7) < 0.025


def test_the_summary_counts_what_the_files_hold() -> None:
    calls = {call["ref"]: call for call in lines("calls.jsonl")}
    year: Counter[str] = Counter()
    for truth in truths():
        if datetime.fromisoformat(calls[truth["ref"]]["received_at"]) > UNTIL - timedelta(days=365):
            year.update(truth["victims"])
    summary = force()[1]
    assert len(year) == summary.victims_last_year
    assert round(sum(count >= 6 for count in year.values()) / len(year), 3) == summary.share_six_or_more


def test_some_events_have_several_callers() -> None:
    callers = defaultdict(set)
    for truth in truths():
        callers[truth["event_id"]] |= set(truth["mentions"].values())
    assert sum(len(who) > 1 for who in callers.values()) > 20


def test_some_people_call_in_bursts() -> None:
    times = defaultdict(list)
    calls = {call["ref"]: call for call in lines("calls.jsonl")}
    for truth in truths():
        for victim in truth["victims"]:
            times[victim].append(datetime.fromisoformat(calls[truth["ref"]]["received_at"]))
    bursts = sum(
        any(later - first <= timedelta(days=2) for first, later in zip(all_, all_[2:], strict=False))
        for all_ in times.values()
    )
    assert bursts >= 10


def test_people_move_and_somebody_else_moves_in() -> None:
    homes = defaultdict(set)
    tenants = defaultdict(set)
    for truth in truths():
        for victim in truth["victims"]:
            homes[truth["households"][victim]].add(truth["place_id"])
            tenants[truth["place_id"]].add(truth["households"][victim])
    assert sum(len(places) > 1 for places in homes.values()) >= 5
    assert sum(len(households) > 1 for households in tenants.values()) >= 2


def test_one_person_is_spelt_in_more_than_one_way() -> None:
    names = defaultdict(set)
    calls = {call["ref"]: call for call in lines("calls.jsonl")}
    for truth in truths():
        who = truth["mentions"].get("caller")
        name = calls[truth["ref"]].get("caller", {}).get("name")
        if who and name:
            names[who].add(name)
    assert sum(len(spelt) > 2 for spelt in names.values()) > 40


def test_numbers_are_withheld_roles_missing_and_callers_not_the_victim() -> None:
    callers = [call.get("caller", {}) for call in lines("calls.jsonl")]
    assert 0.15 < sum("phone" not in caller for caller in callers) / len(callers) < 0.6
    assert 0.03 < sum("role" not in caller for caller in callers) / len(callers) < 0.2
    assert sum("victims" in call for call in lines("calls.jsonl")) > 100


def test_what_was_marked_on_the_day_is_not_what_was_so() -> None:
    marked = {call["ref"]: call.get("marked_repeat") for call in lines("calls.jsonl")}
    found: Counter[bool | None] = Counter()
    for truth in truths():
        if truth["victims"] and truth["earlier_incidents_12m"][truth["victims"][0]] >= 2:
            found[marked[truth["ref"]]] += 1
    assert min(found[True], found[False], found[None]) > 50


def test_names_come_from_many_origins() -> None:
    pools = read_names(1).pools.things
    assert len(pools) >= 12
    assert all(len(set(pool.surnames)) >= 8 for pool in pools)
    for pool in pools:
        for name in (*pool.female, *pool.male, *pool.surnames):
            assert any(letter.isascii() for letter in name)


def test_handlers_ask_unevenly_and_on_the_whole_as_inspectors_found() -> None:
    """Half were asked whether it happened before, a third about circumstances (A4); own invention: the spread."""
    asked = [row for row in rows("truth/asked.csv") if row["true_before"]]
    for question, about in (("happened_before", 0.5), ("personal_circumstances", 0.33)):
        by_handler: dict[str, list[bool]] = defaultdict(list)
        for row in asked:
            by_handler[row["handler"]].append(row[question] == "asked")
        shares = [sum(each) / len(each) for each in by_handler.values() if len(each) >= 30]
        assert len(shares) > 15
        assert max(shares) - min(shares) > 0.25
        assert abs(sum(row[question] == "asked" for row in asked) / len(asked) - about) < 0.12


def test_trouble_comes_near_in_space_and_soon_after() -> None:
    events = {row["event_id"]: row for row in rows("truth/events.csv")}
    near = [(row, events[row["near_repeat_of"]]) for row in events.values() if row["near_repeat_of"]]
    doors, days = [], []
    for event, first in near:
        doors.append(abs(int(event["place_id"][6:]) - int(first["place_id"][6:])))
        days.append(abs(datetime.fromisoformat(event["at"]) - datetime.fromisoformat(first["at"])).days)
    assert len(near) > 20
    assert sum(door <= 3 for door in doors) > 0.8 * len(doors)
    assert sum(day <= 11 for day in days) > 0.8 * len(days)


def test_suspects_live_near_some_are_named_and_callers_speak_for_others() -> None:
    homes = {row["household_id"]: row["place_id"] for row in rows("truth/households.csv")}
    mentions = [row for row in rows("truth/mentions.csv") if row["mention"] == "other 0"]
    near = [
        abs(int(homes[m["household_id"]][6:]) - int(m["place_id"][6:])) for m in mentions if m["household_id"]
    ]
    assert len(near) > 50
    assert sum(door <= 6 for door in near) > 0.8 * len(near)


def test_logs_are_typically_fifty_to_sixty_words_in_several_hands() -> None:
    logs = [[line["text"] for line in call.get("log", [])] for call in lines("calls.jsonl")]
    words = sorted(sum(len(text.split()) for text in log) for log in logs)
    assert 45 <= words[len(words) // 2] <= 70
    first = [log[0] for log in logs if log]
    assert sum(text.isupper() for text in first) > 0.3 * len(first)
    assert sum(text.islower() for text in first) > 0.05 * len(first)
    assert len(set(first)) > 0.9 * len(first)
