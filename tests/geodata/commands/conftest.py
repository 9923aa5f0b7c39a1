"""A store for the tests of the commands, and how a command is run in them."""

import json
import shutil

import pytest

from geodata.commands.main import main
from tests.geodata.commands.samples import sentence


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A store with both workspaces, to be copied."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HG_STORE", str(path))
        assert main(["init", "--demo", "--sites", "200", "--seed", "1"]) == 0
    return path


@pytest.fixture
def store(made, tmp_path, monkeypatch):
    path = tmp_path / "store.sqlite"
    shutil.copy(made, path)
    monkeypatch.setenv("HG_STORE", str(path))
    return path


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        (tmp_path / name).write_text(content, "utf-8")
        return str(tmp_path / name)

    return write


@pytest.fixture
def rows(capsys):
    """Run `status --json` and return what it prints."""

    def run(*options):
        assert main(["status", "--json", *options]) == 0
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def refusal(capsys):
    """Run a command that must fail; return its exit code and its one sentence."""

    def run(*arguments):
        capsys.readouterr()
        code = main(arguments)
        out, err = capsys.readouterr()
        assert out == ""
        return code, sentence(err)

    return run
