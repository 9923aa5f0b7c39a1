"""The parts of Streamlit that it does not document, each with why the app needs it.

``tests/pages/test_streamlit.py`` says which of them a new version no longer has.
"""

from collections.abc import Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any

import streamlit as st

# The type of what ``st.empty`` and ``st.columns`` return: it has no name in ``streamlit``.
from streamlit.delta_generator import DeltaGenerator

# What ``st.login`` raises where the secrets lack a part; no other class tells it from a mistake.
from streamlit.errors import StreamlitAuthError

# The type of what ``st.Page`` returns: it has none there either.
from streamlit.navigation.page import StreamlitPage

# What tells a browser of a new session, the place of the script on the server included; see below.
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# Where the running server is at hand, for how many readers it has.
from streamlit.runtime import exists, get_instance
from streamlit.runtime.app_session import AppSession

# Where files that were sent up lie until their session ends, or `forget_upload` lets them go.
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

# What decides whether every file of ``pages/`` is a screen; see below.
from streamlit.runtime.pages_manager import PagesManager

# What names the session a script runs for, as the addresses of its uploads do, and has at hand the
# words of its address.
from streamlit.runtime.scriptrunner import get_script_run_ctx

# What tells one browser from another; the address of a steward's map page is good in one only.
from streamlit.web.server.starlette.starlette_app_utils import validate_xsrf_token
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

__all__ = [
    "DeltaGenerator",
    "StreamlitAuthError",
    "StreamlitPage",
    "browser_of",
    "font",
    "forget_upload",
    "only_named_screens",
    "only_the_script_s_name",
    "open_sessions",
    "query_now",
    "recalled",
    "same_browser",
    "session_name",
]


@cache
def font() -> str:
    """Return where Streamlit serves the letters of the app, as seen from the map page.

    The page is one of its own and loads them by itself: under this address the browser has them.
    """
    files = Path(st.__file__).parent.glob("static/static/media/SourceSansVF-Upright*.woff2")
    return next((f"../../static/media/{file.name}" for file in files), "")


def only_named_screens() -> None:
    """Have Streamlit take no file of ``pages/`` for a screen of its own, from the first reader on.

    Until the app has run once, it takes that folder for its older way of navigation and tells the
    first reader of a deep link that there is no such page.
    """
    PagesManager.uses_pages_directory = False


def open_sessions() -> int:
    """Return how many readers are connected to this process now."""
    return get_instance()._session_mgr.num_active_sessions() if exists() else 0  # noqa: SLF001


def session_name() -> str:
    """Return the number of the reader's session; it opens nothing by itself."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def query_now() -> str | None:
    """Return what stands behind "?" for the reader of this thread; None where there is none.

    ``st.query_params`` says the same, but takes forty times as long: each text asks.
    """
    context = get_script_run_ctx(suppress_warning=True)
    return context.query_string if context else None


def forget_upload(session: str, file: str) -> None:
    """Take a file that a session has sent out of memory; its screen then sees none there."""
    manager = get_instance().uploaded_file_mgr if exists() else None
    if isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(session, file)


def only_the_script_s_name() -> None:
    """Have Streamlit tell browsers the name of the script alone, not where it lies on the server.

    It sends that place to each reader, who needs it for nothing.
    """
    made = AppSession._create_new_session_message  # noqa: SLF001 - nothing public says it
    if getattr(made, "names_only", False):
        return

    @wraps(made)
    def named(session: AppSession, *args: Any, **options: Any) -> ForwardMsg:
        message = made(session, *args, **options)
        message.new_session.main_script_path = Path(message.new_session.main_script_path).name
        return message

    named.names_only = True  # type: ignore[attr-defined]
    AppSession._create_new_session_message = named  # type: ignore[assignment] # noqa: SLF001


def recalled(words: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return words of the address as data of a component that its script does not read.

    Streamlit rewrites the address without what stands behind "#", where the map keeps its place,
    and calls the script of a component again only when its data is other than before. So the
    words go along, and the script puts back what is lost whenever they change.
    """
    return {"unread": dict(words)}


def browser_of(cookies: Mapping[str, str]) -> str:
    """Return the cookie by which Streamlit knows a browser; empty where it has been told not to."""
    return cookies.get(XSRF_COOKIE_NAME, "")


def same_browser(one: str, other: str) -> bool:
    """Say whether two of those cookies are one browser's: each is written anew in other signs."""
    return not (one or other) or validate_xsrf_token(one, other)
