"""What the tests of intake share: writing a file, and the problems that reading it raises."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from everycall.errors import InputError

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return make


def read_to_the_end(reader: Callable[..., Any], *given: Any, **named: Any) -> None:
    result = reader(*given, **named)
    if isinstance(result, Iterable):
        list(result)


@pytest.fixture
def problems() -> Callable[..., list[str]]:
    """Call a reader, which must refuse; return every problem as ``where: problem``."""

    def of(reader: Callable[..., Any], *given: Any, **named: Any) -> list[str]:
        with pytest.raises(InputError) as caught:
            read_to_the_end(reader, *given, **named)
        assert caught.value.details, "an error without details does not say where"
        return [str(detail) for detail in caught.value.details]

    return of
