"""Where settings come from, and which of them are refused."""

import pytest

from geodata.errors import WrongCallError
from geodata.settings import Settings, load


@pytest.fixture
def secrets(tmp_path):
    file = tmp_path / ".streamlit" / "secrets.toml"
    file.parent.mkdir()
    return file


def test_the_default_is_a_file_of_the_project_read_only(tmp_path):
    assert load({}, tmp_path) == Settings(f"sqlite:///{tmp_path}/var/haugiang.sqlite", "public")


def test_the_environment_comes_before_the_secrets(tmp_path, secrets):
    secrets.write_text('HG_MODE = "steward"\nHG_STORE = "a.sqlite"\n[other]\nkey = 1\n')
    assert load({}, tmp_path) == Settings(f"sqlite:///{tmp_path}/a.sqlite", "steward")
    environ = {"HG_MODE": "public", "HG_STORE": " "}
    assert load(environ, tmp_path) == Settings(f"sqlite:///{tmp_path}/a.sqlite", "public")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("data/a b.sqlite", "sqlite:///{here}/data/a b.sqlite"),
        ("/srv/a.sqlite", "sqlite:////srv/a.sqlite"),
        ("sqlite:///var/a.sqlite", "sqlite:///{here}/var/a.sqlite"),
        ("sqlite:////srv/a.sqlite", "sqlite:////srv/a.sqlite"),
        ("postgresql://host/db", "postgresql://host/db"),
    ],
)
def test_a_store_is_the_same_wherever_the_process_stands(tmp_path, written, meant):
    assert load({"HG_STORE": written}, tmp_path).store == meant.format(here=tmp_path)


def test_an_unknown_mode_is_refused(tmp_path):
    with pytest.raises(WrongCallError, match="admin"):
        load({"HG_MODE": "admin"}, tmp_path)


@pytest.mark.parametrize("content", [b"HG_MODE = steward", b"\xff\xfe"])
def test_secrets_that_cannot_be_read_are_refused_by_name(tmp_path, secrets, content):
    secrets.write_bytes(content)
    with pytest.raises(WrongCallError, match=r"secrets\.toml"):
        load({}, tmp_path)
