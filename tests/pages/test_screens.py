"""A screen that fails is not overlooked: the app catches it, and the tests hear of it."""

import logging
import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geodata.people.access import ROLES, Person
from pages.parts.shared import access
from tests.pages.failing import LOGGED, failures, none_failed

ROOT = Path(__file__).parents[2]
SCREENS = sorted(
    str(path.relative_to(ROOT))
    for folder in ("pages", "pages/steward")
    for path in (ROOT / folder).glob("*.py")
    if path.name != "__init__.py"
)
MAP = "pages/map.py"  # the first screen, at which every run begins


@pytest.fixture
def broken(tmp_path, store_path, monkeypatch):  # noqa: ARG001 - the app opens it
    """Open a screen of a copy of the app in which that screen stops at once."""
    anybody = Person("an@example.vn", "An", frozenset(ROLES))
    monkeypatch.setenv("HG_MODE", "steward")
    monkeypatch.setattr(access, "person", lambda: anybody)
    st.cache_resource.clear()  # one process serves one of the two

    def run(screen):
        copy = tmp_path / "app"
        shutil.copytree(ROOT / "pages", copy / "pages", ignore=shutil.ignore_patterns("__py*"))
        shutil.copy(ROOT / "app.py", copy)
        # Its file alone is run: what the screens import is the real thing.
        (copy / screen).write_text(f'raise RuntimeError("broken: {screen}")\n', "utf-8")
        if screen != MAP:
            (copy / MAP).write_text("", "utf-8")
        app = AppTest.from_file(copy / "app.py", default_timeout=60).run()
        return app if screen == MAP else app.switch_page(screen).run()

    yield run
    st.cache_resource.clear()


@pytest.mark.breaks_a_screen
@pytest.mark.parametrize("screen", SCREENS)
def test_a_broken_screen_is_caught(broken, caplog, screen):
    app = broken(screen)
    assert not app.exception  # so that a test which looks no further would pass
    assert failures(caplog.records) == [f"broken: {screen}"]
    with pytest.raises(pytest.fail.Exception, match=f"broken: {screen}"):
        none_failed(caplog.records)


def test_a_log_that_says_something_else_fails_no_test(caplog):
    logging.getLogger("app").warning("Something else")
    none_failed(caplog.records)


def test_the_words_are_those_of_the_app():
    assert f'"{LOGGED}"' in (ROOT / "app.py").read_text("utf-8")
