"""The words around names: titles, suffixes, particles, and what is typed when nobody was named."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from everycall.errors import InputError, Problems
from everycall.strict import Data, read_toml


class _File(Data):
    titles: tuple[str, ...]
    titles_behind: tuple[str, ...]
    suffixes: tuple[str, ...]
    suffixes_or_surnames: tuple[str, ...]
    also_known: tuple[str, ...]
    particles: tuple[str, ...]
    particles_and_forenames: tuple[str, ...]
    joined: tuple[str, ...]
    after_o: tuple[str, ...]
    not_names: tuple[str, ...]
    names_all_the_same: tuple[str, ...]
    further_names_of_many: tuple[str, ...]
    left_out_at_the_front: tuple[str, ...]
    family_first: tuple[str, ...]
    commonest_family_names: tuple[str, ...]
    forenames_besides: tuple[str, ...]
    chinese_surnames: tuple[str, ...]
    surname_endings: tuple[str, ...]
    his_and_hers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameWords:
    """The lists of ``data/name_words.toml``, in capitals.

    ``particles_only`` are no forenames; ``around_names`` stand around a name, or where nobody is named.
    """

    titles: frozenset[str]
    titles_behind: frozenset[str]
    suffixes: frozenset[str]
    suffixes_or_surnames: frozenset[str]
    also_known: frozenset[str]
    particles: frozenset[str]
    particles_and_forenames: frozenset[str]
    joined: frozenset[str]
    after_o: frozenset[str]
    not_names: frozenset[str]
    names_all_the_same: frozenset[str]
    further_names_of_many: frozenset[str]
    left_out_at_the_front: frozenset[str]
    family_first: frozenset[str]
    commonest_family_names: frozenset[str]
    forenames_besides: frozenset[str]
    chinese_surnames: frozenset[str]
    surname_endings: tuple[str, ...]
    his_and_hers: tuple[tuple[str, str], ...]
    particles_only: frozenset[str]
    around_names: frozenset[str]


_AROUND_NAMES = ("titles", "titles_behind", "suffixes", "also_known", "not_names")


@cache
def name_words() -> NameWords:
    """Return the lists, read once per process.

    Raises
    ------
    InputError
        With every problem: an unknown list, a word that is not in capitals.
    """
    problems = Problems()
    with as_file(files("everycall.identity").joinpath("data/name_words.toml")) as path:
        found = read_toml(path, _File, problems)
    lists = {} if found is None else found.model_dump()
    for key, words in lists.items():
        for word in words:
            if not word.replace(" ", "").isalpha() or word != word.upper() or not word.isascii():
                problems.add(f"name_words.toml {key}", f"'{word[:40]}' must be plain capital letters")
    problems.raise_if_any("the identity data cannot be used")
    if not lists:
        raise InputError("the identity data cannot be used")
    endings = tuple(lists.pop("surname_endings"))
    pairs = [pair.split(" ") for pair in lists.pop("his_and_hers")]
    sets = {key: frozenset(words) for key, words in lists.items()}
    return NameWords(
        **sets,
        surname_endings=endings,
        his_and_hers=tuple((his, hers) for his, hers in pairs),
        particles_only=sets["particles"] - sets["particles_and_forenames"],
        around_names=frozenset({"AND"}).union(*(sets[key] for key in _AROUND_NAMES)),
    )
