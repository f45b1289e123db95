"""Plain text: any writing system, any case, any mark becomes ASCII capitals."""

from __future__ import annotations

import unicodedata

from anyascii import anyascii

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032`\u00b4\u02b9\u02bb", "'"))


def plain_text(text: str) -> str:
    """Return ``text`` in ASCII, transliterated, with symbols and emoji as spaces; the case is kept.

    The library anyascii transliterates letters one by one (Unicode CLDR and national standards); symbols,
    control characters and private characters are removed first, because anyascii would spell emoji out.
    """
    if text.isascii():
        return text
    kept = [
        " " if unicodedata.category(letter) in _NOT_WRITING else letter
        for letter in unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    ]
    return anyascii("".join(kept))


_NOT_WRITING = frozenset(("So", "Sk", "Sm", "Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"))
