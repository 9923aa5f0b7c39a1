"""Backup, restore and copy at the command line: what they answer, and every wrong input."""

import io
import json
import shutil
import zipfile

import pytest

from geodata.commands.main import main
from geodata.core.clock import now
from geodata.core.names import unaccent
from geodata.register.reports import KEPT, PublicReport
from geodata.store import REAL, Store
from geodata.store.inbox import Inbox
from tests.entering import STEWARD, drafted
from tests.geodata.store.samples import said


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "store.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HG_STORE", str(path))
        assert main(["init"]) == 0
    return path


@pytest.fixture
def store(made, tmp_path, monkeypatch):
    path = tmp_path / "office" / "store.sqlite"
    path.parent.mkdir()
    shutil.copy(made, path)
    monkeypatch.setenv("HG_STORE", str(path))
    return Store(f"sqlite:///{path}")


@pytest.fixture
def packed(store, tmp_path, capsys):  # noqa: ARG001 - there has to be one
    path = tmp_path / "b.zip"
    assert main(["backup", str(path)]) == 0
    capsys.readouterr()
    return path


@pytest.fixture
def refusal(capsys):
    """Run a command that must fail; return its exit code and its last line on stderr."""

    def run(*arguments):
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert out == ""
        line = err.splitlines()[-1]
        assert unaccent(line) != line.lower()
        assert "Traceback" not in err
        return code, line

    return run


def test_a_backup_is_restored_with_its_data(store, packed, capsys):
    before = store.version(REAL)
    drafted(store, said("E1"))
    assert main(["restore", str(packed), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["workspaces"] == {REAL: before}
    assert "100%" in err
    assert store.version(REAL) == before


def test_what_is_over_of_a_report_is_deleted_before_it_lies_in_one_more_backup(store, tmp_path):
    report = PublicReport("HG-ST-01", "place", "WORDS-QX7Z", "CONTACT-QX7Z")
    fresh, old = now(), now() - 2 * KEPT
    for number, sent in (("A" * 10, old), ("B" * 10, fresh)):
        Inbox(store, REAL, STEWARD).add(number, report, b"", sent, number)
    assert main(["backup", str(tmp_path / "c.zip")]) == 0
    assert main(["restore", "--yes", str(tmp_path / "c.zip")]) == 0
    words = {one.number: one.words for one in Inbox(store, REAL, STEWARD).listed()}
    assert words == {"A" * 10: None, "B" * 10: "WORDS-QX7Z"}


def test_a_store_is_copied_to_another_place(store, tmp_path, capsys):
    target = tmp_path / "elsewhere" / "store.sqlite"
    capsys.readouterr()
    assert main(["copy", store.name, str(target), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["workspaces"] == {REAL: store.version(REAL)}
    assert Store(f"sqlite:///{target}").version(REAL) == store.version(REAL)


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("answer", "code"), [("n", 2), ("", 2), ("c", 0), ("y", 0)])
def test_somebody_at_a_terminal_is_asked_before_all_is_replaced(
    store, packed, monkeypatch, answer, code
):
    drafted(store, said("E1"))
    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    assert main(["restore", str(packed)]) == code
    assert store.version(REAL).startswith("1-" if code == 0 else "2-")


def test_who_says_yes_is_not_asked(store, packed, monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal(""))
    drafted(store, said("E1"))
    assert main(["restore", str(packed), "--yes"]) == 0


def no_store_in_it(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")


WRONG = {
    "lost.zip": lambda _path: None,
    "folder.zip": lambda path: path.mkdir(),
    "text.zip": lambda path: path.write_text("id,kind\n"),
    "empty.zip": lambda path: path.touch(),
    "other.zip": no_store_in_it,
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_backup_is_refused_in_a_sentence_that_names_it(store, tmp_path, refusal, name):
    WRONG[name](tmp_path / name)
    before = store.path.read_bytes()
    code, message = refusal("restore", tmp_path / name)
    assert code == 1
    assert name in message
    assert store.path.read_bytes() == before


def test_half_a_backup_is_refused(store, packed, refusal):  # noqa: ARG001
    packed.write_bytes(packed.read_bytes()[:-2000])
    code, message = refusal("restore", packed)
    assert (code, "b.zip" in message) == (1, True)


@pytest.mark.parametrize("name", ["no/folder/b.zip", "office/store.sqlite/b.zip"])
def test_a_backup_that_cannot_be_written_is_told(store, tmp_path, refusal, name):  # noqa: ARG001
    code, message = refusal("backup", tmp_path / name)
    assert code == 1
    assert name in message


def test_a_missing_store_is_not_backed_up(tmp_path, monkeypatch, refusal):
    monkeypatch.setenv("HG_STORE", str(tmp_path / "none.sqlite"))
    code, message = refusal("backup", tmp_path / "b.zip")
    assert (code, "python -m geodata init" in message) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_full_store_is_not_copied_over(store, tmp_path, refusal):
    other = tmp_path / "other.sqlite"
    Store(f"sqlite:///{other}").create()
    Store(f"sqlite:///{other}").fill(REAL, *(store.load(REAL).sites, store.load(REAL).evidence))
    code, message = refusal("copy", store.name, other)
    assert (code, "other.sqlite" in message) == (2, True)


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [("lost.sqlite", "new.sqlite", 1), ("oracle://x", "new.sqlite", 2), (None, "oracle://x", 2)],
)
def test_a_copy_from_or_to_nowhere_is_told(  # noqa: PLR0917
    store, tmp_path, refusal, source, target, code
):
    places = [store.name if source is None else source, target]
    named = [place if "://" in place else tmp_path / place for place in places]
    assert refusal("copy", *named)[0] == code
