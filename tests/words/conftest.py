from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from everycall.call import LogLine
from everycall.vulnerability.words.finding import Reading, WordFinding
from everycall.vulnerability.words.lexicon import Lexicon, default_directory, load
from everycall.vulnerability.words.reading import read

EVENING = datetime(2026, 6, 12, 20, 4, tzinfo=UTC)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load([default_directory()])


@pytest.fixture(scope="session")
def read_log(lexicon: Lexicon) -> Callable[..., Reading]:
    def read_lines(*texts: str, by: str | None = "C7214") -> Reading:
        return read([LogLine(text=text, by=by) for text in texts], EVENING, lexicon)

    return read_lines


@pytest.fixture(scope="session")
def said_of(read_log: Callable[..., Reading]) -> Callable[..., list[WordFinding]]:
    def findings_of(code: str, *texts: str, by: str | None = "C7214") -> list[WordFinding]:
        return [f for f in read_log(*texts, by=by).findings if f.code == code]

    return findings_of


@pytest.fixture(scope="session")
def strong_codes(read_log: Callable[..., Reading]) -> Callable[..., set[str]]:
    def codes(*texts: str) -> set[str]:
        findings = read_log(*texts).findings
        ours = ("caller", "victim", "household", "unknown")
        return {
            f.code for f in findings if f.assertion == "present" and f.strength == "strong" and f.who in ours
        }

    return codes
