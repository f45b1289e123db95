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
    found = []
    for entry in book.entries:
        if entry.priority.id not in touched:
            continue
        for keyword in entry.kind.keywords:
            first = next(_places(keyword.split(), call), None)
            if first is not None:
                found.append(
                    HeardFact(
                        fact=FACT,
                        assertion="present",
                        strength="strong",
                        evidence=first,
                        rule=entry.priority.id,
                    )
                )
    return tuple(found)


def _places(wanted: list[str], call: Call) -> Iterator[Evidence]:
    for number, line in enumerate(call.log):
        words = list(words_of(line.text))
        for at in range(len(words) - len(wanted) + 1):
            if [plain(word.group()).strip() for word in words[at : at + len(wanted)]] == wanted:
                start, end = words[at].start(), words[at + len(wanted) - 1].end()
                yield Evidence(line=number, start=start, end=end, text=line.text[start:end])
