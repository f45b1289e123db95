"""Django set up once in a process, without a settings module: the store names its own databases."""

from __future__ import annotations

import django
from django.conf import settings


def set_up() -> None:
    """Configure Django for the store alone; does nothing when it is configured already."""
    if settings.configured:
        return
    settings.configure(
        INSTALLED_APPS=["everycall.store"],
        DATABASES={"default": {"ENGINE": "django.db.backends.dummy"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        TIME_ZONE="Europe/London",
        LOGGING_CONFIG=None,
    )
    django.setup()
