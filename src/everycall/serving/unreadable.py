"""What the server itself refuses, before any of our code sees a request, in the same one shape."""

from __future__ import annotations

import json
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from everycall.errors import EverycallError
from everycall.serving.headers import ALWAYS
from everycall.serving.in_one_send import InOneSend

_CODES = {
    400: ("bad_request", "the request cannot be read"),
    413: ("too_large", "the request is too large"),
    431: ("too_large", "the headers of the request are too large"),
    500: ("fault", "a fault in the server itself"),
    501: ("bad_request", "the request is coded in a way that is not understood"),
}


class _Refused(ErrorTask):  # type: ignore[misc]
    """Answers a request that cannot be read, and closes the connection."""

    def execute(self) -> None:
        """Write the refusal."""
        error: Any = self.request.error
        code, message = _CODES.get(error.code, _CODES[400])
        told = EverycallError(message).as_dict()
        told["error"]["code"] = code
        body = json.dumps(told).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "application/json"),
            ("Cache-Control", "no-store"),
            *ALWAYS.items(),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose unreadable requests are refused in the one shape."""

    error_task_class = _Refused
    task_class = InOneSend
