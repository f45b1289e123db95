"""The steps of the schema: which a store has, which it lacks, and making them.

Looking happens at every start, so it asks the database for names only; Django's own way loads every step and
everything it needs to run them.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib.util import find_spec

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.store.reading import read

_HAS_STEPS = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'django_migrations'",
    "postgresql": "SELECT 1 WHERE to_regclass('django_migrations') IS NOT NULL",
}


def known() -> frozenset[str]:
    """Return every step that this Everycall knows, as ``app.name``."""
    found = set()
    for app in apps.get_app_configs():
        spec = find_spec(f"{app.name}.migrations")
        for module in pkgutil.iter_modules(spec.submodule_search_locations if spec else []):
            found.add(f"{app.label}.{module.name}")
    return frozenset(found)


def applied(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """Return the steps that this store has, as ``app.name``; none when it is no store of Everycall's."""
    if not read(connection, _HAS_STEPS[connection.vendor]):
        return frozenset()
    rows = read(connection, "SELECT app, name FROM django_migrations")
    return (
        frozenset(f"{app}.{name}" for app, name in rows)
        if ("store", "0001_first_store") in rows
        else frozenset()
    )


def pending(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the steps that this store still lacks, in order.

    Raises
    ------
    StoreError
        When the store was made by a newer Everycall: it must not be touched.
    """
    has = applied(connection)
    newer = steps_unknown(has)
    if newer:
        raise StoreError(
            f"the store was made by a newer Everycall (it has {newer[-1]}); use that version, or a backup"
        )
    return [step.partition(".")[2] for step in sorted(known() - has)]


def steps_unknown(steps: Iterable[str]) -> list[str]:
    """Return the names of those ``steps`` (``app.name``) that this Everycall does not know, sorted."""
    return sorted(step.partition(".")[2] for step in set(steps) - known())


def migrate(connection: BaseDatabaseWrapper, steps: Iterable[str] | None = None) -> None:
    """Bring the schema up to date, or to ``steps`` (``app.name``): all of it or, killed half-way, nothing.

    Django notes some steps as done only after their own transaction; one around all closes that gap. SQLite can
    change a table's form only while foreign keys are not watched, which cannot be said inside a transaction.
    """
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    if steps is not None:
        last: dict[str, str] = {}
        for app, _, name in sorted(step.partition(".") for step in steps):
            last[app] = name
        targets = sorted(last.items())
    with connection.constraint_checks_disabled(), transaction.atomic(using=connection.alias):
        executor.migrate(targets)
