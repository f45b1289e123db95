"""Backup, restore and init killed with kill -9: what they make is there whole or not at all, and they run again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import stored
from killing import Forker, Moment, forker

import build
from everycall.store.backup.making import back_up
from everycall.store.databases import connect
from everycall.store.schema import applied
from postgresql_server import nobody_else


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forker]:
    with forker(tmp_path_factory.mktemp("acts")) as one:
        yield one


def filled(store: str) -> None:
    force = build.force_at(store)
    build.take(force, *(build.call(f"OLD-{n}") for n in range(20)))
    build.assess(force, "LIVE-1")


def test_a_backup_killed_half_way_is_no_backup(
    store: str, tmp_path: Path, fork: Forker, new_place: str
) -> None:
    filled(store)
    whole = fork.run("backup", str(tmp_path / "whole"), "--store", store, count=True)
    assert whole.code == 0
    random = Random("backup")
    for number in range(5):
        file = tmp_path / f"{number}.backup"
        ended = fork.run(
            "backup", str(file), "--store", store,
            kill=Moment(statement=random.randint(1, whole.statements)),
        )  # fmt: skip
        assert ended.code == -9
        assert not file.exists()
    assert fork.run("restore", str(tmp_path / "whole"), "--store", new_place).code == 0
    assert stored.everything(new_place) == stored.everything(store)


def test_a_restore_killed_half_way_leaves_nothing_and_can_be_run_again(
    store: str, tmp_path: Path, fork: Forker, new_place: str
) -> None:
    filled(store)
    file = tmp_path / "b.backup"
    back_up(store, file, build.NOW)
    before = stored.everything(store)
    random = Random("restore")
    for number in range(4):
        # SQLite's copying is not a statement of ours, so its moments are drawn from time
        moment = (
            Moment(statement=random.randint(1, 40))
            if new_place.startswith("postgresql")
            else Moment(seconds=random.uniform(0, 0.06))
        )
        ended = fork.run("restore", str(file), "--store", new_place, kill=moment)
        if ended.code == 0 or not nothing_at(new_place):
            assert stored.everything(new_place) == before
            connect(new_place).close()
            new_place = f"{new_place}{number}"
    again = fork.run("restore", str(file), "--store", new_place)
    assert again.code == 0, again.errors
    assert stored.everything(new_place) == before
    stored.is_whole(new_place)


def nothing_at(where: str) -> bool:
    if not where.startswith("postgresql"):
        return not Path(where).exists()
    nobody_else(where)
    return applied(connect(where)) == frozenset()


def test_an_init_killed_half_way_can_be_run_again(new_place: str, fork: Forker) -> None:
    random = Random("init")
    for _ in range(5):
        ended = fork.run("init", "--store", new_place, kill=Moment(statement=random.randint(2, 120)))
        assert ended.code in (-9, 0)
        nobody_else(new_place)
    again = fork.run("init", "--store", new_place)
    assert again.code == 0, again.errors
    force = build.force_at(new_place)
    assert build.assess(force).recommendation.grade
    stored.is_whole(new_place)
