"""A real HTTP server on this machine that answers as a second reader would, or misbehaves in every way."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from everycall.second_reader.endpoint import endpoint


def completion(findings) -> bytes:
    content = findings if isinstance(findings, str) else json.dumps({"findings": findings})
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


class Server:
    """Answers each request with the next of ``answers``, the last one for ever; keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list = [completion([])]
        self.asked: list[dict] = []
        self.paths: list[str] = []
        self.headers: list[dict] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.asked.append(json.loads(body))
                outer.paths.append(self.path)
                outer.headers.append(dict(self.headers))
                number = len(outer.asked) - 1
                answer = outer.answers[min(number, len(outer.answers) - 1)]
                if callable(answer):
                    answer(self)
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def where(self, seconds: float = 120.0, **more):
        return endpoint(self.url, "a-model", seconds=seconds, **more)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def status(code: int, headers=(), body=b"{}"):
    def answer(handler):
        handler.send_response(code)
        for name, value in headers:
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def drip(handler):
    """Send a byte now and then, each in time for a socket's time-out, and never end."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        return


def huge(handler):
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b"a" * 65_536)
    except OSError:
        return


def hang_up(handler):
    handler.close_connection = True
    handler.connection.close()
