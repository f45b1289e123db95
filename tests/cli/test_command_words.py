"""``everycall words``: what a text says and why, the examples, labelled logs, and reading what is unread."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import build
from command import run, written
from everycall.policy.load import default_directory
from local_words import OURS


def test_a_text_is_explained_with_its_rule() -> None:
    ran = run("words", "explain", "CALLER IS 82 AND FRIGHTENED, YOUTHS THROWING STONES AT HER WINDOW AGAIN")
    assert (ran.exit, ran.err) == (0, "")
    assert "fear_or_impact" in ran.out
    assert "rule " in ran.out


def test_a_text_that_says_nothing_says_so_on_standard_error() -> None:
    ran = run("words", "explain", "BIN ON FIRE ESCAPE STEPS TUESDAY")
    told = run("words", "explain", "TUESDAY")
    assert (told.exit, told.out, told.err) == (0, "", "the lexicon finds nothing in this text\n")
    assert ran.exit == 0


@pytest.mark.parametrize("text", ["", " ", "\u202e", "👩‍👩‍👧", "a\x1b[2Jb", "A " * 30_000])
def test_any_text_is_explained_without_a_fault(text: str) -> None:
    assert run("words", "explain", text).exit == 0


def test_a_text_that_is_no_log_line_is_refused_without_repeating_it() -> None:
    ran = run("words", "explain", "FRIGHTENED " * 10_000)
    assert (ran.exit, ran.out) == (2, "")
    assert "text: is over 65,536 characters" in ran.err
    assert "FRIGHTENED" not in ran.err


def test_the_words_of_the_stores_own_policy_count(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(default_directory(), tmp_path / "our_force"))
    (pack / "words").mkdir(exist_ok=True)
    (pack / "words" / "ours.toml").write_text(OURS, "utf-8")
    store = tmp_path / "s.db"
    assert run("init", "--policy", pack, "--store", store).exit == 0
    said = ("words", "explain", "SHE HAS THE COLLYWOBBLES")
    assert "fear_or_impact.ours" in run(*said, "--store", store).out
    assert run(*said, "--store", store, "--policy", "england_and_wales").out == ""
    assert run(*said).out == ""
    assert run(*said, "--store", tmp_path / "none.db").exit == 2


def test_every_example_of_the_lexicon_holds() -> None:
    ran = run("words", "check")
    assert (ran.exit, ran.out, ran.err) == (0, "", "every example holds\n")


def test_labelled_logs_are_scored(tmp_path: Path) -> None:
    file = written(
        tmp_path / "logs.jsonl",
        {"text": "SHE IS FRIGHTENED AND WILL NOT GO OUT", "labels": [{"fear_or_impact": "present"}]},
    )
    ran = run("words", "evaluate", file)
    assert (ran.exit, ran.err) == (0, "")
    assert ran.out.splitlines()[0].split() == [
        "indicator",
        "precision",
        "recall",
        "F1",
        "found",
        "wrong",
        "missed",
    ]
    assert any(line.startswith("fear_or_impact") for line in ran.out.splitlines())


@pytest.mark.parametrize(
    "data", [b"{", b"[]\n", b'{"text": 1}\n', b"\xff\xfe", b'{"text": "X", "labels": {}}\n']
)
def test_labelled_logs_that_cannot_be_used_exit_2_with_their_line(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "logs.jsonl"
    file.write_bytes(data)
    ran = run("words", "evaluate", file)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert "logs.jsonl" in ran.err


def test_unread_logs_are_read_once(store: str) -> None:
    force = build.force_at(store)
    for ref in ("A", "B"):
        run("assess", "--store", store, "-", stdin=json.dumps(build.facts(ref)))
    build.change(force, "DELETE FROM words_read")
    assert run("words", "read", "--store", store).err == "2 logs read\n"
    assert run("words", "read", "--store", store).err == ""
