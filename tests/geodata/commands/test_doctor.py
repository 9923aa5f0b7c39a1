"""``doctor``: when it ends well, and when it fails."""

import json
import socket

import pytest

from geodata.commands.main import main

pytestmark = pytest.mark.usefixtures("store")


def test_the_doctor_finds_the_shipped_data_well(capsys):
    assert main(["doctor", "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)
    assert all(set(finding) == {"check", "level", "message"} for finding in findings)
    assert {finding["level"] for finding in findings} <= {"ok", "note"}


def test_the_doctor_fails_on_a_missing_store(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HG_STORE", str(tmp_path / "none.sqlite"))
    assert main(["doctor", "--json"]) == 1
    findings = {f["check"]: f["level"] for f in json.loads(capsys.readouterr().out)}
    assert findings["store"] == "fault"


def test_the_doctor_fails_on_a_port_in_use(capsys):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert main(["doctor", "--port", str(port)]) == 1
    assert str(port) in capsys.readouterr().out
