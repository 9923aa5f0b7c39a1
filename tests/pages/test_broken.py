"""What the office keeps beside the app is broken: every screen says which file, none fails."""

import html

import pytest

from geodata import settings
from geodata.core.text import _
from geodata.rules import plan
from pages.parts.shared import access, data
from tests.pages.opening import screen_at

SCREENS = ["", "gaps"]


@pytest.fixture
def secrets(monkeypatch, tmp_path):
    """The office's secrets.toml, with a quotation mark too few."""
    file = tmp_path / ".streamlit" / "secrets.toml"
    file.parent.mkdir()
    file.write_text('HG_MODE = "steward\n')
    load = settings.load
    monkeypatch.setattr(settings, "load", lambda environ, _folder: load(environ, tmp_path))
    return "secrets.toml"


@pytest.fixture
def roles(monkeypatch, tmp_path):
    monkeypatch.setenv("HG_MODE", "steward")
    monkeypatch.setenv("HG_ROLES", str(tmp_path / "roles.toml"))
    (tmp_path / "roles.toml").write_text("[people\n")
    return "roles.toml"


@pytest.fixture
def plans(monkeypatch):
    """A plan that somebody has edited."""

    def shipped():
        return (plan._of_file("2025.toml", b"year = 2025\n[window\n"),)

    for module in ("opening", "state", "data"):
        monkeypatch.setattr(f"pages.parts.shared.{module}.shipped", shipped, raising=False)
    return "2025.toml"


@pytest.fixture
def page(store_path, seen_from):
    """A store with a damaged page, seen from the machine itself."""
    seen_from(None)
    content = bytearray(store_path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    store_path.write_bytes(content)
    return "geodata restore"


def sentences(app):
    """What went wrong, as people read it."""
    return html.unescape(" ".join(one.value for one in app.error))


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("what", ["secrets", "plans", "page"])
def test_each_screen_names_what_is_broken_and_none_fails(store_path, request, what, screen):  # noqa: ARG001
    named = request.getfixturevalue(what)
    data.store.clear()
    app = screen_at(screen).run()
    assert not app.exception
    assert named in sentences(app)


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("mode", ["public", "steward"])
def test_a_stranger_is_told_nothing_of_the_store(store_path, seen_from, monkeypatch, caplog, mode):
    monkeypatch.setenv("HG_MODE", mode)
    monkeypatch.setattr(access, "_from_provider", lambda: access.Sessions(data.store()).find("", 0))
    seen_from("203.0.113.7")
    data.store.clear()
    app = screen_at().run()
    assert sentences(app).strip("\u2068\u2069") == _(
        "The data cannot be read just now; try again in a few minutes."
    )
    assert str(store_path) in caplog.text


def test_the_gate_names_a_broken_list_of_roles_when_it_is_asked_for(store_path, roles, monkeypatch):  # noqa: ARG001
    known = ("lan@example.vn", "Lan")
    monkeypatch.setattr(access, "_from_provider", lambda: known)
    app = screen_at().run()
    assert not app.exception
    assert [one.value for one in app.title] != [_("Map")]
    assert roles in sentences(app)
