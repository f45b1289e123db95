"""Opening a file that came from elsewhere: is it what its name says, and how is its text encoded?"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from everycall.errors import InputError, Problem

LONGEST = 2**24
"""Characters in one line or cell; whatever is longer is no table."""

_KIND_OF_ENDING = {
    ".csv": "CSV", ".tsv": "CSV", ".txt": "CSV", ".jsonl": "JSONL", ".ndjson": "JSONL",
    ".json": "JSON", ".geojson": "JSON", ".parquet": "Parquet",
}  # fmt: skip

_BEGINNINGS = {
    b"PAR1": "Parquet", b"PK\x03\x04": "a zip archive or a spreadsheet (xlsx, ods)", b"%PDF": "a PDF",
    b"\x1f\x8b": "compressed with gzip", b"\xd0\xcf\x11\xe0": "an old spreadsheet or document (xls, doc)",
    b"BZh": "compressed with bzip2", b"\xfd7zXZ": "compressed with xz", b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x28\xb5\x2f\xfd": "compressed with zstandard", b"SQLite format 3": "a SQLite database",
    b"{\\rtf": "a document (rtf)",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"\x7fELF": "a program",
    b"MZ\x90": "a program", b"\xff\xfe\x00\x00": "UTF-32 text", b"\x00\x00\xfe\xff": "UTF-32 text",
}  # fmt: skip

_CHUNK = 1 << 20
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was looked at and may be read.

    Parameters
    ----------
    name
        The file's name, as problems and notes give it.
    kind
        ``CSV``, ``JSONL``, ``JSON`` or ``Parquet``.
    encoding
        Python's name of the text's encoding; empty for Parquet.
    notes
        What had to be chosen.
    """

    path: Path
    name: str
    kind: str
    encoding: str
    notes: tuple[Problem, ...] = ()


def refuse(name: str, problem: str) -> InputError:
    """Return the error for a file that cannot be used as a whole."""
    return InputError(f"{name} cannot be used", [Problem(name, problem)])


def look_at(path: Path, kinds: Collection[str], encoding: str = "auto") -> Source:
    """Find out what ``path`` is; the whole text is decoded once, so that reading it later cannot fail.

    Parameters
    ----------
    kinds
        What may come in here: some of ``CSV``, ``JSONL``, ``JSON``, ``Parquet``.
    encoding
        ``auto`` (UTF-8, UTF-16 with a byte-order mark, else Windows-1252), or the one the file must have.

    Raises
    ------
    InputError
        When the file cannot be opened, is empty, is not what its name says, or is no text.
    """
    name = path.name
    endings = path.suffixes[-1:] if path.suffix.lower() != ".gz" else path.suffixes[-2:-1]
    kind = _KIND_OF_ENDING.get(endings[0].lower() if endings else "", "")
    if kind not in kinds or (kind == "Parquet" and path.suffix.lower() == ".gz"):
        allowed = ", ".join(ending for ending, its in _KIND_OF_ENDING.items() if its in kinds)
        raise refuse(name, f"its name must end in one of {allowed}")
    with _reading(name), _open_bytes(path) as stream:
        start = stream.read(65_536)
    _check_start(name, kind, start)
    if kind == "Parquet":
        return Source(path, name, kind, "")
    found, note = _encoding(path, start, encoding)
    text = codecs.getincrementaldecoder(found)().decode(start).lstrip("\ufeff \t\r\n")
    _check_text(name, kind, text)
    return Source(path, name, kind, found, (Problem(name, note),) if note else ())


def read_lines(source: Source) -> Iterator[str]:
    """Return the lines of a text, line ends kept, one at a time.

    Raises
    ------
    InputError
        At a line of more than `LONGEST` characters, or where a compressed file is damaged.
    """
    with _reading(source.name), _open_bytes(source.path) as stream:
        text = io.TextIOWrapper(stream, source.encoding, newline="" if source.kind == "CSV" else "\n")
        number = 0
        while line := text.readline(LONGEST + 2):
            number += 1
            if len(line) > LONGEST + 1:
                raise refuse(source.name, f"line {number} has more than {LONGEST:,} characters")
            yield line


def read_pieces(source: Source, many: int) -> Iterator[tuple[int, bytes]]:
    """Return the lines of a text in UTF-8 as they stand, so many at a time, with the number of the first of each.

    Raises
    ------
    InputError
        As `read_lines` does.
    """
    with _reading(source.name), _open_bytes(source.path) as stream:
        each = iter(partial(stream.readline, _MOST_BYTES), b"")
        number = 1
        while lines := list(islice(each, many)):
            if number == 1:
                lines[0] = lines[0].removeprefix(codecs.BOM_UTF8)
            if max(map(len, lines)) > LONGEST + 1:
                _refuse_what_is_too_long(source.name, number, lines)
            yield number, b"".join(lines)
            number += len(lines)


_MOST_BYTES = 4 * (LONGEST + 2)
"""A line of so many holds too many characters, whichever they are."""


def _refuse_what_is_too_long(name: str, first: int, lines: Sequence[bytes]) -> None:
    for number, line in enumerate(lines, first):
        if len(line.decode(errors="replace")) > LONGEST + 1:
            raise refuse(name, f"line {number} has more than {LONGEST:,} characters")


def read_whole(source: Source, most: int = 512 * 1024 * 1024) -> str:
    """Return the whole text of a small file (GeoJSON, JSON) of at most ``most`` bytes."""
    with _reading(source.name), _open_bytes(source.path) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise refuse(source.name, f"has more than {most:,} bytes")
    return data.decode(source.encoding)


def stands_in_lines_of_utf8(source: Source) -> bool:
    """Say whether a file's rows are lines that `read_pieces` may hand on as they stand."""
    return source.kind == "JSONL" and source.encoding == "utf-8-sig"


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGED:
        raise refuse(name, "is a damaged gzip file, or is broken off") from None
    except UnicodeDecodeError:
        raise changed(name) from None
    except OSError as error:
        raise refuse(name, f"cannot be read ({error.strerror})") from None


def changed(name: str) -> InputError:
    """Return the error for a file whose text is no more what it was when it was looked at."""
    return refuse(name, "changed while it was being read")


def _open_bytes(path: Path) -> BinaryIO:
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]


def _check_start(name: str, kind: str, start: bytes) -> None:
    if not start.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise refuse(name, "is empty")
    really = next((what for begins, what in _BEGINNINGS.items() if start.startswith(begins)), None)
    if really != ("Parquet" if kind == "Parquet" else None):
        raise refuse(
            name, f"is not what its name says: it should be {kind} and is {really or 'something else'}"
        )
    is_utf16 = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if kind != "Parquet" and not is_utf16 and start.count(0) > len(start) // 10:
        raise refuse(
            name, f"is not what its name says: it should be {kind} and is binary, or UTF-16 without a mark"
        )


def _check_text(name: str, kind: str, text: str) -> None:
    begins = text[:1]
    really = None
    if text[:20].lower().startswith(("<?xml", "<!doctype", "<html")):
        really = "XML or a web page"
    elif kind == "CSV" and begins in ("{", "["):
        really = "JSON"
    elif kind == "JSONL" and begins == "[":
        really = "a JSON list; JSONL has one object on each line"
    elif kind == "JSONL" and begins != "{" and "," in text.split("\n", 1)[0] and not begins.isdigit():
        really = "a table, or other text"
    if really:
        raise refuse(name, f"is not what its name says: it should be {kind} and is {really}")


def _encoding(path: Path, start: bytes, wanted: str) -> tuple[str, str]:
    name = path.name
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = "utf-16"
    else:
        found = "utf-8-sig" if wanted in ("auto", "utf-8") else {"windows-1252": "cp1252"}.get(wanted, wanted)
    if wanted == "utf-16" and not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise refuse(name, "is not UTF-16 with a byte-order mark, as the mapping says")
    if found == "utf-16" and wanted not in ("auto", "utf-16"):
        raise refuse(name, f"is UTF-16 where the mapping says {wanted}")
    wrong_at = _first_wrong_byte(path, found)
    if wrong_at is None:
        return found, ""
    if found != "utf-8-sig" or wanted != "auto":
        raise refuse(name, f"is not {found.removesuffix('-sig')} text: byte {wrong_at:,} cannot be read")
    wrong_too = _first_wrong_byte(path, "cp1252")
    if wrong_too is not None:
        raise refuse(name, f"is neither UTF-8 (byte {wrong_at:,}) nor Windows-1252 (byte {wrong_too:,}) text")
    return "cp1252", f"is not UTF-8 (byte {wrong_at:,}); read as Windows-1252"


def _first_wrong_byte(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    before = 0
    with _reading(path.name), _open_bytes(path) as stream:
        while True:
            chunk = stream.read(_CHUNK)
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return before - waiting + error.start + 1
            before += len(chunk)
            if not chunk:
                return None
