"""Where the keywords of the priorities that a call touches stand in its log."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from everycall.assessment import Evidence, HeardFact
from everycall.call import Call
from everycall.priorities.book import Book
from everycall.priorities.kind import plain, words_of

FACT = "local_priority"


def keywords_heard(book: Book, call: Call, touched: Collection[str]) -> tuple[HeardFact, ...]:
    """Return the first place of each keyword of the priorities ``touched`` (ids), by priority.

    A keyword decides nothing by itself: place and time hold too, or the priority would not be touched.
    """
    wanted = [
        (entry.priority.id, keyword.split())
        for entry in book.entries
        if entry.priority.id in touched
        for keyword in entry.kind.keywords
    ]
    if not wanted:
        return ()
    log = [_Line(number, line.text) for number, line in enumerate(call.log)]
    found = []
    for priority, keyword in wanted:
        first = next((at for line in log for at in line.places(keyword)), None)
        if first is not None:
            found.append(
                HeardFact(fact=FACT, assertion="present", strength="strong", evidence=first, rule=priority)
            )
    return tuple(found)


class _Line:
    """A line of the log in words, each made `plain` once for all keywords."""

    def __init__(self, number: int, text: str) -> None:
        self._number, self._text = number, text
        self._words = list(words_of(text))
        self._plain = [plain(word.group()).strip() for word in self._words]

    def places(self, keyword: list[str]) -> Iterator[Evidence]:
        """Yield where a keyword stands, given in plain words."""
        for at in range(len(self._plain) - len(keyword) + 1):
            if self._plain[at : at + len(keyword)] == keyword:
                start, end = self._words[at].start(), self._words[at + len(keyword) - 1].end()
                yield Evidence(line=self._number, start=start, end=end, text=self._text[start:end])
