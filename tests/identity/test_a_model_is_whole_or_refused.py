"""The identity model: a level without m and u, or one nobody knows, is refused, and all problems are told."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from everycall.errors import PackError
from everycall.identity.model import LEVELS, read_model, shipped_model

TEXT = files("everycall.identity").joinpath("data/model.json").read_text("utf-8")


def test_the_shipped_model_gives_every_level() -> None:
    assert {name: set(levels) for name, levels in shipped_model().levels.items()} == {
        name: set(levels) for name, levels in LEVELS.items()
    }


def test_agreement_counts_for_and_disagreement_against() -> None:
    levels = shipped_model().levels
    assert levels["born"]["same"].bits() > 10
    assert levels["born"]["different"].bits() < 0
    model = shipped_model()
    assert model.bits("address", "different", 0) < model.bits("address", "different", 3_650) < 0


def test_every_missing_or_unknown_level_is_named() -> None:
    data = json.loads(TEXT)
    del data["comparisons"]["born"]["same"]
    data["comparisons"]["phone"]["same"]["u"] = 0.0
    data["comparisons"]["surname"]["exakt"] = {"m": 0.5, "u": 0.5}
    with pytest.raises(PackError) as told:
        read_model(json.dumps(data), "own.json")
    text = " ".join(f"{p.where} {p.problem}" for p in told.value.details)
    assert "born.same" in text
    assert "phone.same" in text
    assert "exakt" in text
    assert "exact" in text


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(PackError):
        read_model("{", "own.json")


def test_a_model_of_before_neighbours_were_told_apart_is_read_and_weighs_as_it_did() -> None:
    data = json.loads(TEXT)
    before = data["comparisons"]["address"]
    for level in ("slip", "elsewhere", "neighbour", "other_street"):
        del before[level]
    before["different"] = {"m": 0.14, "u": 0.99893}
    older = read_model(json.dumps({**data, "format": 2}), "older.json")
    levels = older.levels["address"]
    assert set(levels) == set(LEVELS["address"])
    for level in ("slip", "elsewhere", "neighbour", "other_street"):
        assert levels[level].bits() == pytest.approx(levels["different"].bits())
    assert sum(level.u for level in levels.values()) == pytest.approx(1.0, abs=1e-3)


def test_a_model_of_before_another_street_was_told_apart_weighs_it_as_the_home_it_was_part_of() -> None:
    data = json.loads(TEXT)
    del data["comparisons"]["address"]["same_number"]
    data["comparisons"]["address"]["dwelling"] |= {"m": 0.5, "stay_a_year": 0.8}
    older = read_model(json.dumps({**data, "format": 3}), "older.json")
    for days in (0, 400, 4_000):
        assert older.bits("address", "same_number", days) == pytest.approx(
            older.bits("address", "dwelling", days)
        )


def test_the_shipped_model_weighs_one_number_in_two_streets_as_one_home() -> None:
    model = shipped_model()
    assert model.bits("address", "same_number", 700) == pytest.approx(model.bits("address", "dwelling", 700))


def test_in_a_model_of_before_towns_were_compared_they_weigh_nothing_after_any_years() -> None:
    data = json.loads(TEXT)
    fields = ("town", "town_by_postcode", "house_name", "house_name_by_number")
    for field in fields:
        del data["comparisons"][field]
    for form in (2, 3, 4):
        older = read_model(json.dumps({**data, "format": form}), "older.json")
        weights = {
            older.bits(field, level, days) for field in fields for level in LEVELS[field] for days in (0, 900)
        }
        assert weights == {0.0}
        assert older.bits("phone", "same", 0) == shipped_model().bits("phone", "same", 0)
    with pytest.raises(PackError) as told:
        read_model(json.dumps(data), "own.json")
    assert "town.same" in " ".join(problem.where for problem in told.value.details)


def test_a_model_of_today_that_lacks_a_level_is_not_filled_in() -> None:
    data = json.loads(TEXT)
    del data["comparisons"]["address"]["neighbour"]
    with pytest.raises(PackError) as told:
        read_model(json.dumps(data), "own.json")
    assert "address.neighbour" in told.value.details[0].where


def test_whether_a_surname_is_distinctive_is_asked_of_the_model_in_use() -> None:
    data = json.loads(TEXT)
    assert not shipped_model().distinctive("SMITH")
    assert shipped_model().distinctive("FEATHERSTONE")
    learned = data | {"shares": {"forename": {}, "surname": {"FEATHERSTONE": 0.004, "SMITH": 0.001}}}
    model = read_model(json.dumps(learned), "learned.json")
    assert model.distinctive("SMITH")
    assert not model.distinctive("FEATHERSTONE")
