"""“Báo sai” in a passport: the button, the form behind it, and what the office has answered.

Only a public server that was told where reports go has the first two. Not here: what a report is
(``geodata.register.reports``), how it reaches the office (``server.reports``).
"""

from pathlib import Path
from typing import Any

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _, number
from geodata.reading.labels import topic_label
from geodata.reading.passport_words import reported_text
from geodata.reading.view import View
from geodata.register.ids import REAL
from geodata.register.reports import (
    KEPT,
    KEPT_ANSWERED,
    MOST_CONTACT,
    MOST_PHOTO,
    MOST_WORDS,
    NOTHING_REPORTED,
    TOPICS,
    checked,
    spelled,
)
from pages.parts.server import reports
from pages.parts.shared.data import Data, store
from pages.parts.shared.private import session_name
from pages.parts.shared.sending import most_mb
from pages.parts.shared.words import plain

WORD = "report"
"""In an address beside a site: its form is to be open. The public map's pages lead here so."""

PHOTO = Path(__file__).with_name("photo.js").read_text("utf-8")
LARGEST_PHOTO = 20 * MOST_PHOTO
"""Bytes of a photo that the browser makes smaller; what is larger is refused there."""

_OPEN, _SENT, _DRAFTS = "report_open", "report_sent", "report_drafts"
_TYPED = ("topic", "words", "contact")
_PHOTOS = ("jpg", "jpeg", "png", "heic", "heif")


def asked(view: View) -> None:
    """Open the form if the address asks for it; before the address is written anew without."""
    if view.site and st.query_params.get(WORD):
        st.session_state[_OPEN] = view.site


def button(view: View) -> None:
    """Show the way to the form, where reports are taken."""
    if view.workspace == REAL and reports.accepted():
        icon = ":material/flag:"
        st.button(
            _("Report an error"), type="tertiary", icon=icon, on_click=_turn, args=(view.site,)
        )


def form(view: View, data: Data) -> None:
    """Show the form of the chosen site while it is open, or the receipt of what was sent."""
    site = view.site
    if st.session_state.get(_OPEN) != site or view.workspace != REAL or not reports.accepted():
        return
    with st.container(border=True, key="report"):
        sent = st.session_state.get(_SENT, {}).get(site)
        if sent:
            _receipt(sent)
        else:
            _ask(str(site), str(data.sites.loc[site, "name_vi"]))


def answers(view: View) -> None:
    """Show what was answered to reports on the chosen site, and how many are not answered yet."""
    if not view.site:
        return
    here = store().reported(view.workspace, view.site).get(view.site, NOTHING_REPORTED)
    if lines := reported_text(here):
        st.caption(_("Reports from the public"))
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _turn(site: str) -> None:
    """Open the form of a site, or close it."""
    st.session_state[_OPEN] = None if st.session_state.get(_OPEN) == site else site
    st.session_state.get(_SENT, {}).pop(site, None)


def _receipt(sent: str) -> None:
    """Say that a report has been handed over, by which number, and where the answer will stand."""
    number_of = _("Number {number}").format(number=spelled(sent))
    st.success(_("Handed over to the office.") + f"  \n**{number_of}**")
    st.markdown(
        _(
            "Write the number down: with it you can ask the office. Its answer will stand here, in "
            "this place's passport, without your words and without your name."
        )
    )


def _ask(site: str, name: str) -> None:
    """Show the form; what is wrong with it stands at its foot, and nothing typed is lost.

    No form of Streamlit's: it would keep what is typed in the browser until it is sent, and loses
    the click of who comes from a field outside it; so does a fragment. That nothing is sent while
    the photo is on its way, the browser sees to.
    """
    fields = _fields(site)
    st.markdown("**" + _("What is wrong here: {name}?").format(name=plain(name)) + "**")
    # No list that unrolls: in a sheet that scrolls it would close under a finger.
    topic = st.radio(
        _("It is about"), TOPICS, index=None, format_func=topic_label, **fields["topic"]
    )
    words = st.text_area(_("In your own words"), max_chars=MOST_WORDS, **fields["words"])
    photo = _photo(site)
    contact = st.text_input(
        _("How to reach you (optional; only the office sees it)"),
        max_chars=MOST_CONTACT,
        **fields["contact"],
    )
    st.caption(_purpose())
    if not st.button(_("Send to the office"), type="primary", key=f"report_send_{site}"):
        return
    try:
        report = checked(site, topic or "", words, contact)
        sent = reports.send(report, photo, _place(), session_name())
    except ModelError as error:
        st.error(plain(error))
        return
    st.session_state[_DRAFTS].pop(site, None)
    for field in _TYPED:  # the widgets are gone in the next run, and with them what they hold
        st.session_state.pop(fields[field]["key"], None)
    st.session_state.setdefault(_SENT, {})[site] = sent
    st.rerun()


def _fields(site: str) -> dict[str, dict[str, Any]]:
    """Return what each field is called, and fill those that are new with what was typed before.

    What a field holds goes with it when the form closes or another site is chosen.
    """
    draft = st.session_state.setdefault(_DRAFTS, {}).get(site, {})
    fields = {}
    for field in _TYPED:
        key = f"report_{field}_{site}"
        if field in draft and key not in st.session_state:
            st.session_state[key] = draft[field]
        fields[field] = {"key": key, "on_change": _keep, "args": (site, field, key)}
    return fields


def _keep(site: str, field: str, key: str) -> None:
    """Keep what was typed until it is sent, whatever becomes of the field."""
    st.session_state.setdefault(_DRAFTS, {}).setdefault(site, {})[field] = st.session_state[key]


def _photo(site: str) -> bytes:
    """Ask for a photo and return it, already made smaller by the browser; empty for none."""
    photo = st.file_uploader(
        _(
            "A photo (optional; JPEG or PNG of at most {mb} MB, your browser makes it smaller)"
        ).format(mb=number(LARGEST_PHOTO // 1024**2)),
        _PHOTOS,
        key=f"report_photo_{site}",
        max_upload_size=most_mb(MOST_PHOTO),
    )
    script = f"<script>{PHOTO}({MOST_PHOTO}, {LARGEST_PHOTO});</script>"
    st.html(script, unsafe_allow_javascript=True)  # our own
    return photo.getvalue() if photo else b""


def _place() -> str:
    """Return where the browser is, as far as the proxy says; empty on this machine."""
    return st.context.ip_address or ""


def _purpose() -> str:
    """Say what happens with a report, who reads it and how long it is kept."""
    return _(
        "A person of the office reads this and looks; nothing on the map changes by itself. No "
        "account is needed, and the photo is kept without the place and the name of who took it. "
        "Only "
        "the office sees your words, your photo and how to reach you; all three are deleted {days} "
        "days after the answer, at the latest {most} days after you sent them."
    ).format(days=number(KEPT_ANSWERED.days), most=number(KEPT.days))
