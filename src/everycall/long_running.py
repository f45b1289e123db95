"""Making a process ready for many calls: nothing is loaded, and nothing old cleaned up, while somebody waits."""

from __future__ import annotations

import gc
from datetime import datetime

from everycall.call import LogLine, read_call
from everycall.force import Force
from everycall.taking import take_call
from everycall.vulnerability.words.reading import read

_COLLECT_AFTER = (20_000, 500, 100)
"""Objects made and kept after which Python looks through the youngest, and how often so until the older ones are.

No single call keeps so many while it is worked on: the youngest are looked through before each call
(`everycall.between_calls`).
"""

_INVENTED = {
    "ref": "getting-ready",
    "caller": {
        "name": "Ann Example",
        "phone": "01632 960000",
        "address": "1 Example Street",
        "role": "victim",
    },
    "location": {"address": "1 Example Street"},
    "log": [{"text": "INFT STATES IT IS HAPPENING AGAIN"}],
}


def get_ready(force: Force, now: datetime) -> None:
    """Load what the first call would load, by assessing an invented one; store nothing.

    What stays for the life of the process is then set aside from the garbage collector, which otherwise goes
    through all of it now and then while a caller waits (measured: 50 to 100 ms); and the collector looks between
    calls, when few objects are young, since a call leaves hardly any circles behind.

    Parameters
    ----------
    now
        Aware.
    """
    try_one(force, now)
    _read_examples(force, now)
    set_aside()
    gc.set_threshold(*_COLLECT_AFTER)


def try_one(force: Force, now: datetime) -> None:
    """Assess an invented call; store nothing."""
    take_call(read_call({**_INVENTED, "received_at": now.isoformat()}), force, now, dry_run=True)


def _read_examples(force: Force, now: datetime) -> None:
    """Read an example of each entry of the lexicon: what the commonest words lead to is then worked out.

    On a busy machine the first four logs of 200 words took 109, 51, 37 and 78 ms without it, and 22, 24, 21 and 15
    after it, which takes 0.7 s itself.
    """
    lexicon = force.policy.lexicon
    texts = [entry.examples[0] for entry in lexicon.entries.values()]
    read([LogLine(text=text) for text in [*texts, "EVERYCALL AND " * 60]], now, lexicon)


def set_aside() -> None:
    """Set what is loaded now aside from the garbage collector: it stays for the life of the process."""
    gc.collect()
    gc.freeze()
