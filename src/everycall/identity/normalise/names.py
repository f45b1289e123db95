"""Names in one form: forenames and surname in ASCII capitals, however they were typed."""

from __future__ import annotations

import re
from functools import lru_cache

from everycall.identity.normalise.name import Name
from everycall.identity.normalise.name_order import in_order, name_of
from everycall.identity.normalise.name_pieces import letters_of, names_nobody, without_titles
from everycall.identity.normalise.name_words import name_words
from everycall.identity.normalise.plain import plain_text

_LONGEST = 500
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"")
_SLASHED = re.compile(r"\b([A-Za-z])/([A-Za-z])\b")
_UNIT = re.compile(r"[A-Za-z0-9&]+(?:-+[A-Za-z0-9]+)*")


@lru_cache(maxsize=65_536)
def read_name(text: str | None) -> Name | None:
    """Read the name of one person as a call taker types it.

    Parameters
    ----------
    text
        Anything: ``Mrs M. Peck``, ``PECK, Maureen``, ``PECK Maureen``, ``Łukasz Nowak``, ``Siân O'Neil-Hughes``,
        ``Mr and Mrs Hart``, ``MALE CALLER``, a name in another writing system.

    Returns
    -------
    Name | None
        None when nobody was named (``ANON``, ``REFUSED``, ``THE OCCUPIER``, no letters at all): missing.

    Notes
    -----
    The surname stands last, unless a comma follows it, or it alone is in capitals before words that are not
    (``PECK Maureen``), or single letters follow it (``PECK M``), or the first word is a surname, by the list or by its
    ending, and no forename while forenames alone follow (``PATEL PRIYA``, ``KOWALSKI ADAM``), or a particle
    (``BIN LAITH JAMAL``), or it is a family's name told first in the East (``WONG KA MING``, ``NGUYEN THI LAN``). Of
    two people named together the first is read. The lists are data (``data/name_words.toml``).
    """
    if text is None:
        return None
    words = name_words()
    plain = plain_text(text[:_LONGEST])
    if "(" in plain or "[" in plain or '"' in plain:
        outside = _IN_BRACKETS.sub(" ", plain)
        plain = outside if any(map(str.isalpha, outside)) else plain
    if "/" in plain:
        plain = _SLASHED.sub(r"\1\2", plain)  # N/K, A/A
    plain = plain.replace("' ", "").replace("'", "")
    two = plain.split()
    if len(two) == 2 and two[0].isalpha() and two[1].isalpha():  # most names: nothing stands around them
        first, last = two[0].upper(), two[1].upper()
        if first not in words.around_names and last not in words.around_names:
            return in_order(two, [[first], [last]], False, words)
    pieces = [units for units in map(_UNIT.findall, plain.split(",")) if units]
    everything = [part for units in pieces for part in letters_of(units)]
    if not everything or names_nobody(everything, words):
        return None
    titled = False
    kept: list[list[str]] = []
    for units in pieces:
        left, had_title = without_titles(units, words)
        titled |= had_title
        if left:
            kept.append(left)
    if not kept:
        return None
    if len(kept) > 1:
        return name_of(letters_of(kept[1]), letters_of(kept[0]), False, words)
    units = kept[0]
    if "," in plain and not titled and plain.rstrip(" ,") != plain.rstrip():
        return name_of([], letters_of(units), False, words)
    groups = [group for group in (letters_of([unit]) for unit in units) if group]
    return in_order(units, groups, titled, words)
