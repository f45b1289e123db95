"""The Django app's name and the type of its keys."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The store as Django knows it."""

    name = "everycall.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
