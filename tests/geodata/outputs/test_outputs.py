"""Files we write are whole or not there; what was there before survives a failure."""

import errno
import os
from pathlib import Path

import pytest

from geodata.core.files import OutputError, write_whole
from geodata.core.names import unaccent

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def fail(error):
    def refuse(*_arguments):
        raise error

    return refuse


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_with_the_folders_it_needs(tmp_path):
    path = tmp_path / "new" / "folder" / "page.html"
    write_whole(path, "Hậu Giang".encode())
    assert path.read_bytes() == "Hậu Giang".encode()
    assert names(path.parent) == ["page.html"]


def test_anyone_may_read_what_the_app_serves(tmp_path):
    write_whole(tmp_path / "page.html", b"new")
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o644


def test_who_reads_the_old_file_reads_it_to_the_end(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(b"old page")
    with path.open("rb") as reader:
        assert reader.read(3) == b"old"
        write_whole(path, b"new")
        assert reader.read() == b" page"
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["chmod", "replace"])
@pytest.mark.parametrize(
    ("error", "raised"), [(FULL, OutputError), (KeyboardInterrupt(), KeyboardInterrupt)]
)
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step, error, raised):
    path = tmp_path / "page.html"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, step, fail(error))
    with pytest.raises(raised):
        write_whole(path, b"new")
    assert names(tmp_path) == ["page.html"]
    assert path.read_bytes() == b"old"


def test_a_full_disk_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "replace", fail(FULL))
    with pytest.raises(OutputError) as refused:
        write_whole(tmp_path / "page.html", b"new")
    assert "page.html" in str(refused.value)
    assert unaccent(str(refused.value)) != str(refused.value).lower()


def test_a_place_that_is_no_folder_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(OutputError, match=r"page\.html"):
        write_whole(tmp_path / "file" / "page.html", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
