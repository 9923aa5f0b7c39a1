"""Folders to work in: for their owner alone, and gone when whoever made them is."""

import os
import signal
import stat
import subprocess
import sys

import pytest

from geodata.core import workroom as rooms

HOLD = """
import sys, time
from pathlib import Path
from geodata.core.workroom import workroom
with workroom(Path(sys.argv[1])) as folder:
    (folder / "copy").write_text("hashes")
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path):
    """A process that works in a room beside a target."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    (room,) = tmp_path.iterdir()
    yield process, room
    process.kill()
    process.wait()


def aged(room, seconds=rooms._JUST_MADE_S + 1):
    then = room.stat().st_mtime - seconds
    os.utime(room, (then, then))


def test_a_room_is_its_owner_s_alone_and_goes_in_the_end(tmp_path):
    with rooms.workroom(tmp_path) as room:
        assert stat.S_IMODE(room.stat().st_mode) == 0o700
        (room / "x").touch()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_goes_at_the_next_start(tmp_path, holder):
    process, room = holder
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert (room / "copy").exists()
    aged(room)
    rooms.swept(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_room_in_use_stays_however_old_it_is(tmp_path, holder):
    _process, room = holder
    aged(room, rooms._LEFT_S * 100)
    rooms.swept(tmp_path)
    assert (room / "copy").exists()


def test_a_room_just_made_stays_though_nobody_has_claimed_it_yet(tmp_path):
    room = tmp_path / f"{rooms._PREFIX}new"
    room.mkdir()
    rooms.swept(tmp_path)
    assert room.exists()


def test_where_nothing_can_be_claimed_age_tells(tmp_path, monkeypatch):
    monkeypatch.setattr(rooms, "fcntl", None)
    room = tmp_path / f"{rooms._PREFIX}old"
    room.mkdir()
    aged(room)
    rooms.swept(tmp_path)
    assert room.exists()
    aged(room, rooms._LEFT_S + 1)
    with rooms.workroom(tmp_path):
        assert not room.exists()
