"""Sharing what is seen: its link, a code for a phone's camera, and how a page frames the map.

Not here: what is in the address (``state``), the map in a frame (``map.embedded``), or which pages
may frame it (``server.guard``).
"""

from html import escape
from urllib.parse import quote, urlencode, urljoin, urlsplit

import streamlit as st

from geodata.core.text import _
from geodata.outputs.briefing import qr

_HEIGHT = 600


def render(*, framed: bool = False) -> None:
    """Show the way to share the view; what stands behind it is made once somebody asks.

    By then the address spells the view: nothing has changed since. `framed` offers the map of
    the view for a frame, too.
    """
    label, icon = _("Share this view"), ":material/share:"
    room = st.expander(label, icon=icon, key="share", on_change="rerun")
    if not room.open or not st.context.url:
        return
    words = st.query_params.to_dict()
    # At the root Streamlit leaves out the stroke that ends an address there.
    at = urljoin(st.context.url, urlsplit(st.context.url).path or "/")
    here = f"{at}?{urlencode(words)}" if words else at
    with room:
        st.markdown(_("**Link to what you see**"))
        st.code(here, language=None, wrap_lines=True)
        if framed:
            st.html(_with_place())
        source = f"data:image/svg+xml,{quote(qr.svg(here))}"
        words_of_code = escape(_("QR code of this link"))
        st.html(
            f'<img class="hg-qr" src="{source}" alt="{words_of_code}" width="176" height="176">'
        )
        if framed:
            st.markdown(_("**The map in a page of yours**"))
            st.code(_frame(at, words), language="html", wrap_lines=True)
            st.caption(_("The office lets in the pages that it knows; ask it to add yours."))


def _with_place() -> str:
    """Return what copies the link as the browser has it, where alone the map's place stands."""
    copies, copied = _("Copy the link with the place of the map"), _("Copied")
    data = f'data-copied="{escape(copied)}"'
    return f'<button type="button" class="hg-here" {data}>{escape(copies)}</button>'


def _frame(at: str, words: dict[str, str]) -> str:
    source, title = f"{at}?{urlencode({**words, 'embed': '1'})}", _("Map of sites")
    return (
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="100%" height="{_HEIGHT}" '
        'style="border:0" loading="lazy"></iframe>'
    )
