"""Django's settings for the store alone: the apps whose tables stand in it, the time zone, no database yet."""

INSTALLED_APPS = ["everycall.store", "everycall.accounts"]
DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LOGGING_CONFIG = None
