"""`everycall serve` with a clock that goes on from a moment of the tests' own: STORE PORT MOMENT."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from everycall.cli import common
from everycall.cli.serve import serve
from everycall.serving.ground import open_ground

if __name__ == "__main__":
    store, port, moment = sys.argv[1:]
    common.pretend_it_is(datetime.fromisoformat(moment))
    ground = open_ground(store, common.now, Path(f"{store}-aside"))
    ground.in_time = False  # a part that is broken off on a busy machine writes so to the log, and finds less
    serve(ground, "127.0.0.1", int(port), workers=1)
