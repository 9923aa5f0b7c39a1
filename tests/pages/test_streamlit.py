"""What the app relies on although Streamlit does not promise it: a new version may break it.

Each test names what is gone; where it is used, and why, stands in ``pages/parts/shared/style.py``
and ``pages/parts/shared/private.py``.
"""

import ast
import inspect
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session, pages_manager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_app, starlette_server

from geodata.core.text import _
from geodata.reading import tokens
from pages.parts.shared import private, style
from pages.parts.shared.words import spoken

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
BUNDLE = Path(st.__file__).parent / "static" / "static" / "js"
SHEETS = {name: text for name, text in vars(style).items() if "<style>" in str(text)}
NAMED = re.compile(r"data-testid=(\w+)|\.(st[A-Z]\w*)")
KEYED = re.compile(r"\.st-key-(\w+)")


@pytest.fixture(scope="module")
def shipped():
    """Every script that Streamlit sends to a browser."""
    scripts = "".join(path.read_text("utf-8") for path in BUNDLE.glob("*.js"))
    assert scripts, f"Streamlit no longer keeps its scripts in {BUNDLE}"
    return scripts


@pytest.mark.parametrize("part", style.PARTS)
def test_streamlit_still_has_the_part(shipped, part):
    # As a whole word: "stHeader" is not found in "stHeaderActions".
    assert re.search(rf"[\"'`\s]{part}[\"'`\s]", shipped), f"{part}: {style.PARTS[part]}"


def test_streamlit_still_makes_classes_of_keys(shipped):
    assert "st-key-" in shipped


def test_the_file_of_a_table_is_still_called_so(shipped):
    (label,) = set(re.findall(r"aria-label\*=(\w+)", "".join(SHEETS.values())))
    assert f"Download as {label}" in shipped
    assert label in _("Download as CSV")  # its name is translated on the screen


def test_every_part_a_sheet_takes_hold_of_is_listed_and_no_other():
    used = {one or other for one, other in NAMED.findall("".join(SHEETS.values()))}
    assert used == set(style.PARTS)


def test_every_key_a_sheet_takes_hold_of_is_given():
    text = "".join(path.read_text("utf-8") for path in SOURCES)
    keys = {key for sheet in SHEETS.values() for key in KEYED.findall(sheet)}
    assert [key for key in keys if f'key="{key}"' not in text] == []


def test_no_other_file_takes_hold_of_parts():
    apart = [path for path in SOURCES if path != Path(style.__file__)]
    assert [path.name for path in apart if NAMED.search(path.read_text("utf-8"))] == []
    assert [path.name for path in apart if "<style>" in path.read_text("utf-8")] == []


def test_no_other_file_imports_from_inside_streamlit():
    inside = [
        path.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "streamlit"
        if path != Path(private.__file__)
    ]
    assert inside == []


def test_the_name_of_a_field_is_never_spelled_in_signs_of_markup():
    # A screen reader speaks a field's name as it is written: "&#40;" would be heard.
    fields = {"text_input", "text_area", "number_input", "selectbox", "multiselect", "date_input"}
    spelled = [
        f"{path.name}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in fields and node.args
        if isinstance(node.args[0], ast.Call) and ast.unparse(node.args[0].func) == "plain"
    ]
    assert spelled == []


def test_the_spoken_name_of_a_field_holds_no_markup():
    assert spoken("Ô A1: “x” ![a](http://b) :red[c] `d` <e>") == "Ô A1: “x” a (http://b) red c d e"


def test_only_named_screens_can_still_be_asked_for(monkeypatch):
    monkeypatch.setattr(pages_manager.PagesManager, "uses_pages_directory", None)
    private.only_named_screens()
    # Else a plain attribute would be set that nobody looks at.
    assert "PagesManager.uses_pages_directory" in inspect.getsource(pages_manager)
    assert pages_manager.PagesManager("app.py") is not None
    assert pages_manager.PagesManager.uses_pages_directory is False


def test_the_address_goes_along_unread():
    (name,) = private.recalled({"kinds": "supermarket"})
    scripts = [*(ROOT / "pages").rglob("*.js"), *(ROOT / "layers").rglob("*.js")]
    assert [path.name for path in scripts if name in path.read_text("utf-8")] == []


def test_the_types_are_still_those_of_what_streamlit_returns():
    assert isinstance(st.Page(lambda: None, title="A", url_path="a"), private.StreamlitPage)
    assert isinstance(st.empty(), private.DeltaGenerator)
    assert issubclass(private.StreamlitAuthError, Exception)


def test_a_failed_sign_in_still_raises_what_the_gate_catches():
    def ask():
        import streamlit as st

        from pages.parts.shared.private import StreamlitAuthError

        try:
            st.login()
        except StreamlitAuthError:
            st.write("caught")

    app = AppTest.from_function(ask).run()
    assert not app.exception
    assert [m.value for m in app.markdown] == ["caught"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_streamlit_has_the_colours_of_the_tokens(theme):
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    given = {name: options[theme][name] for name in tokens.STREAMLIT}
    assert given == {name: tokens.theme(theme)[key] for name, key in tokens.STREAMLIT.items()}
    assert options[theme]["chartCategoricalColors"] == [tokens.theme(theme)["accent"]]


def test_streamlit_has_the_letters_and_corners_of_the_tokens():
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    assert options["baseRadius"] == tokens.RADII["small"]
    assert options["font"] == tokens.FONT
    for part, steps in ((options, tokens.HEADINGS), (options["sidebar"], tokens.PANEL_HEADINGS)):
        assert part["headingFontSizes"] == [f"{tokens.SIZES[step]}rem" for step in steps]


def test_streamlit_still_says_by_color_scheme_which_theme_it_has(shipped):
    # The style sheets go by it, and the map is told by it (shell.js).
    assert re.search(r"colorScheme:\w+\?`light`:`dark`", shipped)


def test_streamlit_still_ships_the_letters_of_the_app():
    name = private.font().rpartition("/")[2]
    file = Path(st.__file__).parent / "static" / "static" / "media" / name
    assert name.startswith("SourceSans")
    assert file.is_file()


def test_everything_that_a_sheet_names_is_a_token_and_no_token_is_idle():
    sheets = [*SHEETS.values(), *(p.read_text("utf-8") for p in ROOT.glob("pages/**/*.css"))]
    sheets += [path.read_text("utf-8") for path in (ROOT / "layers" / "assets").iterdir()]
    named = {name for sheet in sheets for name in re.findall(r"var\(--hg-([\w-]+)", sheet)}
    given = set(re.findall(r"--hg-([\w-]+):", tokens.css()))
    assert named - given == set()
    assert {one for one in given - named if one not in tokens.COLOURS} == set()


def test_the_socket_reads_no_message_larger_than_a_screen_needs():
    assert starlette_server._get_uvicorn_config_kwargs()["ws_max_size"] == 32_000_000


def test_a_file_that_was_sent_up_can_still_be_let_go(monkeypatch):
    assert "uploaded_file_mgr = MemoryUploadedFileManager(" in inspect.getsource(starlette_app)
    manager = private.MemoryUploadedFileManager("/up")
    for name in "ab":
        manager.add_file("session", UploadedFileRec(name, "x.csv", "text/csv", b"x"))
    monkeypatch.setattr(private, "exists", lambda: True)
    monkeypatch.setattr(private, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    private.forget_upload("session", "a")
    assert [one.file_id for one in manager.get_files("session", ["a", "b"])] == ["b"]


def test_a_new_session_is_told_the_name_of_the_script_alone(monkeypatch):
    assert "main_script_path" in inspect.getsource(app_session)  # else it may say so elsewhere
    told = ForwardMsg()
    told.new_session.main_script_path = "/srv/somewhere/app.py"
    monkeypatch.setattr(app_session.AppSession, "_create_new_session_message", lambda _self: told)
    private.only_the_script_s_name()
    private.only_the_script_s_name()  # once is enough
    message = app_session.AppSession._create_new_session_message(None)
    assert message.new_session.main_script_path == "app.py"
