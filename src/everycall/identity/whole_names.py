"""How alike two whole names are: told in another order, or one of them by a single word that may be either name."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from everycall.identity.keys import sound_of
from everycall.identity.likeness import forename_level, surname_level, word_level
from everycall.identity.normalise.eastern_names import is_syllable
from everycall.identity.normalise.forenames import is_forename
from everycall.identity.normalise.frequencies import is_listed_surname

_LONG = 8
"""A whole name of so many letters may have a slip in it and still be told in another order."""
_ENOUGH = 5
"""Forenames run together to fewer letters must agree in each."""
_ALIKE = ("exact", "nickname", "similar")
_NOT_BY_ITSELF = ("different", "near", "initial")
"""Levels of a forename with which a word is likelier a surname, if it is like one."""


@lru_cache(maxsize=65_536)
def in_another_order(one: str, one_surname: str, other: str, other_surname: str) -> str | None:
    """Return how two whole names agree that do not agree name for name.

    Returns
    -------
    str | None
        ``transposed``: the same names in another order (Nguyen Van Minh, Minh Nguyen). ``part``: one's surname is
        among the further names of the other (Anna Smith Jones, Anna Smith), with one slip at most. None: neither.
    """
    if may_be_in_another_order(one, one_surname, other, other_surname) and _transposed(
        one, one_surname, other, other_surname
    ):
        return "transposed"
    return "part" if _a_half_of_the_other(one, one_surname, other, other_surname) else None


def _transposed(one: str, one_surname: str, other: str, other_surname: str) -> bool:
    mine, theirs = [*one.split(" "), *one_surname.split(" ")], [*other.split(" "), *other_surname.split(" ")]
    whole, other_whole = "".join(mine), "".join(theirs)
    return (
        _turned(mine, other_whole)
        or _turned(theirs, whole)
        or _crossed(mine, theirs)
        or _crossed(theirs, mine)
        or _family_first(one, one_surname, theirs)
        or _family_first(other, other_surname, mine)
    )


def _a_half_of_the_other(one: str, one_surname: str, other: str, other_surname: str) -> bool:
    """Say whether a surname is among the further names of the other, behind one forename, as a half is."""
    forenames, other_forenames = one.split(" "), other.split(" ")
    if not (_among(one_surname, other_forenames[1:]) or _among(other_surname, forenames[1:])):
        return False
    return forename_level(forenames[0], other_forenames[0]) not in ("different", "near")


def _among(surname: str, further_names: list[str]) -> bool:
    """Say whether a surname is one of the names behind the first, with one slip at most in four letters or more."""
    return any(surname == name or _but_for_a_slip(surname, name) for name in further_names)


def _but_for_a_slip(surname: str, name: str) -> bool:
    if min(len(surname), len(name)) < 4 or surname[0] != name[0]:
        return False
    if OSA.distance(surname, name, score_cutoff=1) > 1 or (is_forename(name) and not is_listed_surname(name)):
        return False  # JOHN MARK POBJOY is called MARK, and is no MARKS
    return not (_is_a_name(surname) and _is_a_name(name))  # a slip seldom makes another name: WOOD, WOODS


def _is_a_name(word: str) -> bool:
    return is_listed_surname(word) or is_forename(word) or is_syllable(word)


def may_be_in_another_order(one: str, one_surname: str, other: str, other_surname: str) -> bool:
    """Say whether a name of one stands, or sounds as, in the other place of the other; the sweep asks it in SQL."""
    if f" {one_surname} " in f" {other} " or f" {other_surname} " in f" {one} ":
        return True
    if sound_of(one) == sound_of(other_surname) or sound_of(other) == sound_of(one_surname):
        return True
    whole = (one + one_surname).replace(" ", "")
    other_whole = (other + other_surname).replace(" ", "")
    return other_whole.find(whole[:3]) > 0 or whole.find(other_whole[:3]) > 0


def _turned(names: list[str], whole: str) -> bool:
    """Say whether names, told from another of them on, run together to ``whole``, with a slip in a long one."""
    slips = 1 if len(whole) >= _LONG else 0
    for first in range(1, len(names)):
        told = "".join(names[first:] + names[:first])
        if abs(len(told) - len(whole)) <= slips and OSA.distance(told, whole, score_cutoff=slips) <= slips:
            return True
    return False


def _family_first(forenames: str, surname: str, names: list[str]) -> bool:
    """Say whether names are a surname and then its forenames, each as it may be spelled: LEE SIU WING, SIUWING LI."""
    return any(
        surname_level(surname, " ".join(names[:first])) in ("exact", "similar")
        and _all_alike(forenames.split(" "), names[first:])
        for first in range(1, len(names))
    )


def _all_alike(mine: list[str], theirs: list[str]) -> bool:
    """Say whether all forenames are those of the other, one by one or run together; one in common is not enough."""
    whole, other = "".join(mine), "".join(theirs)
    if len(mine) == len(theirs):
        return all(word_level(a, b) in _ALIKE for a, b in zip(mine, theirs, strict=True))
    return whole == other or (
        min(len(whole), len(other)) >= _ENOUGH and word_level(whole, other) == "similar"
    )


def _crossed(mine: list[str], theirs: list[str]) -> bool:
    """Say whether all of the fewer names of ``mine`` stand among ``theirs``, each once, the first not in its place."""
    if len(mine) > len(theirs) or len(mine) < 2 or mine[0] == theirs[0] or any(len(n) == 1 for n in mine):
        return False
    left = list(theirs)
    same = 0
    for name in mine:
        found = next((other for other in left if other == name), None)
        if found is None:
            found = next((other for other in left if _one_name(name, other)), None)
        else:
            same += 1
        if found is None:
            return False
        left.remove(found)
    return same > 0 or sound_of(mine[0]) in map(sound_of, theirs)


def _one_name(one: str, other: str) -> bool:
    return word_level(one, other) in ("nickname", "similar") or surname_level(one, other) == "similar"


def same_behind_the_first(one: str, one_surname: str, other: str, other_surname: str) -> bool:
    """Say whether two names are the same letters behind the first forename, wherever the surname is taken to begin.

    OLIVER LEWIS-ROGERS and OLIVER LEWIS ROGERS; NASSER A LMASRI and NASSER AL MASRI. The sweep asks it in SQL.
    """
    return _behind(one, one_surname) == _behind(other, other_surname)


def _behind(forenames: str, surname: str) -> str:
    return (forenames.partition(" ")[2] + surname).replace(" ", "")


def of_one_word(
    mine: tuple[str, str], theirs: tuple[str, str], forename: str, surname: str
) -> tuple[str | None, str | None]:
    """Return the levels of forename and surname where one of two is told by a single word, which may be either.

    Parameters
    ----------
    mine, theirs
        Forenames with spaces between, and surname. One word stands in both places (`everycall.identity.mention`).
    forename, surname
        The levels name for name.

    Notes
    -----
    The word is held to the name that it is more like; the other was not told, and None says so: FAISAL is no other
    forename than that of BASHIR FAISAL, nor SHAUN another surname than that of SHAUN FLETCHER. Of two that are
    told by one word, and of two that are not, both levels stand.
    """
    if (mine[0] == mine[1]) == (theirs[0] == theirs[1]):
        return forename, surname
    if surname == "different":
        return forename, None
    return (None if forename in _NOT_BY_ITSELF else forename), surname


def one_by_surname(one: str, one_surname: str, other: str, other_surname: str) -> bool:
    """Say whether two of other forenames may be one all the same: told in another order, or by the surname alone."""
    if in_another_order(one, one_surname, other, other_surname) == "transposed":
        return True
    if (one == one_surname) == (other == other_surname):
        return False
    return surname_level(one_surname, other_surname) != "different"
