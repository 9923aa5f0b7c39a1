"""The drill: what it proves of a backup, and that it says so when that has another history."""

import json

import pytest

from geodata.commands.main import main
from geodata.store import REAL, Store
from tests.entering import drafted
from tests.geodata.store.samples import said


@pytest.fixture
def store(tmp_path, monkeypatch):
    path = tmp_path / "office" / "store.sqlite"
    monkeypatch.setenv("HG_STORE", str(path))
    assert main(["init"]) == 0
    return Store(f"sqlite:///{path}")


def _drilled(capsys, *arguments):
    capsys.readouterr()
    code = main(["drill", *map(str, arguments)])
    return code, capsys.readouterr().out


def test_a_new_backup_gives_the_same_history_and_figures_and_leaves_the_store_alone(store, capsys):
    before = store.version(REAL)
    code, out = _drilled(capsys)
    assert code == 0
    assert out.startswith("ok")
    assert before in out
    assert "cùng số liệu" in out
    assert store.version(REAL) == before


def test_an_older_backup_is_compared_with_the_store_as_it_was_then(store, tmp_path, capsys):
    main(["backup", str(tmp_path / "b.zip")])
    drafted(store, said("E-later", subject="HG-ST-01"))
    code, out = _drilled(capsys, tmp_path / "b.zip", "--json")
    assert code == 0
    (proof,) = json.loads(out)
    assert (proof["continues"], proof["same_figures"]) == (True, True)


def test_a_backup_of_another_history_is_a_fault(store, tmp_path, monkeypatch, capsys):
    drafted(store, said("E-ours", subject="HG-ST-01"))
    main(["backup", str(tmp_path / "b.zip")])
    monkeypatch.setenv("HG_STORE", str(tmp_path / "second.sqlite"))
    main(["init"])
    drafted(Store(f"sqlite:///{tmp_path / 'second.sqlite'}"), said("E-theirs", subject="HG-ST-01"))
    code, out = _drilled(capsys, tmp_path / "b.zip")
    assert code == 1
    assert out.startswith("fault")
    assert "lịch sử khác" in out


def test_what_is_no_backup_costs_a_sentence(store, tmp_path, capsys):  # noqa: ARG001 - there is one
    (tmp_path / "b.zip").write_bytes(b"PK no")
    capsys.readouterr()
    assert main(["drill", str(tmp_path / "b.zip")]) == 1
    assert "không phải" in capsys.readouterr().err


def test_a_folder_gets_a_backup_by_its_moment_and_keeps_few(store, tmp_path, capsys):  # noqa: ARG001
    folder = tmp_path / "backups"
    folder.mkdir()
    old = [folder / f"haugiang-2020010{day}T000000Z.zip" for day in range(1, 10)]
    for path in old:
        path.write_bytes(b"x")
    assert main(["backup", str(folder), "--rotate"]) == 0
    made = sorted(folder.glob("haugiang-2*.zip"))
    assert made[-1].stat().st_size > 1
    assert not all(path.exists() for path in old)
    assert main(["backup", str(tmp_path / "none"), "--rotate"]) == 2
