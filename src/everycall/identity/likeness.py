"""How alike two names are: forename to forename, surname to surname."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from everycall.identity.keys import sound_of
from everycall.identity.normalise.eastern_names import is_syllable
from everycall.identity.normalise.forenames import forenames_like, is_forename, same_forename_family
from everycall.identity.normalise.name_words import name_words
from everycall.identity.normalise.surnames import one_surname, surnames_like

_SIMILAR_FORENAME = 0.90
_SIMILAR_SURNAME = 0.88
_SHORT = 5
"""In words up to this length the first letter must agree: Hanh is not Khanh, nor Minh Linh."""
_SOUNDS_ALIKE = 0.8
_KEPT = 65_536
_ARTICLES = ("AL", "EL", "UL", "UR")
_ARTICLES_APART = tuple(f"{article} " for article in _ARTICLES)


def _alike(one: str, other: str, enough: float) -> bool:
    """Say whether two words may be one, with a slip of hand or ear."""
    shorter = min(len(one), len(other))
    if shorter <= _SHORT and one[0] != other[0]:
        return False
    if JaroWinkler.similarity(one, other) >= enough:
        return True
    return shorter > 3 and one[0] == other[0] and OSA.distance(one, other, score_cutoff=1) <= 1


@lru_cache(maxsize=_KEPT)
def word_level(one: str, other: str) -> str:
    """Return how alike two words are as forenames: exact, nickname, initial, similar, near or different."""
    if one == other:
        return "exact" if len(one) > 1 else "initial"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else "different"
    if (
        same_forename_family(one, other)
        or one_surname(one, other)
        or _short_form(one, other)
        or _short_form(other, one)
    ):
        return "nickname"
    if not _alike(one, other, _SIMILAR_FORENAME):
        if _slip_for(one, other, forenames_like) or _slip_for(other, one, forenames_like):
            return "similar"
        return _no_name_for_a_name(one, other)
    # a slip seldom makes another name: Paul and Paula, Jean and Joan are two people more often than one
    return "near" if is_forename(one) and is_forename(other) else "similar"


def _slip_for(one: str, other: str, spellings: Callable[[str, str], tuple[str, ...]]) -> bool:
    """Say whether a word no list has is a slip for another spelling of ``other``: KAHLID, of KHALID, for KHALED."""
    if len(one) < _SHORT or spellings(one, one[0]):
        return False
    return any(
        one != spelling and OSA.distance(one, spelling, score_cutoff=1) <= 1
        for spelling in spellings(other, one[0])
    )


def _no_name_for_a_name(one: str, other: str) -> str:
    """Return how alike two words are of which one is a forename and no list has the other: it may be a slip for it.

    ``similar``: what an ear (MOREEN) or a scanner (KWARNE) makes of it, or a letter left out of four (JHN). ``near``,
    asked about: one slip of any kind, also in the first letter or in three (GAUL, ZOR).
    """
    if is_forename(one) == is_forename(other) or min(len(one), len(other)) < 3:
        return "different"
    if _as_scanned(one) == _as_scanned(other):
        return "similar"
    if one[0] == other[0] and min(len(one), len(other)) > 3 and sound_of(one) == sound_of(other):
        return "similar" if JaroWinkler.similarity(one, other) >= _SOUNDS_ALIKE else "near"
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return "different"
    left_out = sorted(map(len, (one, other))) == [3, 4] and one[0] == other[0]
    unlisted = other if is_forename(one) else one
    return "similar" if left_out and len(unlisted) == 3 and not is_syllable(unlisted) else "near"


def _as_scanned(name: str) -> str:
    return name.replace("RN", "M").replace("VV", "W").replace("CL", "D").replace("II", "U")


def _short_form(long: str, short: str) -> bool:
    """Say whether a name is another without the word it begins with: OLUMIDE and MIDE, AL HASSAN and HASSAN."""
    return (
        len(short) > 2
        and long.endswith(short)
        and long.removesuffix(short) in name_words().left_out_at_the_front
    )


@lru_cache(maxsize=_KEPT)
def forename_level(one: str, other: str) -> str:
    """Return how alike what two people were called is: exact, nickname, initial, similar, near or different.

    Parameters
    ----------
    one, other
        Forenames as told, with spaces between: ``JOHN``, ``MARY ANN``. The first decides; another that is the
        other's first is a name somebody is known by. Whoever is told with quite other further names (Mohammed Ali,
        Mohammed Bilal) is ``near``: asked about, not asserted.
    """
    mine, theirs = one.split(" "), other.split(" ")
    if len(mine) == len(theirs) == 1:
        return word_level(one, other)
    level = word_level(mine[0], theirs[0])
    if level == "exact":
        return "near" if _further_names_differ(mine[1:], theirs[1:]) else "exact"
    if level == "initial" and len(mine[0]) == len(theirs[0]):
        return level
    joined, other_joined = "".join(mine), "".join(theirs)
    if joined == other_joined and min(len(mine[0]), len(theirs[0])) > 1:
        return "exact"
    if level in ("different", "near"):
        if mine[0] == other_joined or theirs[0] == joined:
            return "exact"  # ABDULRAHMAN HASSAN, ABDUL RAHMAN
        if mine[0] in theirs[1:] or theirs[0] in mine[1:]:
            return "nickname"  # known by a middle name
        if len(mine) != len(theirs) and min(len(joined), len(other_joined)) >= _SHORT:
            return "similar" if _alike(joined, other_joined, _SIMILAR_FORENAME) else level  # HAR RISON
    return level


def _further_names_differ(mine: list[str], theirs: list[str]) -> bool:
    ignored = name_words().further_names_of_many
    some, others = ([name for name in names if name not in ignored] for names in (mine, theirs))
    return bool(
        some and others and all(word_level(a, b) in ("different", "near") for a in some for b in others)
    )


@lru_cache(maxsize=_KEPT)
def surname_level(one: str, other: str) -> str:
    """Return how alike two surnames are: exact, part (of a double-barrelled one), similar or different."""
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return "exact"
    parted = " " in one or " " in other
    mine, theirs = one.split(), other.split()
    if parted and sorted(mine) == sorted(theirs):
        return "exact"  # EDWARDS JONES, JONES EDWARDS
    if parted and set(mine) & set(theirs) - _no_names_alone():
        return "part"
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if len(shorter) >= _SHORT <= len(longer) - len(shorter) and longer.startswith(shorter) | longer.endswith(
        shorter
    ):
        return "part"  # run together: LEWISJACKSON
    if _one_family(one, other):
        return "similar"
    if _alike(one, other, _SIMILAR_SURNAME) or (len(one) > 3 and sound_of(one) == sound_of(other)):
        return "similar"
    if _slip_for(one, other, surnames_like) or _slip_for(other, one, surnames_like):
        return "similar"
    return "part" if parted and _part_with_a_slip(one, other) else "different"


@cache
def _no_names_alone() -> frozenset[str]:
    return name_words().particles | name_words().further_names_of_many


def _one_family(one: str, other: str) -> bool:
    """Say whether two surnames are one by the lists, an article apart (AL MASRI, EL MASRY, MASRI)."""
    mine, theirs = _without_article(one), _without_article(other)
    # many surnames are somebody's forename, and are spelled as variously
    if one_surname(one, other) or same_forename_family(one, other) or mine == theirs:
        return True
    if not (one.startswith(_ARTICLES_APART) or other.startswith(_ARTICLES_APART)):
        return False
    return (
        one_surname(mine, theirs)
        or same_forename_family(mine, theirs)
        or _alike(mine, theirs, _SIMILAR_SURNAME)
    )


def _without_article(surname: str) -> str:
    joined = surname.replace(" ", "")
    if not joined.startswith(_ARTICLES):
        return joined
    article = next(word for word in _ARTICLES if joined.startswith(word))
    return joined.removeprefix(article) if len(joined) - len(article) > 4 else joined


def _part_with_a_slip(one: str, other: str) -> bool:
    """Say whether a part of a double-barrelled surname is, but for a slip, in the other: HUGHES HILL, HUDHES."""
    ignored = _no_names_alone()
    mine, theirs = ([part for part in name.split(" ") if part not in ignored] for name in (one, other))
    if len(mine) + len(theirs) < 3:
        return False
    return any(
        min(len(a), len(b)) > 3 and a[0] == b[0] and OSA.distance(a, b, score_cutoff=1) <= 1
        for a in mine
        for b in theirs
    )
