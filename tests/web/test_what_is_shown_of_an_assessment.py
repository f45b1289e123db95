"""The first line and the marked log: always in one order, nothing read as found none that was only held back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from an_assessment import assessment, finding, repeat, vulnerability
from everycall.access.roles import Sees
from everycall.access.viewer import Viewer
from everycall.assessment import Evidence, HeardFact, ProblemFound, Status, Truth
from everycall.identity.search import NOTHING_TO_SEARCH_BY
from everycall.web.call.card import Card
from everycall.web.call.first_line import rows
from everycall.web.call.log_lines import log_lines
from everycall.web.call.said import said
from everycall.web.page import environment
from scenario_runner import policy

ALL = Sees(True, frozenset(), True)


def card(text: str = "", sees: Sees = ALL, **parts: Any) -> Card:
    told = assessment(**parts).model_dump(mode="json", by_alias=True)
    call = {"ref": "X-1", "received_at": "2026-06-12T21:04:00+01:00", "log": [{"text": text}]}
    return Card("X-1", 1, call, told, None, None, Viewer("c1", "handler"), sees)


def alone(start: int, end: int, text: str, **more: Any) -> Any:
    return finding(
        "alone_or_isolated", source="log", evidence=Evidence(line=0, start=start, end=end, text=text), **more
    )


def marked(text: str, *findings: Any) -> list[tuple[str, str]]:
    (line,) = log_lines(card(text, vulnerability=vulnerability(findings=findings)))
    return [(piece.text, piece.why) for piece in line.pieces]


def test_words_are_marked_where_they_stand() -> None:
    assert marked("SHE LIVES ALONE NOW", alone(4, 15, "LIVES ALONE")) == [
        ("SHE ", ""),
        ("LIVES ALONE", "alone or isolated"),
        (" NOW", ""),
    ]


def test_words_that_were_moved_by_a_protected_address_are_found_again_or_left_out() -> None:
    assert marked("[protected address] LIVES ALONE", alone(4, 15, "LIVES ALONE"))[1][0] == "LIVES ALONE"
    assert marked("[protected address]", alone(4, 15, "LIVES ALONE")) == [("[protected address]", "")]


def test_words_that_overlap_are_marked_once_with_both_findings() -> None:
    other = finding(
        "fear_or_impact", source="log", evidence=Evidence(line=0, start=6, end=13, text="ALONE, ")
    )
    pieces = marked("LIVES ALONE, AFRAID", alone(0, 11, "LIVES ALONE"), other)
    assert pieces == [("LIVES ALONE, ", "alone or isolated, fear or impact"), ("AFRAID", "")]


def heard(fact: str, start: int, end: int, text: str, **more: Any) -> HeardFact:
    evidence = Evidence(line=0, start=start, end=end, text=text)
    made: dict[str, Any] = {"assertion": "present", "strength": "strong", "rule": "made_up", **more}
    return HeardFact(fact=fact, evidence=evidence, **made)


def marked_facts(text: str, *facts: HeardFact) -> list[tuple[str, str]]:
    (line,) = log_lines(card(text, heard=facts))
    return [(piece.text, piece.why) for piece in line.pieces if piece.why]


def test_words_of_danger_are_marked_too_and_what_is_denied_says_so() -> None:
    knife = heard("weapon_or_violence_now", 7, 12, "KNIFE")
    fire = heard("fire", 14, 21, "NO FIRE", assertion="denied")
    assert marked_facts("WITH A KNIFE, NO FIRE", knife, fire) == [
        ("KNIFE", "weapon or violence now"),
        ("NO FIRE", "fire (denied)"),
    ]


def test_words_that_only_suggest_or_deny_are_not_marked_as_found() -> None:
    told = (
        heard("fire", 0, 4, "FIRE"),
        heard("assault", 5, 8, "HIT", strength="weak"),
        heard("damage", 9, 14, "BROKE", assertion="denied"),
    )
    (line,) = log_lines(card("FIRE HIT BROKE", heard=told))
    assert [(one.why, one.sure) for one in line.pieces if one.why] == [
        ("fire", True),
        ("assault (weak)", False),
        ("damage (denied)", False),
    ]
    both = (heard("fire", 0, 8, "FIRE HIT", assertion="possible"), heard("assault", 5, 8, "HIT"))
    (line,) = log_lines(card("FIRE HIT", heard=both))
    assert [(one.why, one.sure) for one in line.pieces] == [("fire (possible), assault", True)]


def test_words_are_named_in_english() -> None:
    keyword = heard("local_priority", 0, 5, "MOPED", rule="P-14")
    unsafe = heard("safe_to_talk_no", 6, 14, "HE HEARS")
    assert marked_facts("MOPED HE HEARS", keyword, unsafe) == [
        ("MOPED", "local priority P-14"),
        ("HE HEARS", "not safe to talk"),
    ]


def behind(code: str, *facts: HeardFact, findings: tuple[Any, ...] = ()) -> list[str]:
    made = assessment(heard=facts, vulnerability=vulnerability(findings=findings))
    return [one.text for one in said(made, policy()).get(code, ())]


def test_a_reason_has_the_words_that_led_to_it() -> None:
    kill = heard("threat_to_life", 0, 4, "KILL")
    knife = heard("weapon_or_violence_now", 7, 12, "KNIFE")
    assert behind("weapon_or_violence_now", kill, knife) == ["KNIFE"]
    assert behind("threat_made", kill, knife) == ["KILL"]  # a threat to life is a threat
    assert behind("threat_to_kill", kill, knife) == ["KILL"]  # the override of harm
    assert behind("P-14", heard("local_priority", 0, 5, "MOPED", rule="P-14")) == ["MOPED"]
    hated = finding("hate_motivation", evidence=Evidence(line=0, start=0, end=4, text="SLUR"))
    assert behind("hate", findings=(hated,)) == behind("hate_motivation", findings=(hated,)) == ["SLUR"]


def test_words_that_led_to_no_yes_stand_behind_no_reason() -> None:
    for not_so in (
        {"assertion": "denied"},
        {"assertion": "possible"},
        {"assertion": "historical"},
        {"strength": "weak"},
    ):
        assert behind("fire", heard("fire", 0, 4, "FIRE", **not_so)) == []
    old = finding("hate_motivation", from_call="OLD-1")
    assert behind("hate", findings=(old,)) == []


def test_words_of_an_earlier_call_are_not_marked_in_this_one() -> None:
    assert marked("LIVES ALONE", alone(0, 11, "LIVES ALONE", from_call="OLD-1")) == [("LIVES ALONE", "")]


def test_the_order_is_always_the_same() -> None:
    assert [row.code for row in rows(card())] == ["grade", "ask", "repeat", "vulnerable", "harm", "local"]


def test_what_is_held_back_never_reads_as_nothing_found() -> None:
    codes = Sees(False, frozenset({"marker"}), False)
    shown = {
        row.code: row
        for row in rows(card(sees=codes, vulnerability=vulnerability(is_vulnerable=Truth.UNKNOWN)))
    }
    assert "ask" not in shown
    assert shown["vulnerable"].text == "NOT KNOWN: why is not shown to your role"
    assert "nothing found" not in shown["vulnerable"].text


def test_a_place_that_is_held_back_is_not_said_to_be_not_told() -> None:
    codes = Sees(False, frozenset({"marker"}), False)
    shown = {row.code: row for row in rows(card(sees=codes))}
    assert (shown["local"].state, shown["local"].text) == ("none", "no local priority touched")


def test_before_anything_is_told_nothing_has_failed_and_nothing_is_known() -> None:
    could_not = {"repeat": repeat(status=Status.COULD_NOT_LOOK, is_repeat=Truth.UNKNOWN)}
    told = card(**could_not, problems=(ProblemFound(part="repeat", problem=NOTHING_TO_SEARCH_BY),))
    shown = {row.code: row for row in rows(told)}
    assert {shown[code].state for code in ("repeat", "local")} == {"unknown"}
    assert all(shown[code].text.startswith("NOT KNOWN") for code in ("repeat", "vulnerable", "local"))
    named = replace(told, call={**told.call, "caller": {"name": "Mo"}})
    assert {row.code: row.state for row in rows(named)}["repeat"] == "could-not-look"


def test_a_part_that_failed_says_so_also_before_anything_is_told() -> None:
    could_not = {"repeat": repeat(status=Status.COULD_NOT_LOOK, is_repeat=Truth.UNKNOWN)}
    failed = card(**could_not, problems=(ProblemFound(part="repeat", problem="the store cannot be reached"),))
    assert {row.code: row.state for row in rows(failed)}["repeat"] == "could-not-look"


def test_what_was_found_is_shown_before_anything_is_told_of_anybody() -> None:
    shown = {row.code: row for row in rows(card(vulnerability=vulnerability(is_vulnerable=Truth.YES)))}
    assert shown["vulnerable"].state == "found"


def test_in_conflict_the_history_is_could_not_look_and_never_none() -> None:
    blind = Sees(True, frozenset(), True, history=False)
    shown = {row.code: row for row in rows(card(sees=blind))}
    assert shown["repeat"].state == "could-not-look"
    assert "not shown" in shown["repeat"].text


def why_ask(shown: Card) -> str:
    (row,) = (one for one in rows(shown) if one.code == "ask")
    return environment().get_template("call/why_ask.html").render(card=shown, row=row)


def test_where_no_question_may_be_asked_it_is_not_said_that_none_could_change_the_answer() -> None:
    assert "Nothing that could be asked" in why_ask(card())
    assert "Nothing that could be asked" not in why_ask(card(do_instead=("Keep the line open.",)))
    failed = card(problems=(ProblemFound(part="questions", problem="failed"),))
    assert "ask the usual questions" in why_ask(failed)
    assert "Nothing that could be asked" not in why_ask(failed)
