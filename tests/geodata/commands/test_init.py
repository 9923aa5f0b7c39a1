"""``init``: once or again, and the simulated workspace."""

import json

from geodata.commands.main import main
from geodata.store import Store


def test_init_twice_changes_nothing(store, capsys):
    before = Store(f"sqlite:///{store}").workspaces()
    assert main(["init"]) == 0
    assert Store(f"sqlite:///{store}").workspaces() == before
    assert str(store) in capsys.readouterr().out


def test_init_tells_the_data_versions(store, capsys):
    assert main(["init", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    there = Store(f"sqlite:///{store}").workspaces()
    assert answer == {"store": str(store), "workspaces": {k: w.version for k, w in there.items()}}


def test_init_with_a_seed_is_repeatable(tmp_path, monkeypatch):
    versions = set()
    for name in ("one", "other"):
        monkeypatch.setenv("HG_STORE", str(tmp_path / name))
        assert main(["init", "--demo", "--sites", "20", "--seed", "5"]) == 0
        versions.add(Store(f"sqlite:///{tmp_path / name}").version("simulated"))
    assert len(versions) == 1
