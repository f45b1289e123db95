"""Does the call touch a local priority? Place, time and kind, with the near misses."""

from everycall.priorities.areas import Area, read_areas
from everycall.priorities.book import Book
from everycall.priorities.edge import priority_schema
from everycall.priorities.keywords import keywords_heard
from everycall.priorities.locate import locate
from everycall.priorities.match import match
from everycall.priorities.priority import Priority
from everycall.priorities.reading import read_priorities

__all__ = [
    "Area",
    "Book",
    "Priority",
    "keywords_heard",
    "locate",
    "match",
    "priority_schema",
    "read_areas",
    "read_priorities",
]
