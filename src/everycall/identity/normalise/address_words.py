"""The words of British addresses: streets, buildings, flats, floors, and what is no address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from everycall.errors import InputError, Problems
from everycall.strict import Data, read_toml


class _File(Data):
    streets: tuple[str, ...]
    streets_or_places: tuple[str, ...]
    streets_of_one_word: tuple[str, ...]
    buildings: tuple[str, ...]
    businesses: tuple[str, ...]
    communal: tuple[str, ...]
    boats: tuple[str, ...]
    flats: tuple[str, ...]
    units: tuple[str, ...]
    units_at_the_start: tuple[str, ...]
    units_of_business: tuple[str, ...]
    floors: tuple[str, ...]
    floors_alone: tuple[str, ...]
    beside: tuple[str, ...]
    junctions: tuple[str, ...]
    ignored: tuple[str, ...]
    not_addresses: tuple[str, ...]
    saints: tuple[str, ...]
    small_in_towns: tuple[str, ...]
    counties: tuple[str, ...]
    short: dict[str, str]
    short_in_towns: dict[str, str]


@dataclass(frozen=True, slots=True)
class AddressWords:
    """The lists of ``data/address_words.toml``, in capitals.

    ``any_street``, ``any_flat``, ``flat_or_short`` and ``building_ends`` bring together lists that are looked up
    together.
    """

    streets: frozenset[str]
    streets_or_places: frozenset[str]
    streets_of_one_word: frozenset[str]
    buildings: frozenset[str]
    businesses: frozenset[str]
    communal: tuple[str, ...]
    boats: frozenset[str]
    flats: frozenset[str]
    units: frozenset[str]
    units_at_the_start: frozenset[str]
    units_of_business: frozenset[str]
    floors: frozenset[str]
    floors_alone: frozenset[str]
    beside: frozenset[str]
    junctions: frozenset[str]
    ignored: frozenset[str]
    not_addresses: frozenset[str]
    saints: frozenset[str]
    small_in_towns: frozenset[str]
    counties: frozenset[str]
    short: dict[str, str]
    short_in_towns: dict[str, str]
    any_street: frozenset[str]
    any_flat: frozenset[str]
    flat_or_short: frozenset[str]
    building_ends: frozenset[str]


_MANY_WORDS = ("communal", "beside", "ignored", "not_addresses", "counties")
_SHORT = ("short", "short_in_towns")


@cache
def address_words() -> AddressWords:
    """Return the lists, read once per process.

    Raises
    ------
    InputError
        With every problem: an unknown list, a word not in capitals, a word twice in a list.
    """
    problems = Problems()
    with as_file(files("everycall.identity").joinpath("data/address_words.toml")) as path:
        found = read_toml(path, _File, problems)
    lists = (
        {} if found is None else {key: getattr(found, key) for key in _File.model_fields if key not in _SHORT}
    )
    for key, words in lists.items():
        for word in words:
            if word != word.upper() or not word.isascii() or not word.replace(" ", "").isalnum():
                problems.add(f"address_words.toml {key}", f"'{word[:40]}' must be plain capital letters")
            if " " in word and key not in _MANY_WORDS:
                problems.add(f"address_words.toml {key}", f"'{word[:40]}' must be one word")
        for word in sorted({word for word in words if words.count(word) > 1}):
            problems.add(f"address_words.toml {key}", f"'{word[:40]}' stands twice")
    problems.raise_if_any("the identity data cannot be used")
    if found is None:
        raise InputError("the identity data cannot be used")
    sets = {key: frozenset(words) for key, words in lists.items() if key != "communal"}
    any_flat = sets["flats"] | sets["units"]
    return AddressWords(
        **sets,
        communal=tuple(f" {phrase} " for phrase in found.communal),
        short=dict(found.short),
        short_in_towns=dict(found.short_in_towns),
        any_street=sets["streets"] | sets["streets_or_places"],
        any_flat=any_flat,
        flat_or_short=any_flat | {short for short, whole in found.short.items() if whole in any_flat},
        building_ends=sets["buildings"]
        | sets["businesses"]
        | {phrase.split()[-1] for phrase in found.communal},
    )
