"""A made-up force for training: its new calls are left to be practised, and its store takes nothing real."""

from __future__ import annotations

from pathlib import Path

from command import run
from everycall.store.modes import modes
from everycall.store.store import Store


def test_the_new_calls_are_left_to_be_practised_and_the_book_says_what_the_caller_says(
    tmp_path: Path,
) -> None:
    ran = run("demo", "--calls", "200", "--training", "--no-serve", "--out", str(tmp_path))
    assert ran.exit == 0, ran.err
    store = Store(str(tmp_path / "everycall.db"))
    assert modes(store.connection).training
    with store.connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM call WHERE ref LIKE 'NEW-%%'")
        assert cursor.fetchone() == (0,)
    book = (tmp_path / "practice.txt").read_text("utf-8")
    assert "Winifred Tolliver, 01632 960 901" in book
    assert book.count("\nSHOWS     ") == 20
    assert book.count("\nSAY       ") >= 20
    refused = run(
        "import", "calls", str(tmp_path / "calls.csv"), "--mapping", str(tmp_path / "mapping.toml"),
        "--store", str(tmp_path / "everycall.db"),
    )  # fmt: skip
    assert refused.exit == 2
