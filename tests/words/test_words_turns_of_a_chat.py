"""What the control room types in a chat is no speech of the caller's; what an officer reports is."""

from __future__ import annotations

import pytest

CHAT = """09:11 Operator (Dean): has this happened before, are you disabled or frightened?
09:12 Visitor: they hide my ear defenders
09:13 Operator (Dean): that sounds terrifying
09:14 Visitor: i live alone"""


def test_the_operators_turns_are_not_read(strong_codes):
    found = strong_codes(CHAT)
    assert {"learning_disability_or_autism", "alone_or_isolated"} <= found
    assert not {"physical_disability_or_illness", "fear_or_impact", "repeat_or_escalating"} & found


def test_each_turn_may_be_a_line_of_its_own(read_log):
    assert read_log("Operator (Dean): are you frightened and disabled?").findings == ()
    assert read_log("Operator Lou: you must be terrified").findings == ()


def test_the_visitor_is_read_though_alone(strong_codes):
    assert "alone_or_isolated" in strong_codes("Visitor: i live alone")


@pytest.mark.parametrize("who", ["Officer", "Police", "Control"])
def test_what_an_officer_reports_is_read_where_nobody_else_has_a_turn(strong_codes, who):
    assert "alone_or_isolated" in strong_codes(f"{who}: IP lives alone")


def test_a_word_before_a_colon_hides_nothing(strong_codes):
    assert "alone_or_isolated" in strong_codes("Agent's note, caller says: i live alone")
    assert "alone_or_isolated" in strong_codes("INFT: LIVES ALONE")
