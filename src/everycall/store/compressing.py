"""How PostgreSQL compresses long texts: by LZ4 where the server has it, which is quicker than its own way.

An assessment's JSON is most of what keeping a call costs the server, and nearly all of that is compressing it. Each
text says how it was compressed, so that a store may hold both.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.reading import read


def compress_quickly(connection: BaseDatabaseWrapper) -> None:
    """Let a session compress by LZ4; nothing changes on SQLite, or where PostgreSQL was built without it.

    https://www.postgresql.org/docs/18/runtime-config-client.html#GUC-DEFAULT-TOAST-COMPRESSION
    """
    if connection.vendor == "postgresql":
        read(
            connection,
            "SELECT set_config(name, 'lz4', false) FROM pg_settings "
            "WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)",
        )
