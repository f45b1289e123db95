"""The ground: one force's store, policy and clock, and a `Force` for each thread that answers."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError

from everycall.errors import EverycallError, StoreError
from everycall.force import Force, Policy, load_policy, model_of
from everycall.identity.model import Model, shipped_model
from everycall.long_running import get_ready
from everycall.policy.load import pack_directory
from everycall.serving import settings as served
from everycall.serving.lately import Lately
from everycall.store.databases import is_postgresql
from everycall.store.kept_model import hash_in_use
from everycall.store.modes import Modes, modes
from everycall.store.store import Store
from everycall.store.with_django import set_up

_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from everycall.accounts.provider import Provider

LOOK_AGAIN_SECONDS = 2.0
"""How long a store that could not be reached is taken to be away, before one thread looks again."""


LOOK_FOR_MODEL_SECONDS = 30.0
"""How soon a newly trained identity model is worked with."""


class StoreAwayError(StoreError):
    """The store cannot be reached at this moment; a call is assessed from its own facts and recorded later."""

    code = "store_away"


@dataclass
class Ground:
    """What everything that is served stands on.

    Parameters
    ----------
    where
        The store: a path or a URL.
    clock
        The time (aware); the one clock that is read.
    aside
        The folder in which calls wait while the store is away.
    trust_tokens_seconds
        How long a system's token that was good is not looked up again: a busy system shows it with every call.
    in_time
        Whether parts are broken off that take longer than the pack allows; tests must not hang on how busy a
        machine is.
    provider
        The force's own sign-in, where it has one.
    justification
        Whether who looks at a call says why: ``off`` (the call's reference alone), ``optional`` or ``required``.
    salts
        Where the record's salts come from; random unless a test passes its own.
    model
        By which people are found; looked up anew now and then, since it may be trained while we serve.
    modes
        Shadow, training, and parts switched off: looked up when the server starts.
    turn
        Held while a call is taken. SQLite looks things up in our own threads: two that reckon at once hinder each
        other, most of all while one holds the lock that all processes wait for.
    first
        The force that was made ready at the start; its store is closed, its prepared priorities are shared.
    """

    where: str
    policy: Policy
    clock: Callable[[], datetime]
    aside: Path
    through_tls: bool = False
    provider: Provider | None = None
    justification: str = "optional"
    trust_tokens_seconds: float = 0.0
    in_time: bool = True
    salts: Iterator[str] | None = None
    known_viewers: Lately = field(default_factory=Lately)
    hooks: tuple[float, Sequence[Any]] | None = None
    model: Model = field(default_factory=shipped_model)
    modes: Modes = field(default_factory=Modes)
    first: Force | None = None
    _model_looked_up: float = -LOOK_FOR_MODEL_SECONDS
    _threads: threading.local = field(default_factory=threading.local)
    _looking: threading.Lock = field(default_factory=threading.Lock)
    _away_until: float = 0.0
    turn: AbstractContextManager[Any] = field(init=False)

    def __post_init__(self) -> None:
        """Let the calls of this process take turns on SQLite; PostgreSQL looks things up while we reckon."""
        self.turn = nullcontext() if is_postgresql(self.where) else threading.Lock()

    def force(self) -> Force:
        """Return this thread's force, with a connection of its own.

        Raises
        ------
        StoreAwayError
            At once, while the store is known to be away.
        """
        held: Force | None = getattr(self._threads, "force", None)
        if held is not None and _usable(held):
            return self._with_model(held)
        self.let_go()
        if time.monotonic() < self._away_until or not self._looking.acquire(blocking=self._away_until == 0.0):
            raise StoreAwayError("the store cannot be reached")
        try:
            store = Store(self.where)
        except StoreError as error:
            self._away_until = time.monotonic() + LOOK_AGAIN_SECONDS
            raise StoreAwayError(f"the store cannot be reached: {error.message}") from error
        finally:
            self._looking.release()
        self._away_until = 0.0
        connection = store.connection
        # Django would close it after each request, and opening one costs more than an assessment
        connection.settings_dict["CONN_MAX_AGE"] = None
        connection.close_at = None
        off = self.modes.switched_off
        made = Force(store, self.policy, self.model, in_time=self.in_time, switched_off=off)
        if self.salts is not None:
            made.salts = self.salts
        if self.first is not None:
            made.share_book(self.first)
        self._threads.force = made
        return self._with_model(made)

    def _with_model(self, force: Force) -> Force:
        """Return a force that searches by the model its store works with, which may have been trained just now."""
        if time.monotonic() - self._model_looked_up >= LOOK_FOR_MODEL_SECONDS:
            self._model_looked_up = time.monotonic()
            try:
                wanted = hash_in_use(force.store.connection) or shipped_model().sha256
                if wanted != self.model.sha256:
                    self.model = model_of(force.store)
            except (
                DatabaseError
            ):  # the connection broke just now: whatever is asked next finds out, and says so
                self._model_looked_up -= LOOK_FOR_MODEL_SECONDS
            except EverycallError as error:
                _log.error("the newly trained identity model cannot be used: %s", error.message)
        force.model = self.model
        return force

    def force_if_there(self) -> Force | None:
        """Return this thread's force; None while the store is away."""
        try:
            return self.force()
        except StoreAwayError:
            return None

    def let_go(self) -> None:
        """Close this thread's connection, if it has one; the next call opens another."""
        held: Force | None = getattr(self._threads, "force", None)
        self._threads.force = None
        if held is not None:
            held.store.close()

    def seems_away(self) -> bool:
        """Say whether this thread's connection is broken or was never made: asked after a part failed."""
        held: Force | None = getattr(self._threads, "force", None)
        return held is None or not _usable(held)


def _usable(force: Force) -> bool:
    """Say whether the driver has not noticed that its connection is gone; no question is sent."""
    driver: Any = force.store.connection.connection
    return driver is not None and not getattr(driver, "closed", False)


_ground: Ground | None = None


def ground() -> Ground:
    """Return what we stand on; `stand_on` was called before anything is served."""
    if _ground is None:
        raise StoreError("nothing is served: no store was named")
    return _ground


def force() -> Force:
    """Return this thread's force; raise `StoreAwayError` when the store cannot be reached."""
    return ground().force()


def now() -> datetime:
    """Return the time (aware)."""
    return ground().clock()


def open_ground(where: str, clock: Callable[[], datetime], aside: Path | None = None) -> Ground:
    """Load a force's policy once for all threads.

    Raises
    ------
    StoreError, PackError
        When the store or its pack cannot be used.
    """
    store = Store(where)
    try:
        policy = load_policy(pack_directory(store.policy))
        force = Force(store, policy, model_of(store))
        force.keep_versions(clock())
        get_ready(force, clock())
        works = modes(store.connection)
    finally:
        store.close()
    return Ground(
        where, policy, clock, aside or Path("everycall-aside"), model=force.model, modes=works, first=force
    )


def stand_on(made: Ground, hosts: Sequence[str] = ()) -> None:
    """Make Django ready to serve this force.

    Parameters
    ----------
    hosts
        The names by which browsers and systems reach us, beside this machine's own.
    """
    # both write the path of a request, and a path may hold a call's reference
    for theirs in ("django", "waitress"):
        logging.getLogger(theirs).setLevel(logging.CRITICAL)
    global _ground  # one process serves one force
    set_up()
    chosen = served.THROUGH_TLS if made.through_tls else served.ON_THIS_MACHINE_ALONE
    plain = {name: getattr(served, name) for name in dir(served) if name.isupper()}
    known = {"THROUGH_TLS", "ON_THIS_MACHINE_ALONE"}
    for name, value in {**plain, **chosen}.items():
        if name not in known:
            setattr(settings, name, value)
    settings.ALLOWED_HOSTS = [*served.ALLOWED_HOSTS, *hosts]
    # signs nothing that outlives the server: sessions and tokens are random themselves
    settings.SECRET_KEY = secrets.token_urlsafe(64)
    _ground = made
