"""E-mail addresses in one form."""

from __future__ import annotations

import re

from everycall.identity.normalise.placeholders import placeholders

_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def read_email(text: str | None) -> str | None:
    """Return the first e-mail address in ``text`` in small letters; None when there is none or a placeholder.

    Dots and "+tags" before the @ are kept: they tell people apart with most providers.
    """
    if text is None:
        return None
    match = _EMAIL.search(text[:500].lower().replace("mailto:", " "))
    if match is None or match[0] in placeholders().emails:
        return None
    return match[0].strip(".'")
