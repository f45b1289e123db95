"""Peers in environments of their own, made when first asked for and kept in the system's temporary folder."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PEERS = {"recordlinkage": ("recordlinkage==0.16", "pandas<3")}
"""What each needs; recordlinkage does not work with pandas 3."""


def python_of(peer: str) -> Path:
    """Return the Python of a peer's environment."""
    folder = Path(tempfile.gettempdir()) / "everycall-benchmarks" / f"peer-{peer}-{sys.version_info.minor}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS[peer]], check=True)
        (folder / "ready").touch()
    return python
