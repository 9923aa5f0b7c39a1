"""The spool: one side only adds, the other believes nothing; a report is whole or not there."""

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.errors import DataError
from geodata.intake import laid, spool
from geodata.intake.spool import Spool, SpoolError
from geodata.register.reports import PublicReport, is_number
from tests.geodata.intake.test_attachments import photo

HOME = Path(__file__).parents[3]
REPORT = PublicReport("HG-ST-01", "closed", "Đã đóng cửa\n<b>x</b>", "0939 871 234")
SENT = datetime(2026, 11, 28, 3, 9, 50)  # noqa: DTZ001 - UTC, as the store has it
NUMBER = "ABCDEFGH23"
STRANGER = 65534
AS_STRANGER = f"""
import os, sys, datetime
sys.path.insert(0, {str(HOME)!r})
from geodata.intake.spool import Spool
from geodata.register.reports import PublicReport
from pathlib import Path
folder = Path(sys.argv[1])
os.umask(0o077)
os.setgroups([])
os.setgid({STRANGER}), os.setuid({STRANGER})
number = Spool(folder).put(PublicReport("HG-ST-01", "place", "sai"), b"", datetime.datetime.now())
for refused in (lambda: list(os.scandir(folder)), lambda: os.unlink(folder / "theirs.report")):
    try:
        refused()
        sys.exit(1)
    except PermissionError:
        pass
print(number)
"""


def put(folder, picture=b""):
    return Spool(folder).put(REPORT, picture, SENT)


def test_what_is_laid_down_is_taken_out_as_it_was(tmp_path):
    number = put(tmp_path)
    assert is_number(number)
    (name,) = laid.names(tmp_path)
    one = laid.judged(tmp_path, name)
    assert (one.number, one.report, one.photo, one.sent) == (number, REPORT, b"", SENT)
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o640
    assert laid.take_away(tmp_path, name)
    assert laid.names(tmp_path) == []


def test_a_photo_comes_along(tmp_path):
    put(tmp_path, photo("JPEG"))
    (name,) = laid.names(tmp_path)
    assert laid.judged(tmp_path, name).photo.startswith(b"\xff\xd8\xff")


@pytest.fixture
def open_to_all():
    """A folder that anybody reaches: pytest's are for who runs it alone."""
    made = Path(tempfile.mkdtemp(prefix="hg-spool-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_who_may_neither_list_nor_delete_can_add(open_to_all):
    folder = open_to_all / "spool"
    folder.mkdir()
    os.chown(folder, 0, STRANGER)
    folder.chmod(0o3730)
    (folder / "theirs.report").write_bytes(b"x")
    command = [sys.executable, "-B", "-c", AS_STRANGER, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    file = folder / f"{done.stdout.strip()}.report"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640  # the group reads, whatever the umask
    assert file.stat().st_gid == STRANGER
    assert laid.judged(folder, file.name).report.words == "sai"
    assert laid.take_away(folder, file.name)


@pytest.mark.parametrize("failing", ["write", "link", "missing"])
def test_a_disk_or_folder_that_refuses_costs_a_sentence_and_leaves_nothing(
    tmp_path, monkeypatch, failing
):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = tmp_path / "none" if failing == "missing" else tmp_path
    if failing != "missing":
        monkeypatch.setattr(spool.os, {"write": "fsync", "link": "link"}[failing], full)
    with pytest.raises(SpoolError, match="vẫn còn đây"):
        put(folder)
    assert list(tmp_path.iterdir()) == []


def test_what_waits_is_bounded_in_number_and_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "MOST_FILES", 2)
    for _turn in range(2):
        put(tmp_path)
    with pytest.raises(SpoolError, match="quá nhiều"):
        put(tmp_path)
    assert len(laid.names(tmp_path)) == 2
    monkeypatch.setattr(spool, "MOST_FILES", 10)
    monkeypatch.setattr(spool, "MOST_BYTES", 1000)
    with pytest.raises(SpoolError, match="quá nhiều"):
        put(tmp_path, b"x" * 1000)


def test_who_may_not_list_counts_what_is_its_own_and_still_there(tmp_path, monkeypatch):
    def closed(_folder):
        raise PermissionError

    monkeypatch.setattr(spool, "MOST_FILES", 2)
    box = Spool(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(spool.os, "scandir", closed)
        for _turn in range(2):
            box.put(REPORT, b"", SENT)
        with pytest.raises(SpoolError):
            box.put(REPORT, b"", SENT)
        next(iter(tmp_path.iterdir())).unlink()
        box.put(REPORT, b"", SENT)


def test_a_number_is_never_given_twice(tmp_path, monkeypatch):
    letters = iter("A" * 20 + "B" * 10)
    monkeypatch.setattr(spool.secrets, "choice", lambda _letters: next(letters))
    assert [put(tmp_path), put(tmp_path)] == ["A" * 10, "B" * 10]


# --- what is foreign ---------------------------------------------------------------------------

WHOLE = spool.packed(NUMBER, REPORT, b"", SENT)


def forged(**cells):
    """A report with a right digest and something else in it."""
    words = json.loads(WHOLE.split(b"\n")[1]) | cells
    body = json.dumps(words).encode() + b"\n"
    return spool.HEAD + spool.hashlib.sha256(body).hexdigest().encode() + b"\n" + body


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_report_with_any_byte_changed_is_none(tmp_path_factory, at, by):
    folder = tmp_path_factory.getbasetemp()
    (folder / f"{NUMBER}.report").write_bytes(
        WHOLE[:at] + bytes([(WHOLE[at] + by) % 256]) + WHOLE[at + 1 :]
    )
    # The newline after the digest says nothing, so nothing is lost with it.
    if at == len(spool.HEAD) + 64:
        return
    with pytest.raises(DataError):
        laid.judged(folder, f"{NUMBER}.report")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        WHOLE[:-3],
        b"hg-report 1 ",
        forged(number="BBBBBBBBBB"),
        forged(sent="yesterday"),
        forged(sent="2026-11-28T03:09:50+07:00"),
        forged(words=""),
        forged(topic="evidence"),
        forged(words=["x"] * 100000),
        forged()[:-1] + b"\n" + b"\xff\xd8\xff no photo",
    ],
    ids=["empty", "cut", "head", "number", "day", "zone", "silent", "topic", "large", "photo"],
)
def test_what_is_damaged_or_forged_is_no_report(tmp_path, content):
    (tmp_path / f"{NUMBER}.report").write_bytes(content)
    with pytest.raises(DataError):
        laid.judged(tmp_path, f"{NUMBER}.report")


def test_neither_links_nor_pipes_nor_folders_are_opened(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(whole := spool.packed("A" * 10, REPORT, b"", SENT))
    folder = tmp_path / "spool"
    folder.mkdir()
    paths = [folder / f"{letter * 10}.report" for letter in "ABC"]
    paths[0].symlink_to(elsewhere)
    os.mkfifo(paths[1])
    paths[2].mkdir()
    for path in paths:
        with pytest.raises(DataError):
            laid.judged(folder, path.name)
        assert laid.set_aside(folder, path.name)
    assert elsewhere.read_bytes() == whole
    assert len(laid.lying_aside(folder)) == 3


def test_what_is_too_large_is_not_read(tmp_path):
    with (tmp_path / f"{NUMBER}.report").open("wb") as file:
        file.truncate(laid.LARGEST + 1)
    with pytest.raises(DataError, match="lớn hơn"):
        laid.judged(tmp_path, f"{NUMBER}.report")


def test_nothing_is_moved_where_a_stranger_leads(tmp_path):
    folder, elsewhere = tmp_path / "spool", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / laid.ASIDE).symlink_to(elsewhere)
    (folder / "x").write_bytes(b"x")
    assert not laid.set_aside(folder, "x")
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_nor_into_a_folder_that_is_a_stranger_s(tmp_path):
    (tmp_path / laid.ASIDE).mkdir()
    os.chown(tmp_path / laid.ASIDE, STRANGER, STRANGER)
    (tmp_path / "x").write_bytes(b"x")
    assert not laid.set_aside(tmp_path, "x")


def test_what_a_killed_process_left_goes_in_time_and_is_never_a_report(tmp_path):
    fresh, old = tmp_path / f"{'A' * 10}.part", tmp_path / f"{'B' * 10}.part"
    for path in (fresh, old):
        path.write_bytes(WHOLE[:20])
    os.utime(old, (time.time() - 7200,) * 2)
    assert laid.names(tmp_path) == []
    assert (fresh.exists(), old.exists()) == (True, False)
