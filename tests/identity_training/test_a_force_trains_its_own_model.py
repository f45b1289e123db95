"""What is learned comes from the history, by person and by a seed; what was hardly seen keeps to the default."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import histories
import pytest

from everycall.errors import InputError, PackError
from everycall.identity.artefact import seal, unseal
from everycall.identity.model import LEVELS, Model, shipped_model
from everycall.store.people import COLUMNS
from everycall.training.train import Trained, train


def learn(rows: list[tuple[Any, ...]]) -> Trained:
    engine = histories.engine_with(rows)
    try:
        return train(
            engine,
            shipped_model(),
            histories.limits(),
            "trained in a test",
            most=100_000,
            seed=3,
            random_pairs=100_000,
        )
    finally:
        engine.close()


@pytest.fixture(scope="module")
def history() -> list[tuple[Any, ...]]:
    return histories.rows(persons=1_100, calls_each=4, seed=5, most_frequent=120)


@pytest.fixture(scope="module")
def trained(history: list[tuple[Any, ...]]) -> Trained:
    return learn(history)


@pytest.fixture(scope="module")
def model(trained: Trained) -> Model:
    return unseal(seal(trained.data), "model.json")


def test_every_level_has_m_and_u_and_those_of_one_kind_add_up(model: Model) -> None:
    assert {field: tuple(levels) for field, levels in model.levels.items()} == LEVELS
    for field in (name for name in LEVELS if name != "born"):
        for share in ("m", "u"):
            assert sum(getattr(level, share) for level in model.levels[field].values()) == pytest.approx(
                1, abs=1e-6
            )


def test_slips_and_moves_of_the_history_are_learned(model: Model) -> None:
    surname, phone = model.levels["surname"], model.levels["phone"]
    assert 0.1 < surname["similar"].m < 0.35  # one in ten has a slip, so nearly one pair in five
    assert 0.6 < phone["same"].m <= 1.0
    assert 0.7 < phone["same"].stay_a_year < 0.9  # four in five keep their number for a year
    assert 0.85 < model.levels["address"]["dwelling"].stay_a_year < 0.97  # nine in ten, on 1,800 pairs


def test_what_never_occurs_keeps_to_the_default(model: Model) -> None:
    shipped = shipped_model().levels
    for level in LEVELS["email"]:
        assert model.levels["email"][level].m == pytest.approx(shipped["email"][level].m)
        assert model.levels["email"][level].u == pytest.approx(shipped["email"][level].u)


def test_a_frequent_caller_does_not_make_a_name_common(model: Model) -> None:
    assert "FREQUENT" not in model.shares["surname"]
    assert model.share("surname", "FREQUENT") == model.unlisted_share["surname"]


def test_nobody_is_written_down_whom_fewer_than_five_share_a_name_with(trained: Trained) -> None:
    text = seal(trained.data)
    assert "FREQUENT" not in text
    assert "home " not in text


def test_the_same_history_and_seed_make_the_same_bytes(
    history: list[tuple[Any, ...]], trained: Trained
) -> None:
    again = learn(list(reversed(history)))
    assert {k: v for k, v in again.data.items() if k != "splink"} == {
        k: v for k, v in trained.data.items() if k != "splink"
    }


@pytest.mark.parametrize("persons", [0, 200])
def test_a_history_too_small_is_refused(persons: int) -> None:
    with pytest.raises(InputError) as refused:
        learn(histories.rows(persons, 2, seed=1))
    assert "too small" in refused.value.message


def test_a_model_altered_by_hand_is_refused(trained: Trained) -> None:
    data = json.loads(seal(trained.data))
    data["comparisons"]["phone"]["same"]["m"] = 0.5
    with pytest.raises(PackError) as refused:
        unseal(json.dumps(data), "model.json")
    assert "altered" in str(refused.value.details[0])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99}'])
def test_what_is_no_model_of_this_version_is_refused(text: str) -> None:
    with pytest.raises(PackError):
        unseal(text, "model.json")


def test_a_level_that_was_not_learned_is_not_written(trained: Trained) -> None:
    data = json.loads(json.dumps(trained.data))
    del data["comparisons"]["phone"]["same"]["u"]
    with pytest.raises(PackError):
        seal(data)


def of_one_name(rest: bool) -> list[tuple[Any, ...]]:
    some = histories.rows(1_100, 2, seed=1)
    return [(*row[:4], "JOHN", "SMITH", *(row[6:15] if rest else (None,) * 9), *row[15:]) for row in some]


def test_a_history_of_one_name_learns_that_the_name_says_little() -> None:
    model = unseal(seal(learn(of_one_name(rest=True)).data), "model.json")
    assert model.levels["born"]["same"].bits() > 0 > model.levels["born"]["different"].bits()
    assert model.levels["surname"]["exact"].bits(model.share("surname", "SMITH")) < 3


@pytest.mark.parametrize("named", [True, False], ids=["one name and nothing else", "nobody named"])
def test_a_history_that_tells_nobody_apart_is_too_small_to_learn_from(named: bool) -> None:
    some = of_one_name(rest=False)
    with pytest.raises(InputError) as refused:
        learn(some if named else [(*row[:4], None, None, *row[6:]) for row in some])
    assert "too small" in refused.value.message


def homes_of_strangers(rows: list[tuple[Any, ...]]) -> dict[str, float]:
    numbered = [(n, f"CC-{n}", *row[2:]) for n, row in enumerate(rows, 1)]
    learned = unseal(seal(learn(numbered).data), "model.json").levels["address"]
    return {name: level.u for name, level in learned.items()}


def dwelling_of_strangers(rows: list[tuple[Any, ...]]) -> float:
    return homes_of_strangers(rows)["dwelling"]


def at_home(row: tuple[Any, ...], born: str, home: str) -> tuple[Any, ...]:
    return (*row[:6], born, *row[7:11], home, *row[12:])


def test_one_human_held_apart_as_two_does_not_make_strangers_seem_to_share_homes() -> None:
    some = histories.rows(persons=1_100, calls_each=2, seed=5)
    years = [(row, 1911 + n % 80) for n, row in enumerate(some[:600])]
    alone = [at_home(row, f"{year}-11-11", f"home of {n}") for n, (row, year) in enumerate(years)]
    twice = [at_home(row, f"{year}-05-02", f"home of {n}") for n, (row, year) in enumerate(years)]
    assert dwelling_of_strangers([*some, *alone, *twice]) < 1.5 * dwelling_of_strangers([*some, *alone])


def test_families_of_one_home_still_tell_how_often_two_humans_share_one() -> None:
    some = histories.rows(persons=1_100, calls_each=2, seed=5)
    families = [(*row[:11], f"home {n // 4}", *row[12:]) for n, row in enumerate(some)]
    assert dwelling_of_strangers(families) > 3 * dwelling_of_strangers(some)


def test_strangers_of_one_number_in_two_streets_of_a_postcode_are_not_taken_for_strangers_of_one_home() -> (
    None
):
    rows = []
    for n, row in enumerate(histories.rows(persons=1_100, calls_each=2, seed=5)):
        person = n // 2
        home, street = f"PE13 9ZZ {person // 2 + 1}", ("LARCH ROAD", "MILL LANE")[person % 2]
        rows.append((*row[:11], home, home, street, *row[14:]))
    learned = homes_of_strangers(rows)
    assert learned["same_number"] > 10 * learned["dwelling"]


TOWN = COLUMNS.index("town")


def in_a_town(row: tuple[Any, ...], postcode: str | None, town: str | None) -> tuple[Any, ...]:
    return (*row[:10], postcode, *row[11:TOWN], town, *row[TOWN + 1 :])


def test_what_a_town_says_is_learned_where_no_postcode_tells_it_and_that_it_says_nothing_where_one_does() -> (
    None
):
    rows, rng = [], Random(5)
    for n, row in enumerate(histories.rows(persons=1_100, calls_each=4, seed=5)):
        of = n // 4 % 20 if rng.random() < 0.95 else rng.randrange(20)
        postcode = f"{'ABCDEFGHIJKLMNOPQRST'[of] * 4} 9ZZ" if rng.random() < 0.6 else None
        rows.append(in_a_town(row, postcode, f"{'ABCDEFGHIJKLMNOPQRST'[of] * 6}"))
    learned = unseal(seal(learn(rows).data), "model.json")
    town, beside = learned.levels["town"], learned.levels["town_by_postcode"]
    assert town["same"].u == pytest.approx(0.05, abs=0.02)
    assert town["same"].bits() > 3.5
    assert town["different"].bits() < -2
    assert abs(beside["same"].bits()) < 0.7
    assert learned.levels["house_name"]["same"].m == pytest.approx(
        shipped_model().levels["house_name"]["same"].m
    )
