"""Every scenario beside this file, as a control room would tell it: what was known, the call, the answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scenario_runner import Data, assess, broken, empty_store, force_at

FILES = sorted(Path(__file__).parent.glob("*.json"))
SCENARIOS = [(one["id"], one) for path in FILES for one in json.loads(path.read_text("utf-8"))]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_store(tmp_path_factory.mktemp("scenarios"))


def test_there_are_scenarios_and_each_has_its_own_name() -> None:
    names = [name for name, _ in SCENARIOS]
    assert len(names) >= 40
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("scenario", [one for _, one in SCENARIOS], ids=[name for name, _ in SCENARIOS])
def test_scenario(scenario: Data, empty: Path, tmp_path: Path) -> None:
    force = force_at(tmp_path / "force.db", empty)
    try:
        assert broken(scenario["expect"], assess(force, scenario)) == []
    finally:
        force.store.close()
