"""Who is signed in: through the office's identity provider, or with a local account.

A public server never loads this. Not here: what a role allows (``people.access``), how accounts
are kept (``geodata.store.accounts``).
"""

import os
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import streamlit as st

from geodata import settings
from geodata.core.clock import now
from geodata.core.errors import AccessError, ModelError
from geodata.core.text import _
from geodata.people.access import Office, Person, require
from geodata.store.accounts import Accounts
from pages.parts.shared.data import HOME, mode, store
from pages.parts.shared.private import StreamlitAuthError
from pages.parts.shared.words import plain

SIGNED_IN, SEEN = "signed_in", "seen_at"
IDLE = timedelta(hours=8)  # a local sign-in ends so long after it was last used
WORKDAY = timedelta(hours=12)  # a provider's so long after it was made: its cookie lasts a month
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def office() -> Office:
    """Return people and roles as they stand now."""
    return settings.office(_settings().roles)


def person() -> Person | None:
    """Return who is signed in, with the roles they have now; None if nobody is.

    Raises
    ------
    AccessError
        If who is signed in has no role here.
    """
    known = _from_provider() or _from_account()
    return office().person(*known) if known else None


def required(*roles: str) -> Person:
    """Return who is signed in if they have one of some roles; every screen and write asks this.

    Raises
    ------
    AccessError
        If nobody is signed in, or none of the roles is theirs.
    """
    if mode() != "steward":
        raise AccessError(_("This server only shows data; entries are made on another one."))
    return require(person(), *roles)


def gate() -> None:
    """Ask who somebody is, in the ways that are configured; the page before every other."""
    st.title(_("Sign in"), anchor=False)
    st.caption(_("Sustainable production and consumption – Hậu Giang"))
    try:
        person()
    except ModelError as error:
        st.error(plain(error))
        st.button(_("Sign out"), on_click=sign_out)
        return
    by_provider, by_account = "is_logged_in" in st.user, _settings().local_accounts
    if by_provider:
        _ask_provider()
    if by_account:
        _ask_account()
    if not (by_provider or by_account):
        st.info(
            _(
                "Nobody can sign in yet: configure an identity provider in "
                "“.streamlit/secrets.toml” (see “secrets.example.toml”), or set "
                "HG_LOCAL_ACCOUNTS=yes and run “python -m geodata user add”."
            )
        )


def sign_out() -> None:
    """Forget who was signed in and all they had on screen."""
    st.session_state.clear()
    if st.user.get("is_logged_in"):
        st.logout()


# --- the office's provider -----------------------------------------------------------------


def _from_provider() -> tuple[str, str] | None:
    """Return address and name as a provider vouches for them."""
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        return None
    made = datetime.fromtimestamp(float(str(claims.get("iat", 0))), UTC).replace(tzinfo=None)
    if now() - made > WORKDAY:
        return None
    email = claims.get("email")
    # Not every provider says so; but one that says no means that anybody may write any address.
    if not email or str(claims.get("email_verified", True)).lower() != "true":
        raise AccessError(
            _("The identity provider vouches for no e-mail address of yours; ask who runs it.")
        )
    return str(email), str(claims.get("name") or "")


def _ask_provider() -> None:
    if st.button(_("Sign in with the office's account"), type="primary"):
        try:
            st.login()
        except StreamlitAuthError:
            st.error(
                _("The section [auth] of “.streamlit/secrets.toml” is incomplete; see the example.")
            )


# --- local accounts ------------------------------------------------------------------------


def _from_account() -> tuple[str, str] | None:
    """Return address and name of the local account in use, while it is."""
    session = st.session_state.get(SIGNED_IN)
    if session is None:
        return None
    moment = now()
    idle = moment - st.session_state[SEEN] > IDLE
    if idle or not _settings().local_accounts or not Accounts(store()).stands(session):
        st.session_state.clear()
        return None
    st.session_state[SEEN] = moment
    return session.email, session.name


def _ask_account() -> None:
    if _exposed():
        st.warning(_("This connection is not encrypted; sign in over https or on the server."))
    with st.form("account", clear_on_submit=True, width=420):
        email = st.text_input(_("E-mail"), autocomplete="username")
        password = st.text_input(
            _("Password"), type="password", autocomplete="current-password", max_chars=256
        )
        if not st.form_submit_button(_("Sign in"), type="primary"):
            return
    try:
        st.session_state[SIGNED_IN] = Accounts(store()).sign_in(email, password, now())
    except AccessError as error:
        st.error(plain(error))
        return
    st.session_state[SEEN] = now()
    st.rerun()


def _exposed() -> bool:
    """Say whether what is typed goes through a network as it is."""
    address = urlsplit(st.context.url or "")
    return address.scheme == "http" and address.hostname not in _LOOPBACK


def _settings() -> settings.Settings:
    return settings.load(os.environ, HOME)
