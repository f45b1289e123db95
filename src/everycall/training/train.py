"""Training: from the history linked by the model in use, a new model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from everycall import __version__
from everycall.identity.model import LEVELS, Model
from everycall.identity.rules import Search
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.levels import BESIDE, LEVEL_OF
from everycall.sweep.linking import persons, score_history
from everycall.sweep.strong import strong_pairs
from everycall.training.comparisons import FIELDS, LEVELS_OF
from everycall.training.evidence import weigh
from everycall.training.fading import keeping
from everycall.training.names import shares
from everycall.training.sample import need_pairs, take_sample
from everycall.training.with_splink import MATCHED_ON, agreement_of_one, random_agreement

_FADES = {"phone": "same", "email": "same", "address": "dwelling", "town": "same", "house_name": "same"}
_STAYS = {field: (level,) for field, level in _FADES.items()} | {"address": ("dwelling", "same_number")}
"""Levels that people leave: all of a field by the share of a year that is learned of its ``_FADES``."""
_ONE_EVENT = ("transposed",)
"""Names in the other order are one event seen in two fields; learned apart it would count twice: not learned."""
_EQUALS = {
    "born": ("same", "born"),
    "phone": ("same", "phone"),
    "email": ("same", "email"),
    "address": ("dwelling", "dwelling"),
}
"""Agreements so rare that two million random pairs hardly show them: they are counted over all pairs of strangers."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model ready to be sealed, and what it was learned from."""

    data: dict[str, Any]
    mentions: int
    persons: int


def train(
    engine: DuckDB,
    model: Model,
    limits: Search,
    name: str,
    most: int,
    seed: int,
    random_pairs: int = 2_000_000,
) -> Trained:
    """Learn a model from ``mention`` and ``mention_key``.

    Parameters
    ----------
    model
        The one in use: it tells who is who to begin with, and what to hold to where little was seen.
    most
        How many mentions to learn from at most, drawn by person.
    random_pairs
        How many pairs of strangers to look at.

    Raises
    ------
    InputError
        When the history is too small.
    """
    score_history(engine, model, limits, wider=False)
    mentions, people = take_sample(engine, persons(engine, limits).leader, most, seed)
    for fields in MATCHED_ON:
        need_pairs(engine, fields)
    default = _default(model)
    engine.make("surely", f"SELECT * FROM scored WHERE {strong_pairs(limits)}")
    seen_u = random_agreement(engine, random_pairs, seed)
    strangers = _how_many(engine)
    drawn = min(random_pairs, strangers * (strangers - 1) / 2)
    u = {
        field: _weighed(
            seen_u[field], drawn * _both(engine, field), default[field]["u"], _counted(engine, field)
        )
        for field in FIELDS
    }
    seen_m, splink_model = agreement_of_one(engine, u)
    matched = {field: _matched(engine, field) for field in FIELDS}
    m = {field: _weighed(seen_m[field], matched[field], default[field]["m"]) for field in FIELDS}
    stay = _fading(engine, m)
    listed, unlisted = shares(engine)
    comparisons = {
        field: {level: _level(model, field, level, m, u, stay, matched) for level in names}
        for field, names in LEVELS.items()
    }
    data = {
        "name": name,
        "about": "Trained by 'everycall identity train' on a force's own history.",
        "comparisons": comparisons,
        "unlisted_share": unlisted,
        "shares": listed,
        "trained_on": {
            "mentions": mentions,
            "persons": people,
            "most": most,
            "seed": seed,
            "from_model": model.sha256,
        },
        "made_with": {"everycall": __version__, "splink": version("splink"), "duckdb": version("duckdb")},
        "splink": splink_model,
    }
    return Trained(data, mentions, people)


def _default(model: Model) -> dict[str, dict[str, dict[str, float]]]:
    found: dict[str, dict[str, dict[str, float]]] = {}
    for field, levels in LEVELS_OF.items():
        have = model.levels["born" if field == "age" else field]
        found[field] = {p: {level: getattr(have[level], p) for level in levels} for p in ("m", "u")}
    return found


def _weighed(
    learned: Mapping[str, float | None],
    pairs: float,
    default: Mapping[str, float],
    counted: Mapping[str, tuple[float, float]] | None = None,
) -> dict[str, float]:
    """Return the share of each level, by what was learned and the default.

    Parameters
    ----------
    counted
        Of levels counted over all pairs: the share, and of how many pairs.
    """
    kept = {level: share for level, share in default.items() if level in _ONE_EVENT}
    rest = {level: share for level, share in default.items() if level not in _ONE_EVENT}
    room = (1 - sum(kept.values())) / sum(rest.values())
    shares = weigh(learned, pairs, rest)
    for level, (share, of) in (counted or {}).items():
        shares[level] = weigh({level: share, "": 1 - share}, of, {level: rest[level], "": 1 - rest[level]})[
            level
        ]
    room *= sum(rest.values()) / sum(shares.values())
    return {**{k: v * room for k, v in shares.items()}, **kept}


def _both(engine: DuckDB, field: str) -> float:
    """Return the share of random pairs in which a field can be compared."""
    if field == "age":  # where either lacks a birth date
        return _have(engine, "years_old") ** 2 - _have(engine, "born") ** 2
    if field in BESIDE:
        return _seen(engine, field)
    return (
        _have(engine, "coalesce(dwelling, building, postcode, street)" if field == "address" else field) ** 2
    )


def _seen(engine: DuckDB, field: str) -> float:
    """Return the share of strangers, each beside another, of whom a level can be told."""
    pairs = (
        "WITH numbered AS (SELECT *, row_number() OVER (ORDER BY md5(CAST(n AS VARCHAR)), n) AS place FROM stranger) "
        f"SELECT avg(CASE WHEN ({LEVEL_OF[field]}) IS NULL THEN 0e0 ELSE 1e0 END) AS share "
        "FROM numbered a JOIN numbered b ON b.place - a.place BETWEEN 1 AND 10"
    )
    return float(engine.get(pairs).column("share")[0].as_py() or 0.0)


def _have(engine: DuckDB, column: str) -> float:
    found = engine.get(f"SELECT avg(CASE WHEN {column} IS NULL THEN 0e0 ELSE 1e0 END) AS share FROM stranger")
    return float(found.column("share")[0].as_py())


def _how_many(engine: DuckDB) -> int:
    return int(engine.get("SELECT count(*) AS many FROM stranger").column("many")[0].as_py())


def _counted(engine: DuckDB, field: str) -> dict[str, tuple[float, float]]:
    """Return how often two strangers have the same value, over all pairs of those who have one, and how many pairs."""
    if field not in _EQUALS:
        return {}
    level, column = _EQUALS[field]
    people = _have(engine, column) * _how_many(engine)
    pairs = people * (people - 1) / 2
    if pairs <= 0:
        return {}
    same = _sum(
        engine,
        f"SELECT count(*) AS many FROM stranger WHERE {column} IS NOT NULL GROUP BY {column}",
        "many * (many - 1) / 2",
    )
    seen = {level: same}
    if field == "address":
        seen["same_number"] = _sum(engine, _IN_ANOTHER_STREET, "many")
        seen[level] -= seen["same_number"]
    return {name: (many / pairs, pairs) for name, many in seen.items()}


_IN_ANOTHER_STREET = """
WITH told AS (SELECT dwelling, house, street, count(*) AS many FROM stranger
 WHERE dwelling IS NOT NULL AND street IS NOT NULL AND substr(house, 1, 1) <> '@' GROUP BY 1, 2, 3)
SELECT a.many * b.many AS many FROM told a JOIN told b ON a.dwelling = b.dwelling AND a.street < b.street
WHERE street_level(a.street, b.street) = 'different'"""


def _sum(engine: DuckDB, query: str, what: str) -> float:
    found = engine.get(f"SELECT coalesce(cast(sum({what}) AS DOUBLE), 0e0) AS many FROM ({query}) AS counted")
    return float(found.column("many")[0].as_py())


def _matched(engine: DuckDB, field: str) -> float:
    """Return how many pairs of the sample, surely one human, can be compared in a field."""
    column = "born" if field == "age" else field
    kind = {"age": "IN ('age', 'age_differs')", "born": "NOT IN ('age', 'age_differs')"}.get(
        field, "IS NOT NULL"
    )
    found = engine.get(
        f"SELECT count(*) AS pairs FROM surely s JOIN record a ON a.n = s.a JOIN record b ON b.n = s.b "
        f"WHERE {_level_of(column)} {kind}"
    )
    return float(found.column("pairs")[0].as_py())


def _level_of(field: str) -> str:
    """Return the level (SQL) of a pair ``s`` of ``a`` and ``b``: kept of it, or told again where it is not kept."""
    return f"({LEVEL_OF[field]})" if field in BESIDE else f"s.{field}"


def _fading(engine: DuckDB, m: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return the share of people who keep a phone or home for a year; put m as it is when no time has passed."""
    stays = {}
    for field, level in _FADES.items():
        found_as = _level_of(field)
        rows = engine.get(
            f"SELECT floor(s.days / 182.625e0) / 2 + 0.25e0 AS years, count(*) AS pairs, "
            f"sum(CASE WHEN {found_as} = '{level}' THEN 1 ELSE 0 END) AS agree FROM surely s "
            "JOIN record a ON a.n = s.a JOIN record b ON b.n = s.b WHERE s.forename = 'exact' AND s.surname = 'exact' "
            f"AND s.born = 'same' AND {found_as} IS NOT NULL AND NOT a.phone_shared GROUP BY 1 ORDER BY 1"
        ).to_pylist()
        found = keeping([(row["years"], row["pairs"], int(row["agree"])) for row in rows])
        if found is None:
            continue
        at_once, stays[field] = found
        room = (1 - at_once) / (1 - m[field][level])
        m[field] = {name: at_once if name == level else share * room for name, share in m[field].items()}
    return stays


def _level(
    model: Model,
    field: str,
    level: str,
    m: dict[str, dict[str, float]],
    u: dict[str, dict[str, float]],
    stay: dict[str, float],
    matched: dict[str, float],
) -> dict[str, Any]:
    of = "age" if level in LEVELS_OF["age"] else field
    before = model.levels[field][level]
    data: dict[str, Any] = {
        "m": min(m[of][level], 1.0),
        "u": min(u[of][level], 1.0),
        "source": f"learned, {matched[of]:.0f} pairs"
        if level not in _ONE_EVENT
        else "kept from the model before",
    }
    if before.by_frequency:
        data["by_frequency"] = True
    if level in _STAYS.get(field, ()):
        data["stay_a_year"] = stay.get(field, before.stay_a_year)
    return data
