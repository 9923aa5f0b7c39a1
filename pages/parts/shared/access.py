"""Who is signed in: through the office's identity provider, or with a local account.

A public server never loads this. Who is signed in says the cookie of the request alone: the number
that Streamlit gives a reader's session opens nothing. Not here: what a role allows
(``people.access``), how accounts and sessions are kept (``store``), the cookie
(``server.handover``).
"""

import hashlib
import json
import logging
import math
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import streamlit as st

from geodata import settings
from geodata.core.clock import now
from geodata.core.errors import AccessError, ModelError
from geodata.core.text import _
from geodata.people.access import Office, Person, address, require
from geodata.store.accounts import Accounts, SignedIn
from geodata.store.identities import Identities
from geodata.store.sessions import Sessions
from pages.parts.server import handover
from pages.parts.shared.below import below
from pages.parts.shared.data import HOME, mode, store
from pages.parts.shared.private import StreamlitAuthError
from pages.parts.shared.words import WHO, plain

WORKDAY = timedelta(hours=12)  # a provider's sign-in ends so long after it was made
_AHEAD = timedelta(minutes=5)  # of clocks that differ
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
    email = known[0] if known else None
    if st.session_state.get(WHO, email) != email:
        st.session_state.clear()  # another one's answers
    if not known:
        return None
    first = WHO not in st.session_state
    st.session_state[WHO] = email
    who = office().person(*known)
    if first:
        _noted(logging.INFO, "Signed in", who.email)
    return who


def standing() -> Callable[[], bool]:
    """Return what says at any later moment, of whichever thread, if the sign-in still stands.

    Like `person` it may raise an AccessError instead of saying no.
    """
    vouched = _from_provider()
    known = vouched or _from_account()
    if known is None:
        return lambda: False
    token, sessions, made, word = _token() or "", Sessions(store()), _vouched_at(), _word()

    def stands() -> bool:
        if vouched:
            fresh = made is not None and now() - made < WORKDAY
            lasts = fresh and sessions.lasts(word, vouched[0], now())
        else:
            lasts = _settings().local_accounts and sessions.find(token, now()) is not None
        return lasts and bool(office().person(*known))

    return stands


def required(*roles: str) -> Person:
    """Return who is signed in if they have one of some roles; every screen and write asks this.

    Raises
    ------
    AccessError
        If nobody is signed in, or none of the roles is theirs.
    """
    if mode() != "steward":
        raise AccessError(_("This server only shows data; entries are made on another one."))
    who = person()
    try:
        return require(who, *roles)
    except AccessError:
        email = who.email if who else None
        _noted(logging.WARNING, f"Refused for want of {' or '.join(roles)}", email)
        raise


def gate() -> None:
    """Ask who somebody is, in the ways that are configured; the page before every other."""
    st.title(_("Sign in"), anchor=False)
    st.caption(_("Sustainable production and consumption – Hậu Giang"))
    try:
        person()
    except ModelError as error:
        _noted(logging.WARNING, "Known, and refused", st.session_state.get(WHO))
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


def sign_out(*, everywhere: bool = False) -> None:
    """Forget who was signed in and all they had on screen; if asked, in every browser."""
    sessions, email = Sessions(store()), st.session_state.get(WHO)
    _noted(logging.INFO, "Signed out everywhere" if everywhere else "Signed out", email)
    if everywhere and email:
        sessions.end_all(email)
    if token := _token():
        sessions.end(token)
    st.session_state.clear()
    if st.user.get("is_logged_in"):
        sessions.end(_word())
        st.logout()


def change_password(old: str, new: str) -> None:
    """Give the local account in use another password; all its sessions end, this one too.

    Raises
    ------
    AccessError
        If the old one is not the account's; that counts as an attempt to sign in.
    WrongCallError
        If the new one is too short or too long.
    """
    account = _account()
    if account is None:
        raise AccessError(_("Nobody is signed in; sign in first."))
    accounts = Accounts(store())
    accounts.sign_in(account.email, old, now(), _source())
    accounts.change_password(account.email, new, now())
    _noted(logging.INFO, "Password changed", account.email)
    sign_out(everywhere=True)


def has_account() -> bool:
    """Say whether who is signed in has a local account, and so a password of their own here."""
    return _account() is not None


# --- the office's provider -----------------------------------------------------------------


def _from_provider() -> tuple[str, str] | None:
    """Return address and name as a provider vouches for them.

    Raises
    ------
    AccessError
        If it vouches for no address, or the address was somebody else's at the provider.
    """
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        return None
    made = _vouched_at()
    if made is None or not -_AHEAD < now() - made < WORKDAY:
        return None
    email = address(str(claims.get("email") or ""))
    trusted = "true" if _settings().trusts_email else "false"
    # Where nobody verified it, anybody may write any address.
    if not email or str(claims.get("email_verified", trusted)).lower() != "true":
        raise AccessError(
            _("The identity provider vouches for no e-mail address of yours; ask who runs it.")
        )
    issuer, subject = (str(claims.get(name) or "") for name in ("iss", "sub"))
    if not subject or not Identities(store()).holds(email, issuer, subject, now()):
        raise AccessError(
            _(
                "This address belonged to another account of the identity provider when it was "
                "first used here; ask who runs this server (user forget)."
            )
        )
    if not Sessions(store()).lasts(_word(), email, now()):
        return None
    return email, str(claims.get("name") or "")


def _word() -> str:
    """Return what names one sign-in at the provider and no other; its cookie may be copied."""
    claims = st.user.to_dict()
    return json.dumps([str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce")])


def _vouched_at() -> datetime | None:
    """Return when (UTC) the provider says that it vouched; None if what it says is no moment."""
    try:
        seconds = float(str(st.user.to_dict().get("iat")))
        if not math.isfinite(seconds):
            return None
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None


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
    """Return address and name of the local account in use, while its session lasts."""
    account = _account()
    return (account.email, account.name) if account else None


def _account() -> SignedIn | None:
    token = _token()
    if not token or not _settings().local_accounts:
        return None
    return Sessions(store()).find(token, now())


def _token() -> str | None:
    """Return the word of the session that the browser came with."""
    encrypted = urlsplit(st.context.url or "").scheme == "https"
    return st.context.cookies.get(handover.SECURE_COOKIE if encrypted else handover.COOKIE)


def _source() -> str:
    """Return where the browser is, as far as the proxy says; empty on this machine."""
    return st.context.ip_address or ""


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
        account = Accounts(store()).sign_in(email, password, now(), _source())
    except AccessError as error:
        _noted(logging.WARNING, "Sign-in refused", email)
        st.error(plain(error))
        return
    _hand_over(Sessions(store()).begin(account, now()))


def _hand_over(token: str) -> None:
    """Have the page fetch the cookie, and open the address anew with it."""
    path, ticket = below(handover.PATH), handover.ticket_for(token)
    st.caption(_("Opening …"))
    st.html(
        f"<script>fetch('{path}', {{method: 'POST', body: '{ticket}'}})"
        ".then(() => location.reload())</script>",
        unsafe_allow_javascript=True,  # our own: a path and a random word
    )


def _exposed() -> bool:
    """Say whether what is typed goes through a network as it is."""
    opened = urlsplit(st.context.url or "")
    return opened.scheme == "http" and opened.hostname not in _LOOPBACK


def _noted(level: int, what: str, email: str | None) -> None:
    """Log a decision on access: whom it is about by a digest, for the log names nobody."""
    digest = hashlib.sha256(address(email or "").encode()).hexdigest()
    logging.getLogger(__name__).log(level, "%s: %s", what, digest[:8] if email else "nobody")


def _settings() -> settings.Settings:
    return settings.load(os.environ, HOME)
