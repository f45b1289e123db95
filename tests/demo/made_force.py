"""One made-up force of 2,000 calls, made once for all tests that read it."""

from __future__ import annotations

import atexit
import csv
import json
import shutil
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from everycall.demo.force import Summary, make_force
from everycall.localtime import LONDON

UNTIL = datetime(2026, 6, 12, 20, 30, tzinfo=LONDON)


@cache
def force() -> tuple[Path, Summary]:
    out = Path(mkdtemp(prefix="made-up-force-"))
    atexit.register(shutil.rmtree, out)
    return out, make_force(2_000, 1, out, UNTIL)


@cache
def lines(name: str) -> tuple[dict[str, Any], ...]:
    text = (force()[0] / name).read_text("utf-8")
    return tuple(json.loads(line) for line in text.splitlines())


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    return read_rows(force()[0] / name)


def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file under a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
