"""What a process has loaded, in large pages of memory: a call touches so much of it that to find each page takes time.

The system finds 4 kB at a time and remembers a few thousand places; a policy, a lexicon and our program fill many more,
and what a call needs of them lies all over. In pages of 2 MB it remembers them all. That is advice: where the system
has no large pages, or none free, everything stays as it is.
"""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path

_LARGE = 2 * 1_024 * 1_024
_MAY_BE_LARGE, _NOW = 14, 25
"""``MADV_HUGEPAGE`` and ``MADV_COLLAPSE`` (Linux 6.1), https://man7.org/linux/man-pages/man2/madvise.2.html"""

_MAPS = Path("/proc/self/maps")
_OUR_OWN = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw-p 00000000 00:00 0\s*(\[heap\])?\n")
"""Memory that is no file's and nobody else's."""


def stretches(maps: str) -> list[tuple[int, int]]:
    """Return where in a process's own memory whole large pages fit: the first address of each stretch, and its length.

    Parameters
    ----------
    maps
        As Linux tells it in ``/proc/self/maps``.
    """
    found = []
    for first, last, _ in _OUR_OWN.findall(maps):
        begins = -(-int(first, 16) // _LARGE) * _LARGE
        length = int(last, 16) // _LARGE * _LARGE - begins
        if length > 0:
            found.append((begins, length))
    return found


def use_large_pages() -> int:
    """Have what this process has loaded so far put into large pages; call it once, after a process was forked.

    Returns
    -------
    int
        For how many MiB the system did as advised; 0 where it knows no large pages.
    """
    if sys.platform != "linux" or not _MAPS.exists():
        return 0
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    done = 0
    for begins, length in stretches(_MAPS.read_text("ascii", "replace")):
        if advise(begins, length, _MAY_BE_LARGE) == 0 and advise(begins, length, _NOW) == 0:
            done += length
    return done // 1_024 // 1_024
