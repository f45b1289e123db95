"""Priorities as data.police.uk gives them: text for people, so each becomes a draft to complete."""

from __future__ import annotations

import hashlib
from datetime import date
from html.parser import HTMLParser
from typing import Any

from everycall.errors import Problems, nearest
from everycall.priorities.priority import PlannedAction, Priority

KEYS = ("issue", "issue-date", "action", "action-date")
LONGEST_TITLE = 120
_BLOCKS = frozenset({"p", "br", "li", "ul", "ol", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_NO_TEXT = frozenset({"script", "style", "template"})


def is_police_uk(data: Any) -> bool:
    """Say whether ``data`` is a list as the API gives it: items with an ``issue``, none with an ``id``."""
    if not isinstance(data, list):
        return False
    items = [item for item in data if isinstance(item, dict)]
    return any("issue" in item for item in items) and not any("id" in item for item in items)


def read_police_uk(data: list[Any], where: str, problems: Problems) -> list[Priority]:
    """Return a draft for each item.

    The published text has no place, time or kind that could be matched, so none is guessed: a draft never
    matches, and a person completes it. The id is made from the issue's text and date, so the same file read
    again gives the same drafts; an item that stands twice is one draft.

    Source: data.police.uk API, ``/{force}/{neighbourhood}/priorities``: ``issue`` and ``action`` are HTML,
    ``action`` and the dates may be null.
    """
    drafts: dict[str, Priority] = {}
    for number, item in enumerate(data, 1):
        place = f"{where} priority {number}"
        before = len(problems)
        if not isinstance(item, dict):
            problems.add(place, "is not an object")
            continue
        for key in item:
            if key not in KEYS:
                problems.add(place, f"unknown key '{key[:60]}'{nearest(key, KEYS)}")
        issue = _text(item, "issue", place, problems)
        action = _text(item, "action", place, problems)
        agreed = _day(item, "issue-date", place, problems)
        by = _day(item, "action-date", place, problems)
        if not issue:
            problems.add(f"{place} issue", "has no text")
        if len(problems) > before:
            continue
        digest = hashlib.sha256(f"{issue}\n{agreed}".encode()).hexdigest()
        draft = Priority(
            id=f"police-uk-{digest[:12]}",
            title=_title(issue),
            status="draft",
            description=issue,
            agreed_on=agreed,
            actions=(PlannedAction(action, by),) if action else (),
        )
        drafts.setdefault(draft.id, draft)
    return list(drafts.values())


def _text(item: dict[str, Any], key: str, where: str, problems: Problems) -> str:
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        problems.add(f"{where} {key}", "is not a text")
        return ""
    return text_of_html(value)


def _day(item: dict[str, Any], key: str, where: str, problems: Problems) -> date | None:
    value = item.get(key)
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError):
        problems.add(f"{where} {key}", "is not a date like 2024-03-01T00:00:00, or null")
        return None


def _title(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= LONGEST_TITLE:
        return line
    return line[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


class _TextOnly(HTMLParser):
    """Keeps the text of HTML and nothing else; what scripts and styles hold is no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a new line where the tag does; begin to pass over a script."""
        self._silent += tag in _NO_TEXT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End the line where the tag does; end passing over a script."""
        self._silent -= tag in _NO_TEXT and self._silent > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep text that a reader would see."""
        if not self._silent:
            self.parts.append(data)


def text_of_html(html: str) -> str:
    """Return the text a reader would see, a line for each paragraph; still to be escaped when shown."""
    reader = _TextOnly()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)
