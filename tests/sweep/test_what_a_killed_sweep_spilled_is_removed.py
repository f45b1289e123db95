import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from everycall.sweep.spill import PREFIX, Spill, remove_abandoned

_LIVES = """
import sys
from everycall.sweep.duckdb_engine import DuckDB
engine = DuckDB()
print(engine._spill.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


@pytest.fixture
def running():
    with subprocess.Popen([sys.executable, "-c", _LIVES], stdin=-1, stdout=-1, text=True) as process:
        folder = Path(process.stdout.readline().strip())
        yield process, folder
        process.kill()


def test_of_a_killed_sweep_nothing_is_left_once_another_begins(running):
    process, folder = running
    (folder / "duckdb_temp_storage.tmp").write_bytes(b"names")
    process.kill()
    process.wait()
    assert folder.exists()
    Spill().close()
    assert not folder.exists()


def test_of_a_sweep_that_runs_nothing_is_removed(running):
    _, folder = running
    assert remove_abandoned() == []
    assert folder.exists()


def test_a_folder_that_says_no_owner_yet_is_left(tmp_path):
    young = tmp_path / f"{PREFIX}young"
    young.mkdir()
    assert remove_abandoned() == []
    assert young.exists()


def test_it_removes_its_own_at_the_end():
    spill = Spill()
    assert Path(spill.path).is_dir()
    spill.close()
    assert not Path(spill.path).exists()
