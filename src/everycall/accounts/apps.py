"""The Django app of accounts: its tables stand in the force's store."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts as Django knows them."""

    name = "everycall.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
