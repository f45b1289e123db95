"""The card for when all is down: the pack's own questions and grades, on two sheets, from a file without a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from click.testing import CliRunner
from looking import axe_clean, screenshot
from playwright.sync_api import Browser

from everycall.cli.main import everycall
from everycall.web.card import card
from scenario_runner import policy


def written(tmp_path: Path) -> Path:
    out = tmp_path / "card.html"
    result = CliRunner().invoke(
        everycall, ["card", str(out), "--policy", "england_and_wales"], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert "print it" in result.stderr
    return out


def test_every_question_stands_on_it_in_talking_order_with_its_answers() -> None:
    made, asked = card(policy()), policy().questions.question
    assert [one.text for one in made.questions] == [one.text for one in asked]
    answers = {one.text: one.answers for one in made.questions}
    assert answers["Is it safe for you to talk?"] == ("yes", "no")
    assert [one.answers for one in made.questions if one.text.startswith("How often")] == [
        ("first", "occasional", "monthly", "weekly", "daily")
    ]
    assert [one.text for one in made.questions if one.always] == [one.text for one in asked if one.always]


def test_every_row_that_gives_a_grade_stands_on_it_in_the_order_of_the_table() -> None:
    rows = [row.why for row in policy().pack.rows if not row.floor_only]
    assert [why for one in card(policy()).grades for why in one.because] == rows


def test_it_prints_on_two_sheets_of_a4_and_asks_nothing_from_anywhere(
    tmp_path: Path, browser: Browser
) -> None:
    out, asked = written(tmp_path), []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(out.as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 2
    assert asked == [out.as_uri()]
    axe_clean(page)
    page.close()


def test_whoever_is_signed_in_can_print_it(desk: Any) -> None:
    page = desk("handler").page
    page.get_by_role("link", name="Paper card").click()
    page.get_by_text("Is it safe for you to talk?").wait_for()
    axe_clean(page)
    screenshot(page, "card-screen", whole=True)
    page.emulate_media(media="print")
    assert not page.get_by_text("Print this on both sides").is_visible()
    screenshot(page, "card-print", whole=True)


def test_a_pack_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(everycall, ["card", str(tmp_path / "c.html"), "--policy", str(tmp_path)])
    assert result.exception
    assert not (tmp_path / "c.html").exists()
