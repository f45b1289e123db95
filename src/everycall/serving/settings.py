"""Django's settings for what is served, beside those of the store: what a browser is told, and what it may do.

``SECURE`` ones are put in by `ground.stand_on` when the traffic comes through TLS.
"""

from typing import Any

DEBUG = False
ALLOWED_HOSTS: list[str] = ["localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "everycall.urls"
MIDDLEWARE = [
    "everycall.serving.headers.Headers",
    "everycall.serving.shape.OneShape",
    "everycall.web.refused.AsPages",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "everycall.serving.who.WhoIsThere",
    "django.middleware.csrf.CsrfViewMiddleware",
]
APPEND_SLASH = False
USE_I18N = False
LANGUAGE_CODE = "en-gb"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
FILE_UPLOAD_HANDLERS: list[str] = []

SESSION_COOKIE_NAME = "everycall_session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "everycall_csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "everycall.serving.shape.not_from_our_page"

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

THROUGH_TLS: dict[str, Any] = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-everycall_session",  # a browser takes it from this host alone, and through TLS
    "CSRF_COOKIE_NAME": "__Host-everycall_csrf",
}
"""What is set where TLS ends at a proxy in front of us."""

ON_THIS_MACHINE_ALONE: dict[str, Any] = {
    "SECURE_SSL_REDIRECT": False,
    "SECURE_HSTS_SECONDS": 0,
    "SESSION_COOKIE_SECURE": False,
    "CSRF_COOKIE_SECURE": False,
}
"""What is set where nothing leaves the machine (127.0.0.1 without TLS): the browser would not send the cookies."""
