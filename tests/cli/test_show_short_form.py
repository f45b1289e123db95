"""The short form: one order always, urgent things first, and found, none, unknown and failed told apart."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from rich.console import Console

from an_assessment import RECEIVED, assessment, count, finding, found_repeat, repeat, vulnerability
from everycall.assessment import (
    AskNext,
    Assessment,
    Burst,
    Harm,
    OpenCall,
    Priorities,
    PriorityMatch,
    ProblemFound,
    Reason,
    Recommendation,
    Status,
    Truth,
)
from everycall.brief.lines import DANGER_FACTS, KNOWN_HOW, brief
from everycall.brief.wording import ago
from everycall.cli.show import show
from everycall.localtime import LONDON
from everycall.policy.facts import Facts
from everycall.policy.load import load, pack_directory
from everycall.policy.trace import _said

COULD_NOT = Status.COULD_NOT_LOOK


def printed(one: Assessment, width: int = 80, full: bool = False, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, no_color=not colour, force_terminal=colour)
    show(one, console, full, RECEIVED)
    return out.getvalue()


def line(one: Assessment, label: str) -> tuple[str, str]:
    return next((told.mark.shape, told.text) for told in brief(one, RECEIVED) if told.label == label)


def could_not_look() -> Assessment:
    none = count(COULD_NOT)
    return assessment(
        repeat=repeat(
            status=COULD_NOT,
            person=none,
            household=none,
            place=none,
            phone=none,
            burst=Burst(status=COULD_NOT),
            reasons=(Reason(code="could_not_look", text="nothing to search by"),),
        ),
        vulnerability=vulnerability(status=COULD_NOT),
        priorities=Priorities(status=COULD_NOT),
        harm=Harm(status=COULD_NOT, band="standard", points=0),
    )


def in_danger() -> Assessment:
    recommendation = Recommendation(
        grade="emergency",
        grade_name="Emergency",
        attendance="now",
        respond_by=datetime(2026, 6, 12, 21, 19, tzinfo=LONDON),
        row="grades.csv:3",
        reasons=(Reason(code="threat_to_life", text="Fear for life [line 1]"),),
    )
    return assessment(recommendation=recommendation)


def test_the_order_is_always_the_same() -> None:
    whole = assessment(
        recommendation=in_danger().recommendation,
        open_now=(OpenCall(ref="CC-1", received_at=RECEIVED - timedelta(minutes=20), because="same home"),),
        ask_next=(AskNext(question="targeted", text="Is it only you?", why="it could change the grade"),),
        problems=(ProblemFound(part="priorities", problem="no position"),),
    )
    labels = [told.label for told in brief(whole, RECEIVED)]
    assert labels == [
        "DANGER",
        "GRADE",
        "ASK",
        "OPEN NOW",
        "REPEAT",
        "VULNERABLE",
        "HARM",
        "LOCAL",
        "PROBLEM",
    ]
    shorter = [told.label for told in brief(assessment(), RECEIVED)]
    assert shorter == [label for label in labels if label not in ("DANGER", "OPEN NOW", "PROBLEM")]


def test_danger_is_printed_only_when_something_says_so() -> None:
    assert "DANGER" not in printed(assessment())
    assert "DANGER" in printed(in_danger())


def test_danger_that_was_denied_is_no_danger() -> None:
    made = assessment().recommendation.model_copy(
        update={
            "attendance": "message",
            "reasons": (
                Reason(code="immediate_danger", text="nobody is said to be in immediate danger"),
                Reason(code="fire", text="it is not known whether something is on fire"),
            ),
        }
    )
    assert "DANGER" not in printed(assessment(recommendation=made))


def test_danger_is_printed_though_nobody_is_sent_now() -> None:
    made = assessment().recommendation.model_copy(
        update={
            "attendance": "visit",
            "reasons": (Reason(code="violence_used", text="violence has been used (from the words)"),),
        }
    )
    assert "violence has been used" in line(assessment(recommendation=made), "DANGER")[1]


@pytest.mark.parametrize("fact", sorted(DANGER_FACTS))
def test_the_policys_own_words_for_a_danger_that_is_so_are_known_by_their_end(fact: str) -> None:
    book = load(pack_directory("england_and_wales")).facts
    bit, position = 1 << book.position(fact), book.position(fact)
    for so in (Facts(book, bit, 0), Facts(book, bit, 0, answered=bit), Facts(book, bit, 0, worded=bit)):
        assert _said(so, position).endswith(KNOWN_HOW)
    for not_so in (Facts(book, 0, bit), Facts(book, 0, 0)):
        assert not _said(not_so, position).endswith(KNOWN_HOW)


def test_an_override_of_harm_is_danger() -> None:
    harm = Harm(
        status=Status.FOUND,
        band="high",
        points=3,
        overrides=(Reason(code="weapon", text="A knife was seen"),),
    )
    assert "A knife was seen" in line(assessment(harm=harm), "DANGER")[1]


@pytest.mark.parametrize("label", ["REPEAT", "VULNERABLE"])
def test_yes_no_unknown_and_failed_differ_in_shape_and_in_words(label: str) -> None:
    yes = assessment(
        repeat=found_repeat(),
        vulnerability=vulnerability(
            status=Status.FOUND, is_vulnerable=Truth.YES, findings=(finding("fear_or_impact"),)
        ),
    )
    no = assessment(
        repeat=repeat(is_repeat=Truth.NO, perceived=Truth.NO),
        vulnerability=vulnerability(is_vulnerable=Truth.NO),
    )
    told = [line(one, label) for one in (yes, no, assessment(), could_not_look())]
    assert len({shape for shape, _ in told}) == 4
    assert len({text for _, text in told}) == 4


@pytest.mark.parametrize("label", ["REPEAT", "VULNERABLE", "HARM", "LOCAL"])
def test_a_failed_part_says_that_it_could_not_look(label: str) -> None:
    shape, text = line(could_not_look(), label)
    assert shape == "[X]"
    assert "COULD NOT LOOK" in text


def test_a_failed_search_never_reads_as_a_clean_history() -> None:
    text = line(could_not_look(), "REPEAT")[1]
    assert "none" not in text
    assert "no clean history" in text


def test_a_caller_who_says_so_is_a_repeat_victim_though_the_search_failed() -> None:
    failed = could_not_look().repeat.model_copy(update={"is_repeat": Truth.YES, "perceived": Truth.YES})
    shape, text = line(assessment(repeat=failed), "REPEAT")
    assert shape == "[+]"
    assert text.startswith("yes")
    assert "COULD NOT LOOK" in text


def test_one_tier_that_failed_is_told_beside_the_ones_that_found_nothing() -> None:
    text = line(assessment(repeat=repeat(household=count(COULD_NOT))), "REPEAT")[1]
    assert "as far as could be looked" in text


def test_a_burst_that_could_not_be_looked_for_is_told() -> None:
    text = line(assessment(repeat=found_repeat(burst=Burst(status=COULD_NOT))), "REPEAT")[1]
    assert "could not look for a burst" in text


def test_unknown_stands_in_capitals() -> None:
    assert line(assessment(), "REPEAT")[1].startswith("NOT KNOWN")
    assert line(assessment(), "VULNERABLE")[1].startswith("NOT KNOWN")


def test_the_repeat_line_counts_household_and_person_and_how_long_ago() -> None:
    text = line(assessment(repeat=found_repeat()), "REPEAT")[1]
    assert "5 in 12 months (3 this person), 9 in all, last 4 days ago" in text


def test_a_place_alone_is_shown_apart() -> None:
    text = line(assessment(repeat=repeat(place=count(Status.FOUND, 3, 3, RECEIVED))), "REPEAT")[1]
    assert text == "NOT KNOWN: none on record for this person or household; 3 at this place"


def test_a_doubtful_finding_carries_a_question_mark() -> None:
    weak = vulnerability(findings=(finding("older_or_frail", strength="weak"),))
    assert "older or frail?" in line(assessment(vulnerability=weak), "VULNERABLE")[1]
    possible = vulnerability(findings=(finding("pregnancy", assertion="possible"),))
    assert "pregnancy?" in line(assessment(vulnerability=possible), "VULNERABLE")[1]


def test_what_is_denied_or_about_another_is_not_in_the_short_form() -> None:
    part = vulnerability(
        findings=(finding("pregnancy", assertion="denied"),),
        about_others=(finding("mental_ill_health", who="suspect", assertion="other_person"),),
    )
    text = line(assessment(vulnerability=part), "VULNERABLE")[1]
    assert "pregnancy" not in text
    assert "mental" not in text


def test_harm_that_could_still_rise_says_so() -> None:
    harm = Harm(status=Status.FOUND, band="medium", points=14, unknown=("impact",), could_reach="high")
    shape, text = line(assessment(harm=harm), "HARM")
    assert shape == "[?]"
    assert "could be high" in text


def test_a_match_stays_in_sight_though_another_priority_could_not_be_looked_at() -> None:
    local = Priorities(status=COULD_NOT, matches=(PriorityMatch(id="P-14", title="Drinking"),))
    text = line(assessment(priorities=local), "LOCAL")[1]
    assert "P-14 Drinking" in text
    assert "COULD NOT LOOK" in text


def test_no_question_is_not_the_same_as_questions_that_failed() -> None:
    failed = assessment(problems=(ProblemFound(part="questions", problem="the policy did not load"),))
    assert line(assessment(), "ASK") != line(failed, "ASK")
    assert "could not work out" in line(failed, "ASK")[1]


def test_a_time_on_another_day_carries_its_date() -> None:
    made = in_danger().recommendation.model_copy(update={"respond_by": RECEIVED + timedelta(days=1)})
    assert "by 21:04 on 13 June" in line(assessment(recommendation=made), "GRADE")[1]


def test_a_floor_is_called_a_floor() -> None:
    made = in_danger().recommendation.model_copy(update={"floor_only": True})
    assert "never less" in line(assessment(recommendation=made), "GRADE")[1]


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "yesterday"), (4, "4 days ago"), (90, "3 months ago"), (800, "2 years ago")],
)
def test_how_long_ago_is_counted_in_local_days_from_the_call(days: int, said: str) -> None:
    assert said in ago(RECEIVED - timedelta(days=days), RECEIVED)


def test_without_the_calls_time_dates_are_given() -> None:
    assert ago(RECEIVED, None) == "on 12/06/2026"


@pytest.mark.parametrize("one", [assessment(), could_not_look(), in_danger()])
def test_without_colour_the_words_and_shapes_are_the_same(one: Assessment) -> None:
    plain = printed(one)
    assert "\x1b" not in plain
    coloured = printed(one, colour=True)
    assert "\x1b" in coloured
    for told in brief(one, RECEIVED):
        assert told.mark.shape in plain
        assert told.label in plain


def test_everything_is_ascii_where_the_call_is() -> None:
    assert printed(could_not_look(), full=True).isascii()


def test_nothing_is_wider_than_the_screen() -> None:
    for one in (assessment(repeat=found_repeat()), could_not_look(), in_danger()):
        assert max(len(row.rstrip()) for row in printed(one, 80, full=True).splitlines()) <= 80


def test_square_brackets_of_a_log_are_printed_as_they_stand() -> None:
    assert "[line 1]" in printed(in_danger(), width=120)


@pytest.mark.parametrize("full", [False, True])
def test_where_it_is_not_safe_to_talk_it_never_reads_as_nothing_left_to_ask(full: bool) -> None:
    told = " ".join(printed(assessment(do_instead=("Keep the line open.",)), full=full).split())
    assert "Keep the line open." in told
    assert "not safe to talk" in told
    assert "change the answer" not in told


def test_a_weapon_is_named_once() -> None:
    reason = Reason(code="weapon_or_violence_now", text="there is a weapon or violence now (answered)")
    weapon = Reason(code="weapon", text="A weapon, or violence now: harm at least high.")
    kill = Reason(code="threat_to_kill", text="A threat to kill, or fear for life: harm at least high.")
    made = in_danger().recommendation.model_copy(update={"reasons": (reason,)})
    harm = Harm(status=Status.FOUND, band="high", points=3, overrides=(weapon, kill))
    found = assessment(recommendation=made, harm=harm)
    told = line(found, "DANGER")[1]
    assert told == f"{reason.text}; A threat to kill, or fear for life: harm at least high"
    alone = assessment(harm=harm.model_copy(update={"overrides": (weapon,)}))
    assert "A weapon" in line(alone, "DANGER")[1], "what no reason says is still said"
