"""The file of a backup: a zip whose parts are held to their hashes, put in place whole or not at all."""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Self

from everycall.errors import InputError, Problem, StoreError
from everycall.store.backup.manifest import NAME, Manifest, Part, read_manifest

_BLOCK = 1 << 20
_FLUSH_EVERY = 32 << 20
"""Bytes after which what was written is pressed to the disk: one great flush at the end would hold up the calls."""


@contextmanager
def put_in_place(to: Path) -> Iterator[Path]:
    """Yield the path of a file to write, readable by its owner alone; at the end it is flushed and named ``to``.

    Raises
    ------
    StoreError
        When there is a file of that name already, or it cannot be written; then nothing is left.
    """
    if to.exists() or to.is_symlink():
        raise StoreError(f"{to} is there already: nothing is written over it")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{to.name}.", dir=to.absolute().parent)
    except OSError as error:
        raise StoreError(f"{to} cannot be written: {error.strerror}") from None
    os.close(handle)
    part = Path(name)
    try:
        yield part
        flush(part)
        part.rename(to)
        flush(to.absolute().parent)
    except OSError as error:
        raise StoreError(f"{to} cannot be written: {error.strerror or type(error).__name__}") from error
    finally:
        with suppress(FileNotFoundError):  # it has its name by now
            part.unlink()


def flush(path: Path) -> None:
    """Press a file, or a folder's list of names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Writer:
    """Writes the parts of a backup, one after another; used in a ``with`` block."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=0)
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._since_flush = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # after a failure the zip must not try, on a full disk, to write its table of contents
        self._zip.fp = None
        self._file.close()

    def add(
        self, name: str, blocks: Iterable[bytes], table: str | None = None, columns: tuple[str, ...] = ()
    ) -> Part:
        """Write one part and return what the manifest says of it."""
        digest, size = sha256(), 0
        with self._zip.open(_entry(name), "w", force_zip64=True) as to:
            for block in blocks:
                to.write(block)
                digest.update(block)
                size += len(block)
                self._flush_now_and_then(len(block))
        return Part(name=name, bytes=size, sha256=digest.hexdigest(), table=table, columns=columns)

    def _flush_now_and_then(self, many: int) -> None:
        self._since_flush += many
        if self._since_flush >= _FLUSH_EVERY:
            self._since_flush = 0
            os.fsync(self._file.fileno())

    def end(self, manifest: Manifest) -> None:
        """Write the manifest and close the file."""
        self._zip.writestr(_entry(NAME), manifest.model_dump_json(indent=1))
        self._zip.close()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = 1  # type: ignore[attr-defined]  # what ZipFile.write would set; ZipInfo has no other way
    return entry


class Reader:
    """Reads a backup; every part is held against its hash.

    Raises
    ------
    InputError
        When the file is no backup, or is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
            text = self._zip.read(NAME)
        except (zipfile.BadZipFile, KeyError, zlib.error, EOFError):
            raise self._unusable("is no whole backup of Everycall's") from None
        except OSError as error:
            raise self._unusable(f"cannot be read ({error.strerror})") from None
        self.manifest = read_manifest(text, path.name)

    def _unusable(self, problem: str) -> InputError:
        return InputError("the backup cannot be used", [Problem(self._name, problem)])

    def read(self, part: Part, to: Callable[[bytes], object]) -> None:
        """Hand a part to ``to``, block by block, and hold it against its hash.

        The last block is handed on before the hash is known: undo what was done when this raises.
        """
        digest = sha256()
        try:
            with self._zip.open(part.name) as source:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    to(block)
        except (zipfile.BadZipFile, KeyError, zlib.error, EOFError):
            raise self._unusable(f"{part.name} is damaged or missing") from None
        if digest.hexdigest() != part.sha256:
            raise self._unusable(f"{part.name} is not what the manifest says (its hash does not match)")

    def close(self) -> None:
        """Close the file."""
        self._zip.close()


def blocks_of(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes."""
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            yield block
