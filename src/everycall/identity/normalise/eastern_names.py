"""Chinese and Vietnamese names: the family's told first, given names of two syllables, names in between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from everycall.identity.normalise.name_words import NameWords

# Written as Hanyu Pinyin, Wade-Giles, Hong Kong's romanisation or Vietnamese without its marks write a syllable.
_INITIAL = r"(?:ZH|CH|SH|TS|TZ|SZ|NG|NH|KH|PH|TH|TR|GI|QU|HS|KW|GW|[BCDFGHJKLMNPQRSTVWXYZ])?"
_FINAL = (
    r"(?:AAI|AAN|AAT|AI|AM|AN|ANG|ANH|AO|AP|AT|AU|AY|A|EI|EK|EN|ENG|EO|ET|EU|EUK|EUNG|EUN|EE|EUI|E|IA|IAN|IANG|IAO|"
    r"IE|IEN|IEM|IET|IEU|IK|IM|IN|ING|INH|IONG|IP|IT|IU|I|OA|OAN|OANG|OANH|OC|OI|OK|OM|ON|ONG|OO|OON|OT|OU|O|"
    r"UA|UAI|UAN|UANG|UE|UEN|UI|UK|UM|UN|UNG|UO|UOC|UONG|UT|UU|UY|UYEN|UYET|UYNH|U|YEN|YET|Y)"
)
_BETWEEN = frozenset({"THI", "VAN"})
"""Stand between a Vietnamese family name and the name somebody is called by, and are often left out."""
_SYLLABLE = re.compile(_INITIAL + _FINAL)
_GIVEN_NAME = re.compile(f"(?:{_INITIAL}{_FINAL}){{1,2}}")


def family_first(names: Sequence[str], words: NameWords) -> bool:
    """Say whether a whole name is told with the family's first: WONG KA MING, NGUYEN THI LAN.

    Where the last could be a family's too, the order of the West is supposed, unless the first is far commoner as one,
    or a name stands between them that only stands there (NGUYEN THI HO).
    """
    if not 2 <= len(names) <= 4 or names[0] not in words.family_first:
        return False
    rest = names[1:]
    if not all(_GIVEN_NAME.fullmatch(name) for name in rest):
        return False
    if rest[-1] not in words.family_first:
        return True
    if len(rest) == 1:
        return False
    commoner = names[0] in words.commonest_family_names and rest[-1] not in words.commonest_family_names
    return rest[0] in _BETWEEN or commoner


def is_syllable(word: str) -> bool:
    """Say whether a word is written as one Chinese or Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None


def given_as_called(names: Sequence[str], words: NameWords) -> list[str]:
    """Return the given names of a name told with the family's first: a Vietnamese is called by the last of them."""
    if names[0] in words.chinese_surnames:
        return list(names[1:])
    return [names[-1], *names[1:-1]]


def in_eastern_form(
    forenames: list[str], surname: list[str], words: NameWords
) -> tuple[list[str], list[str]]:
    """Return forenames and surname with a Chinese given name in one word, and Vietnamese names as one is called.

    ``KA MING`` is ``KAMING``, which is typed all three ways. Of ``THI LAN NGUYEN`` and ``LAN THI NGUYEN`` LAN is the
    name, THI stands in between; VAN before NGUYEN is no particle. Where the first may be the family's (GAO YING WEI)
    the words stay apart, so that they can be compared in either order.
    """
    if len(surname) == 2 and surname[0] in ("VAN", "THI") and surname[1] in words.family_first and forenames:
        forenames, surname = [*forenames, surname[0]], surname[1:]
    if len(surname) != 1 or surname[0] not in words.family_first | words.chinese_surnames:
        return forenames, surname
    if len(forenames) > 1 and forenames[0] in _BETWEEN:
        return [*forenames[1:], forenames[0]], surname
    if (
        surname[0] in words.chinese_surnames
        and len(forenames) == 2
        and not _either_order(forenames[0], surname[0], words)
        and all(len(name) > 1 and _SYLLABLE.fullmatch(name) for name in forenames)
        and not _BETWEEN & set(forenames)
    ):
        return ["".join(forenames)], surname
    return forenames, surname


def _either_order(first: str, last: str, words: NameWords) -> bool:
    """Say whether the first of three words may be the family's: not where only the last is common."""
    if first not in words.family_first:
        return False
    return first in words.commonest_family_names or last not in words.commonest_family_names
