"""What a check has made ready, kept aside until all is known to be good: a file without a name.

It is removed by the system when the process ends, however it ends, and nobody else can open it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from everycall.errors import StoreError


@dataclass(frozen=True, slots=True)
class Place:
    """Where one piece stands in the spool."""

    start: int
    length: int


class Spool:
    """Pieces of bytes, written once and read back; used with ``with``.

    Parameters
    ----------
    folder
        Where the space is taken: for a file store its own folder, which has room for it; None: the system's
        temporary folder.

    Raises
    ------
    StoreError
        When there is no room.
    """

    def __init__(self, folder: Path | None) -> None:
        try:
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by __exit__
        except OSError:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - a folder that may not be written
        self._end = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def keep(self, piece: bytes) -> Place:
        """Write one piece and return where it stands."""
        try:
            self._file.seek(self._end)
            self._file.write(piece)
        except OSError as error:
            raise StoreError(
                f"the rows that were checked could not be kept aside: {error.strerror}"
            ) from None
        place = Place(self._end, len(piece))
        self._end += len(piece)
        return place

    def read(self, place: Place) -> bytes:
        """Return one piece."""
        self._file.seek(place.start)
        return self._file.read(place.length)
