"""Making the screens ready before anybody waits: templates are made into programs, and what maps show is loaded."""

from __future__ import annotations

import logging

from everycall.errors import EverycallError
from everycall.long_running import set_aside
from everycall.serving.ground import Ground
from everycall.web.page import environment
from everycall.web.surroundings import surroundings

_log = logging.getLogger(__name__)


def get_pages_ready(ground: Ground) -> None:
    """Load what the first page would load: once, before processes part, which then share it."""
    for name in environment().list_templates():
        environment().get_template(name)
    try:
        surroundings(ground.force(), ground.clock())
    except EverycallError as error:
        _log.warning("the map could not be made ready: %s", error.message)
    finally:
        ground.let_go()  # a connection is never shared with another process
    set_aside()
