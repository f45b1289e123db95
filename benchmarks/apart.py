"""One measurement in a process of its own, so that its memory is its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any


def apart(module: str, *args: object) -> dict[str, Any]:
    """Run a module of the benchmarks; return the JSON of its last line."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *map(str, args)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))
