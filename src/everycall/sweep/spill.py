"""The folder a sweep spills to: it holds names and addresses, so the next sweep removes what a killed one left."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "everycall-sweep-"
_OWNER = "owner"


class Spill:
    """A folder of this process alone, in the system's temporary folder (``TMPDIR``), that `close` removes.

    A process that is killed cannot remove its folder. Each folder's file ``owner`` is therefore locked while
    its process lives, and making one removes those of the same user whose lock nobody holds. Where the system
    has no such locks nothing but the own folder is touched.
    """

    def __init__(self) -> None:
        remove_abandoned()
        self._folder = tempfile.TemporaryDirectory(prefix=PREFIX)
        young = Path(self._folder.name) / "young"
        self._handle = _lock(young, made=True)
        if self._handle is not None:
            young.rename(young.with_name(_OWNER))  # locked before another sweep can see it

    @property
    def path(self) -> str:
        """Return where it is."""
        return self._folder.name

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def remove_abandoned() -> list[Path]:
    """Remove the folders of sweeps that no longer run, and return them.

    One without a file ``owner`` is left alone: its process is about to make it. So is one of another user.
    """
    removed = []
    for owner in sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{_OWNER}")):
        handle = _lock(owner, made=False)
        if handle is None:
            continue
        try:
            shutil.rmtree(owner.parent)
            removed.append(owner.parent)
        except FileNotFoundError:  # another sweep that has just begun is removing it too
            continue
        finally:
            os.close(handle)
    return removed


def _lock(owner: Path, made: bool) -> int | None:
    """Return the handle of a locked file; None when somebody else has it or the system knows no such locks."""
    try:
        import fcntl
    except ImportError:
        return None
    try:
        handle = os.open(owner, os.O_RDWR | (os.O_CREAT if made else 0), 0o600)
    except (PermissionError, FileNotFoundError):  # another user's, or just removed
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle
