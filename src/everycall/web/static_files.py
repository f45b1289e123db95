"""Our own styles, scripts and pictures: held in memory, compressed, and kept by a browser until they change.

All stand below one name made from what they hold, so that one script may import another by its plain name, and a
browser never mixes two versions.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from django.http import Http404, HttpRequest, HttpResponse

from everycall.web.screens import open_to_all

KINDS = MappingProxyType(
    {
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
    }
)
"""What is served, by how its name ends; nothing else is."""

_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class File:
    """One file, as it is and compressed."""

    kind: str
    plain: bytes
    packed: bytes


@cache
def every_file() -> MappingProxyType[str, File]:
    """Return all files by their path below ``static/``."""
    found = {}
    for name, content in sorted(_below(files("everycall.web").joinpath("static"))):
        kind = KINDS.get(name.rsplit(".", 1)[-1])
        if kind:
            found[name] = File(kind, content, gzip.compress(content, 9, mtime=0))
    return MappingProxyType(found)


def _below(folder: Traversable, path: str = "") -> list[tuple[str, bytes]]:
    found = []
    for one in folder.iterdir():
        if one.is_dir():
            found += _below(one, f"{path}{one.name}/")
        else:
            found.append((f"{path}{one.name}", one.read_bytes()))
    return found


@cache
def version() -> str:
    """Return the name below which all files stand: it changes when any of them does."""
    whole = sha256()
    for name, file in every_file().items():
        whole.update(f"{name} {len(file.plain)}\n".encode() + file.plain)
    return whole.hexdigest()[:16]


def static(name: str) -> str:
    """Return the path of a file, for a template; raise `KeyError` when there is none."""
    _ = every_file()[name]
    return f"/static/{version()}/{name}"


@open_to_all("GET")
def serve(request: HttpRequest, made: str, name: str) -> HttpResponse:
    """Answer with a file."""
    file = every_file().get(name)
    if file is None or made != version():
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(file.packed if packed else file.plain, content_type=file.kind)
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = _A_YEAR
    return response
