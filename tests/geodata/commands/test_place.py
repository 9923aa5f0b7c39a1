"""The store a call works on: missing, broken, no address, without a simulated workspace."""

import pytest

from geodata.commands.main import main
from tests.geodata.commands.samples import digest


@pytest.mark.parametrize("command", [["status"], ["status", "--demo"], ["status", "--json"]])
def test_a_missing_store_ends_with_1_and_stays_missing(tmp_path, monkeypatch, refusal, command):
    path = tmp_path / "no" / "store.sqlite"
    monkeypatch.setenv("HG_STORE", str(path))
    code, message = refusal(*command)
    assert code == 1
    assert "python -m geodata init" in message
    assert not path.parent.exists()


@pytest.mark.parametrize("command", [["status"], ["init"], ["init", "--demo"]])
def test_a_broken_store_ends_with_1_and_is_left_as_it_is(store, refusal, command):
    store.write_bytes(b"no database at all " * 300)
    before = digest(store)
    code, message = refusal(*command)
    assert code == 1
    assert str(store) in message
    assert digest(store) == before


def test_a_store_that_is_no_address_ends_with_2(monkeypatch, refusal):
    monkeypatch.setenv("HG_STORE", "oracle-of-delphi://here")
    assert refusal("status")[0] == 2


def test_a_simulated_workspace_that_is_not_there_ends_with_2(tmp_path, monkeypatch, refusal):
    monkeypatch.setenv("HG_STORE", str(tmp_path / "real_only.sqlite"))
    assert main(["init"]) == 0
    code, message = refusal("status", "--demo")
    assert code == 2
    assert "--demo" in message
