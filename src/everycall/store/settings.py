"""Django's settings for the store alone: the app, the time zone, and no database until a store is opened."""

INSTALLED_APPS = ["everycall.store"]
DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LOGGING_CONFIG = None
