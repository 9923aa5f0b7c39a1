"""``briefing --each unit``: a file a unit, as the single call makes it, in processes at once."""

import os
import re
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from urllib.parse import parse_qs

import docx
import pytest

from geodata.commands import basis
from geodata.commands.main import main
from geodata.core.names import unaccent
from geodata.geography import units
from geodata.stewardship import history
from geodata.store import REAL, Store
from tests.geodata.commands.samples import HOME

DAY = "2025-10-01"
COMMUNES = units.dissolve(units.load_blocks(), units.Vintage.Y2025)
EMPTY = "31338"  # has no site
FEW = COMMUNES.loc[["31321", EMPTY, "31340"]]


@pytest.fixture(scope="module", autouse=True)
def _few_units_and_one_minute():
    """Files say when they were made."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(basis, "now", lambda: datetime(2025, 11, 2, 3, 4, tzinfo=UTC))
        patch.setattr(basis.units, "dissolve", lambda *_a: FEW)
        yield


@pytest.fixture(scope="module")
def home(made, tmp_path_factory):
    """A store of the tests' own, and the environment that names it."""
    folder = tmp_path_factory.mktemp("each")
    shutil.copy(made, folder / "store.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HG_STORE", str(folder / "store.sqlite"))
        yield folder


@pytest.fixture(scope="module")
def called(home):
    """The call for all units, what it printed, and its folder."""
    out, err = home / "stdout", home / "stderr"
    with out.open("w") as told, err.open("w") as steps, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", told)
        patch.setattr(sys, "stderr", steps)
        patch.setattr(os, "cpu_count", lambda: 1)  # a process more costs a start; see Ctrl+C
        words = ["--files", "xlsx,pdf,docx", "--as-of", DAY, "--given"]
        assert main(["briefing", str(home / "all"), "--each", "unit", *words]) == 0
    return out.read_text("utf-8"), err.read_text("utf-8"), home / "all"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_every_unit_has_a_file_of_each_kind_by_its_name(called):
    out, _err, folder = called
    assert names(folder) == sorted(
        f"{code}-hau-giang-{'-'.join(unaccent(name).split())}-tuyen-truyen-{DAY}.{ending}"
        for code, name in FEW["name"].items()
        for ending in ("pdf", "xlsx", "docx")
    )
    assert sorted(out.split()) == sorted(str(path) for path in folder.iterdir())


def test_a_file_is_the_one_that_a_call_for_its_unit_makes(called, tmp_path):
    for ending in ("pdf", "xlsx"):
        (path,) = called[2].glob(f"31321-*.{ending}")
        single = tmp_path / path.name
        assert main(["briefing", str(single), "--unit", "31321", "--as-of", DAY]) == 0
        assert single.read_bytes() == path.read_bytes()


def test_progress_is_told_unit_by_unit_on_stderr(called):
    *lines, _units_without_a_site = called[1].splitlines()
    assert len(lines) == 1 + len(FEW)
    shares = [int(re.match(r" *(\d+)%", line)[1]) for line in lines]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 100)
    assert {line.partition(": ")[2] for line in lines[1:]} == set(FEW["name"])


@pytest.mark.usefixtures("called")
def test_each_briefing_given_is_noted(home):
    notes = Store(f"sqlite:///{home / 'store.sqlite'}").given(REAL)
    assert {parse_qs(note)["unit"][0] for note in notes} == set(FEW.index)
    assert {str(history.given_on(note)) for note in notes} == {DAY}


def test_units_without_a_site_are_named_and_their_files_say_so(called):
    *_steps, last = called[1].splitlines()
    assert last.endswith("báo cáo của các địa bàn này nói rõ điều đó: Xã Hỏa Lựu.")
    (path,) = called[2].glob(f"{EMPTY}-*.docx")
    sentence = "trong hồ sơ chưa có cơ sở nào ở địa bàn này"
    assert any(sentence in part.text for part in docx.Document(path).paragraphs)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_leaves_whole_files_and_no_process(home):
    folder = home / "broken off"
    words = ["--as-of", DAY]
    as_is = signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs us may ignore it
    try:
        work = subprocess.Popen(
            [sys.executable, "-m", "geodata", "briefing", str(folder), "--each", "unit", *words],
            cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
            start_new_session=True,
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, as_is)
    first = work.stdout.readline().strip()
    os.killpg(work.pid, signal.SIGINT)
    out, err = work.communicate()  # ends when no process is left to write to them
    assert work.returncode == 130
    paths = [first, *out.split()]
    assert sorted(paths) == sorted(map(str, folder.iterdir()))
    assert 1 <= len(paths) < len(COMMUNES)
    for path in folder.iterdir():
        content = path.read_bytes()
        assert content.startswith(b"%PDF")
        assert content.rstrip().endswith(b"%%EOF")
    assert err.splitlines()[-1].endswith("không có tệp nào ghi dở.")
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--each", "unit", "--unit", "930"], "--unit"),
        (["--each", "unit", "--files", "pdf,exe"], "exe"),
        (["--each", "unit", "--files", "xlsx", "--paper", "a4"], "--paper"),
        (["--each", "unit", "--template", "office.docx"], "docx"),
        (["--files", "pdf"], "--each"),
    ],
)
def test_a_call_that_contradicts_itself_is_refused_in_a_sentence(home, refusal, words, named):
    path = home / "refused.pdf"
    code, message = refusal("briefing", str(path), "--as-of", DAY, *words)
    assert code == 2
    assert named in message
    assert not path.exists()


def test_a_process_that_the_system_ends_is_told_in_a_sentence(home, monkeypatch, capsys):
    def ended(*_arguments):
        raise BrokenProcessPool

    monkeypatch.setattr(ProcessPoolExecutor, "submit", ended)
    assert main(["briefing", str(home / "ended"), "--each", "unit", "--as-of", DAY]) == 1
    assert "tiến trình" in capsys.readouterr().err.splitlines()[-1]
