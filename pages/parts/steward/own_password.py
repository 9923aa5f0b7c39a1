"""A form for another password of one's own. Not here: what a password must be (``passwords``)."""

import streamlit as st

from geodata.core.errors import AccessError, WrongCallError
from geodata.core.text import _
from pages.parts.shared import access
from pages.parts.shared.words import plain


def form() -> None:
    """Ask for the old password and twice for the new one; afterwards one signs in with it."""
    with (
        st.expander(_("Change the password")),
        st.form("own_password", clear_on_submit=True, width=420),
    ):
        old = _asked(_("Present password"), "current-password")
        new = _asked(_("New password"), "new-password")
        again = _asked(_("The new one once more"), "new-password")
        if not st.form_submit_button(_("Change")):
            return
    if new != again:
        st.error(_("The two passwords differ; nothing was changed."))
        return
    try:
        access.change_password(old, new)
    except (AccessError, WrongCallError) as error:
        st.error(plain(error))
    else:
        st.rerun()


def _asked(label: str, autocomplete: str) -> str:
    return st.text_input(label, type="password", autocomplete=autocomplete, max_chars=256)
