"""An answer sent in one piece: head and body apart let the other threads in twice, and woke the client twice."""

from __future__ import annotations

from waitress.task import WSGITask


class InOneSend(WSGITask):  # type: ignore[misc]
    """Answers a request as Waitress does; what is known to the end goes out with its head."""

    wrote_header: bool

    def write(self, data: bytes) -> None:
        """Send what the application answers, the head before it."""
        whole = self.complete and not self.wrote_header and self.content_length == len(data)
        if not (whole and data and self.has_body):
            super().write(data)
            return
        head = self.build_response_header()
        self.wrote_header = True
        self.content_bytes_written = len(data)
        self.channel.write_soon(head + data)
