"""Homes compared: each two that meet once, however many pairs of mentions have them."""

from __future__ import annotations

from everycall.identity.homes import house_level, postcode_level, street_level
from everycall.identity.model import Model
from everycall.sweep.engine import Engine
from everycall.sweep.levels import LEVEL_OF, NEAR
from everycall.sweep.weights import AT_HOME, put_homes

_BOTH = "FROM home_pair p JOIN home a ON a.home = p.a_home JOIN home b ON b.home = p.b_home"


def ask_of_homes(engine: Engine) -> None:
    """Ask the live comparison once of each pair of streets, houses and postcodes that meet and are not simply equal."""
    engine.make("home_pair", "SELECT DISTINCT a_home, b_home FROM met")
    asked = (
        ("street", f"a.street <> b.street AND (a.house = b.house OR ({NEAR}))", street_level),
        ("house", f"a.house <> b.house AND {NEAR}", house_level.__wrapped__),
        ("postcode", "a.house = b.house AND a.postcode <> b.postcode", postcode_level),
    )
    for column, where, level in asked:
        pairs = f"SELECT DISTINCT a.{column} AS one, b.{column} AS other {_BOTH} WHERE {where}"
        engine.judge(f"{column}_level", pairs, level)


def compare_homes(engine: Engine, model: Model, days: int) -> None:
    """Make ``home_level`` of each two homes that meet: where the bits of what they are stand in ``home_fading``."""
    levels = ", '|', ".join(f"coalesce({LEVEL_OF[field]}, '')" for field in AT_HOME)
    engine.make(
        "home_told",
        f"SELECT p.a_home, p.b_home, concat({levels}) AS levels {_BOTH} "
        "LEFT JOIN street_level t ON t.one = a.street AND t.other = b.street "
        "LEFT JOIN house_level h ON h.one = a.house AND h.other = b.house "
        "LEFT JOIN postcode_level c ON c.one = a.postcode AND c.other = b.postcode",
    )
    put_homes(engine, model, days)
    engine.make(
        "home_level",
        "SELECT t.a_home, t.b_home, k.place FROM home_told t JOIN home_kind k ON k.levels = t.levels",
    )
    for name in ("home_pair", "home_told"):
        engine.drop(name)
