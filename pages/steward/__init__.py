"""The screens of those who enter, correct and review; a public server never loads them.

Here they are listed with the roles that may open them. Each asks ``access.required`` itself, too.
"""

from typing import NamedTuple

import streamlit as st

from geodata.core.errors import AccessError
from geodata.core.text import N_, _
from geodata.people.access import ROLES
from pages.parts.map import served
from pages.parts.shared import access
from pages.parts.shared.private import StreamlitPage


class Screen(NamedTuple):
    """A screen: its file in this folder, its title, its address, and for whom it is."""

    file: str
    title: str
    path: str
    roles: tuple[str, ...]


SCREENS = (
    Screen("editing.py", N_("Edit data"), "sua-du-lieu", ("steward",)),
    Screen("entry.py", N_("Take in a file"), "nhap-lieu", ("steward",)),
    Screen("inbox.py", N_("Reports from the public"), "phan-anh", ("steward",)),
    Screen("reporting.py", N_("Who has not reported"), "chua-bao-cao", ROLES),
    Screen("history.py", N_("History"), "lich-su", ROLES),
    Screen("review.py", N_("Review and publish"), "duyet", ROLES),
    Screen("account.py", N_("Account"), "tai-khoan", ROLES),
)


def screens(public: list[StreamlitPage]) -> list[StreamlitPage]:
    """Return the screens that who is signed in may open; before that only the way in.

    The way in stands at every address, so that a link leads where it should after signing in.
    """
    try:
        who = access.person()
    except AccessError:  # told at the gate
        who = None
    if who is None:
        paths = [*(page.url_path for page in public), *(screen.path for screen in SCREENS)]
        return [_way_in(path) for path in paths]
    served.hold(access.standing())
    own = [
        st.Page(f"pages/steward/{screen.file}", title=_(screen.title), url_path=screen.path)
        for screen in SCREENS
        if who.may(*screen.roles)
    ]
    return [*public, *own]


def _way_in(path: str) -> StreamlitPage:
    title, at = _("Sign in"), path or "dang-nhap"
    return st.Page(access.gate, title=title, url_path=at, default=not path, visibility="hidden")
