"""``make demo`` ends with a server: its address, names to sign in with and their password, on the history's evening."""

from __future__ import annotations

import re
import signal
import subprocess
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from command import EVERYCALL
from everycall.accounts.people import ROLES


def test_the_demo_serves_and_everybody_it_names_may_sign_in(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*EVERYCALL, "demo", "--calls", "200", "--port", "0", "--out", str(tmp_path / "force")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        told = ""
        while "Ctrl-C" not in told:
            line = process.stderr.readline()
            assert line, told
            told += line
        port = re.search(r"serving on http://127\.0\.0\.1:(\d+)", told)
        password = re.search(r"the password of each is (\S+)", told)
        assert port
        assert password
        assert "12 June 2026" in told
        for role in ROLES:
            assert role in told
        page = _signed_in(f"http://127.0.0.1:{port[1]}", "handler", password[1])
        assert "New call" in page
    finally:
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=120)
    assert process.returncode == 0, rest


def _signed_in(url: str, name: str, password: str) -> str:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{url}/sign-in", timeout=120).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token
    sent = {"csrfmiddlewaretoken": token[1], "name": name, "password": password, "next": "/"}
    answer = browser.open(f"{url}/sign-in", urllib.parse.urlencode(sent).encode(), timeout=120)
    return str(answer.read().decode())
