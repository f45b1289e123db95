"""On PostgreSQL long texts are compressed by LZ4 where the server has it, and else as the server does by itself."""

from __future__ import annotations

from contextlib import closing

from everycall.store.reading import read
from everycall.store.store import Store

_OFFERED = "SELECT enumvals FROM pg_settings WHERE name = 'default_toast_compression'"
_IN_USE = "SELECT current_setting('default_toast_compression')"


def test_a_session_compresses_by_lz4_where_the_server_has_it_also_after_it_was_dropped(
    postgresql_store: str,
) -> None:
    Store.create(postgresql_store, "england_and_wales").close()
    with closing(Store(postgresql_store)) as store:
        ((offered,),) = read(store.connection, _OFFERED)
        wanted = "lz4" if "lz4" in offered else "pglz"
        assert read(store.connection, _IN_USE) == [(wanted,)]
        store.connection.connection.close()
        store.mend()
        assert read(store.connection, _IN_USE) == [(wanted,)]
