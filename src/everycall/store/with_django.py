"""Django set up once in a process: the store names its own databases."""

from __future__ import annotations

import django
from django.conf import settings

from everycall.store import settings as ours


def set_up() -> None:
    """Configure Django for the store alone; does nothing when it is configured already."""
    if settings.configured:
        return
    settings.configure(**{name: getattr(ours, name) for name in dir(ours) if name.isupper()})
    django.setup()
