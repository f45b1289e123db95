"""A process that answers has its memory put into large pages where the system has any; nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from everycall.serving import large_pages
from everycall.serving.large_pages import stretches, use_large_pages

_MAPS = """\
55d000000000-55d000001000 r-xp 00000000 fe:00 1234                       /usr/bin/python3
55d000100000-55d000a00000 rw-p 00000000 00:00 0                          [heap]
7f0000000000-7f0000600000 rw-p 00000000 00:00 0
7f0000700000-7f00008fffff rw-p 00000000 00:00 0
7f0001000000-7f0001800000 rw-s 00000000 00:01 2048                       /dev/zero (deleted)
7f0002000000-7f0002800000 r--p 00000000 00:00 0
7f0003000000-7f0003800000 rw-p 00100000 fe:00 99                         /usr/lib/libpython3.11.so
7ffc00000000-7ffc00400000 rw-p 00000000 00:00 0                          [stack]
"""


def test_only_memory_of_our_own_that_holds_whole_large_pages_is_told_of() -> None:
    assert stretches(_MAPS) == [(0x55D000200000, 0x800000), (0x7F0000000000, 0x600000)]


def test_what_is_in_memory_stays_as_it_is_whatever_the_system_does_of_it() -> None:
    held = [list(range(number, number + 1_000)) for number in range(500)]
    assert use_large_pages() >= 0
    assert held == [list(range(number, number + 1_000)) for number in range(500)]


def test_a_system_that_does_not_tell_of_its_memory_is_let_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(large_pages, "_MAPS", tmp_path / "none")
    assert use_large_pages() == 0
