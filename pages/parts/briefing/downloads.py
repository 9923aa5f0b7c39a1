"""Files of exactly the current view: choose a kind, make it, take it.

Not here: how a file is made (``geodata.outputs``).
"""

import os
from dataclasses import replace

import streamlit as st

from geodata import settings
from geodata.core.clock import local, now
from geodata.core.errors import ModelError
from geodata.core.text import _, language
from geodata.outputs.briefing.files import KINDS, name
from geodata.reading.briefing import Briefing
from geodata.reading.imprint import Imprint, link
from pages.parts.map.ways import stamp, ways
from pages.parts.shared.data import HOME, mode, store
from pages.parts.shared.orders import turn
from pages.parts.shared.private import DeltaGenerator
from pages.parts.shared.words import plain

MADE = "made_file"


def kind_label(kind: str) -> str:
    """Return what a kind of file is called."""
    return {
        "pdf": _("PDF, A4 portrait"),
        "pdf-landscape": _("PDF, A4 landscape"),
        "pdf-poster": _("PDF, A3 poster"),
        "pptx": _("Slides (PPTX)"),
        "docx": _("Report (DOCX)"),
        "xlsx": _("Workbook (XLSX)"),
    }[kind]


def render(briefing: Briefing) -> None:
    """Show the choice of files; a made file belongs to the view it was made of."""
    kind = st.selectbox(_("File of this view"), list(KINDS), format_func=kind_label, key="w_file")
    seen = repr(briefing.view), briefing.data_version, briefing.plan.year
    wanted = (kind, *seen, language())
    pressed = st.button(_("Make the file"), icon=":material/file_download:")
    room = st.empty()
    if pressed:
        try:
            st.session_state[MADE] = (wanted, _made(briefing, kind, room))
        except ModelError as error:
            st.error(plain(error))
        room.empty()
    made = st.session_state.get(MADE)
    if made and made[0] == wanted:
        st.download_button(
            _("Save {kind}").format(kind=kind_label(kind)),
            made[1],
            file_name=name(briefing, kind),
            on_click="ignore",
            type="primary",
        )


def _made(briefing: Briefing, kind: str, room: DeltaGenerator) -> bytes:
    """Return a file; meanwhile its steps and a way out stand below the button.

    Any click asks for a new run of the script, which ends this one at its next step.
    """
    with room.container():
        bar = st.progress(0.0)
        st.button(_("Cancel"), icon=":material/close:", on_click=_cancelled)

    def progress(share: float, step: str) -> None:
        bar.progress(share, f"{step} …")

    beneath = ways(briefing.view.workspace, stamp())
    about = replace(briefing, imprint=_imprint(briefing), ways=beneath)
    with turn(progress):
        return KINDS[kind](about, progress)


def _imprint(briefing: Briefing) -> Imprint:
    """Return who issues the file, who makes it and when; of the public nobody is named."""
    letterhead, maker = settings.load(os.environ, HOME).letterhead, ""
    if mode() == "steward":
        # A public server never loads who may write.
        from pages.parts.shared import access  # noqa: PLC0415

        person = access.person()
        maker = person.name if person else ""
    seal = store().seal_of(briefing.view.workspace, briefing.data_version)
    return Imprint(letterhead, maker, local(now()), link(briefing.view, letterhead), seal)


def _cancelled() -> None:
    st.toast(_("Cancelled; no file was made."))
