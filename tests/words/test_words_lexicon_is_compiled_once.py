"""A compiled lexicon is kept and read again, and only where the very same files were compiled by the very same code."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from everycall.call import LogLine
from everycall.errors import PackError
from everycall.vulnerability.words import kept_compiled
from everycall.vulnerability.words.check import ANY_DAY
from everycall.vulnerability.words.lexicon import Lexicon, default_directory, load
from everycall.vulnerability.words.reading import read
from local_words import OURS

TEXTS = ("LIVES ALONE, FRIGHTENED", "he is 81 and they are at it every night", "?MH, NO WEAPONS SEEN", "")


@pytest.fixture(autouse=True)
def _apart(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("kept")
    monkeypatch.setattr(kept_compiled, "FOLDER", folder)


def kept_files() -> list[Path]:
    return sorted(kept_compiled.FOLDER.iterdir())


def found(lexicon: Lexicon) -> list[object]:
    return [read([LogLine(text=text)], ANY_DAY, lexicon) for text in TEXTS]


def test_what_is_read_again_finds_the_same() -> None:
    compiled = load([default_directory()])
    assert len(kept_files()) == 1
    again = load([default_directory()])
    assert again is not compiled
    assert (again.version, again.sha256) == (compiled.version, compiled.sha256)
    assert found(again) == found(compiled)


def test_it_is_kept_also_where_python_keeps_no_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    load([default_directory()])
    assert len(kept_files()) == 1


def test_another_word_is_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(OURS)
    load([default_directory(), tmp_path])
    (tmp_path / "ours.toml").write_text(
        OURS.replace("the collywobbles", "the habdabs").replace("COLLYWOBBLES", "HABDABS")
    )
    line = [LogLine(text="she has the habdabs")]
    codes = {one.code for one in read(line, ANY_DAY, load([default_directory(), tmp_path])).findings}
    assert "fear_or_impact" in codes
    assert len(kept_files()) == 2


def test_what_has_a_problem_is_never_kept_and_is_told_each_time(tmp_path: Path) -> None:
    load([default_directory()])
    for _ in range(2):
        with pytest.raises(PackError):
            load([default_directory(), tmp_path])  # a folder without any file
    (tmp_path / "ours.toml").write_text('[[add]]\nto = "no.such.entry"\nterms = ["x y"]\n')
    for _ in range(2):
        with pytest.raises(PackError):
            load([default_directory(), tmp_path])
    assert len(kept_files()) == 1


@pytest.mark.parametrize(
    "damage", [lambda data: data[:1000], lambda data: data[:-1] + bytes([data[-1] ^ 1]), lambda _: b""]
)
def test_what_is_damaged_is_compiled_again(damage, caplog: pytest.LogCaptureFixture) -> None:
    before = load([default_directory()])
    (kept,) = kept_files()
    kept.write_bytes(damage(kept.read_bytes()))
    with caplog.at_level(logging.WARNING):
        after = load([default_directory()])
    assert "damaged" in caplog.text
    assert found(after) == found(before)


def test_where_nothing_can_be_written_it_is_compiled_each_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a_file").write_text("")
    monkeypatch.setattr(kept_compiled, "FOLDER", tmp_path / "a_file")
    assert load([default_directory()]).version == load([default_directory()]).version
    assert (tmp_path / "a_file").read_text() == ""


def test_old_ones_go() -> None:
    for number in range(6):
        kept_compiled.keep(f"{number}" * 64, {"a": number}, kept_compiled.FOLDER)
    assert len(kept_files()) == 4
    assert kept_compiled.kept("5" * 64, kept_compiled.FOLDER) == {"a": 5}
