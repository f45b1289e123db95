"""The file in which refused rows are kept, each with its reasons, for a person to put right."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TextIO

from everycall.errors import InputError, Problem
from everycall.intake.files import refuse


class Refused:
    """A CSV (row, reasons, then the cells) or JSONL file; opened with the first refused row.

    It holds the rows as they were, so only its owner may read it.

    Parameters
    ----------
    path
        Where to write; what stood there is replaced.
    source
        The file the rows come from, which is never written over.
    """

    def __init__(self, path: Path, source: Path) -> None:
        if path.suffix.lower() not in (".csv", ".jsonl"):
            raise refuse(path.name, "the file for refused rows must end in .csv or .jsonl")
        if path.resolve() == source.resolve():
            raise refuse(path.name, "is the file that is being read; refused rows need one of their own")
        self._path = path
        self._stream: TextIO | None = None

    def __enter__(self) -> Refused:
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise InputError(f"{self._path.name} cannot be written ({error.strerror})") from None
        self._stream = os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()

    def write(self, number: int, problems: Sequence[Problem], cells: Sequence[str]) -> None:
        """Keep one refused row."""
        if self._stream is None:
            raise ValueError("refused rows are written inside a with statement")
        reasons = [str(problem) for problem in problems]
        if self._path.suffix.lower() == ".csv":
            csv.writer(self._stream).writerow([number, "; ".join(reasons), *cells])
        else:
            entry = {"row": number, "problems": reasons, "cells": list(cells)}
            self._stream.write(json.dumps(entry, ensure_ascii=False) + "\n")
