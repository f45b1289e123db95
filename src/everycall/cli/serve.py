"""``everycall serve``: the screens and the API."""

from __future__ import annotations

import ipaddress
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from everycall.cli.common import now, store_option

if TYPE_CHECKING:
    from everycall.serving.ground import Ground


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


TRUST_TOKENS_SECONDS = 1.0
"""A token that is revoked comes in no longer after this."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port; 0 takes any that is free.",
)
@click.option("--name", "names", multiple=True, help="A name by which we are reached; may be given again.")
@click.option("--behind-tls", is_flag=True, help="A proxy in front of us ends TLS and passes requests on.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Processes; one a core when not given."
)
@click.option(
    "--aside",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where calls wait while the store is away; beside an SQLite store, or ./everycall-aside.",
)
@click.option("--oidc-issuer", default=None, metavar="URL", help="The force's own sign-in (OpenID Connect).")
@click.option("--oidc-client", default="everycall", show_default=True, help="How we are known there.")
@click.option(
    "--justification",
    type=click.Choice(["off", "optional", "required"]),
    default="optional",
    show_default=True,
    help="Whether who looks at a call says why.",
)
@store_option
def command(
    host: str,
    port: int,
    names: tuple[str, ...],
    behind_tls: bool,
    workers: int | None,
    aside: Path | None,
    oidc_issuer: str | None,
    oidc_client: str,
    justification: str,
    store: str,
) -> None:
    """Serve the screens and the API until told to stop.

    Without --behind-tls only this machine is served: what is said on a call never crosses a network in the clear.
    """
    from everycall.errors import InputError, Problem

    if not behind_tls and not _is_this_machine(host):
        problem = Problem(
            "--host", "is not this machine's own address: put a TLS proxy in front, and give --behind-tls"
        )
        raise InputError("calls are not served without TLS", [problem])
    from everycall.serving.ground import open_ground
    from everycall.store.databases import is_postgresql

    beside = Path("everycall-aside") if is_postgresql(store) else Path(f"{store}-aside")
    telling = logging.StreamHandler()
    telling.setFormatter(logging.Formatter("%(asctime)s %(name)s: %(message)s"))
    logging.getLogger("everycall").addHandler(telling)
    logging.getLogger("everycall.security").setLevel(logging.INFO)
    ground = open_ground(store, now, aside or beside)
    ground.through_tls = behind_tls
    ground.justification = justification
    ground.trust_tokens_seconds = TRUST_TOKENS_SECONDS
    if oidc_issuer:
        from everycall.accounts.provider import Provider

        ground.provider = Provider(oidc_issuer, oidc_client, os.environ.get("EVERYCALL_OIDC_SECRET"))
    serve(ground, host, port, names, workers)


def serve(
    ground: Ground,
    host: str,
    port: int,
    names: Sequence[str] = (),
    workers: int | None = None,
    note: str = "",
) -> None:
    """Serve a force until told to stop; what is said with ``note`` follows once the address is known.

    Raises
    ------
    InputError
        When the address cannot be used.
    """
    from everycall.errors import InputError, Problem
    from everycall.serving import processes
    from everycall.serving.application import application
    from everycall.serving.beside import work_beside
    from everycall.serving.fair_share import Held, share_fairly
    from everycall.serving.thread_ready import get_thread_ready
    from everycall.web.ready import get_pages_ready

    try:
        listening = processes.bound(host, port)
    except OSError as error:
        raise InputError(
            "the address cannot be used", [Problem(f"{host}:{port}", str(error.strerror))]
        ) from None
    ordinary = application(ground, names)
    from everycall.api.straight import TakenStraight  # reads Django's settings when it is loaded

    app = TakenStraight(ordinary)
    get_pages_ready(ground)
    click.echo(f"serving on http://{host}:{listening.getsockname()[1]}", err=True)
    if note:
        click.echo(note, err=True)
    workers = workers or processes.cores()
    held = Held(workers)
    processes.run(
        workers,
        lambda number: processes.answer(
            app,
            listening,
            ground.through_tls,
            lambda: get_thread_ready(ground),
            lambda server: share_fairly(server, held, number),
        ),
        [lambda: work_beside(ground)],
    )
