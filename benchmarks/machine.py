"""The machine a figure was measured on: no figure means anything without it."""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import sys
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """Return what a reader needs to compare figures."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.release()}",
        "busy_at_start": round(os.getloadavg()[0], 2),
    }


def busy_seconds() -> float:
    """Return how long the cores of this machine have been busy so far, with whatever it was; 0 where nobody tells."""
    told = Path("/proc/stat")
    if not told.exists():
        return 0.0
    spent = [int(one) for one in told.read_text("ascii").splitlines()[0].split()[1:9]]
    idle, waiting_for_the_disk = spent[3], spent[4]
    return (sum(spent) - idle - waiting_for_the_disk) / os.sysconf("SC_CLK_TCK")


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def memory_mib() -> float:
    """Return the most memory this process has held (MiB).

    Linux hands a child the peak of its parent in ``ru_maxrss``, so there the process's own peak is read.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return round(int(line.split()[1]) / 2**10, 1)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (2**20 if sys.platform == "darwin" else 2**10), 1)


def child_mib() -> float:
    """Return the most memory that the largest of this process's ended children has held (MiB)."""
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(most / (2**20 if sys.platform == "darwin" else 2**10), 1)
