"""Data from a file: the template, the upload, its diagnosis, and saving it as a draft."""

import os

import streamlit as st

from geodata import settings
from geodata.core import clock
from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.intake.reading.files import LARGEST
from geodata.outputs.data import exchange, template
from geodata.outputs.data.origin import Provenance, file_name
from geodata.rules.plan import default, shipped
from pages.parts.shared import access, heading, state
from pages.parts.shared.data import HOME
from pages.parts.shared.opening import begun
from pages.parts.shared.sending import most_mb
from pages.parts.shared.words import plain, today, without_folders
from pages.parts.steward import desk, panel, upload
from pages.parts.steward import diagnosis as diagnosis_view

TURN, SAID = "entry_turn", "entry_said"
ENDINGS = [
    *("xlsx", "xls", "xlsb", "ods", "csv", "txt", "xml"),
    *("gpkg", "zip", "geojson", "json", "kml", "kmz", "gpx"),
]


def files_to_take() -> None:
    """Offer the template and the data as it is."""
    row = st.container(horizontal=True)
    row.download_button(
        _("Template"),
        lambda: template.render(now.sites),
        file_name="hau-giang-mau-nhap-lieu.xlsx",
        icon=":material/draft:",
        on_click="ignore",
    )
    row.download_button(
        _("The data as it is"),
        lambda: exchange.render(now, _origin(), "xlsx"),
        file_name=file_name(now, _origin(), "xlsx"),
        icon=":material/table_view:",
        on_click="ignore",
    )


def _origin() -> Provenance:
    """Return of which day and plan the data is written, and by whom."""
    letterhead = settings.load(os.environ, HOME).letterhead
    made_at = clock.local(clock.now())
    plan = default(shipped(), today())
    return Provenance(plan, today(), today(), made_at, letterhead, person.name)


def save(taken: upload.Upload) -> None:
    """Save the file that is on the screen, and make room for the next one."""
    try:
        st.session_state[SAID] = ("ok", upload.save(taken, now, st.session_state["u_note"].strip()))
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    except ModelError as error:
        st.session_state[SAID] = ("refused", without_folders(error))


def outcome() -> None:
    """Say what became of the last file, once."""
    level, sentence = st.session_state.pop(SAID, (None, ""))
    if level == "ok":
        st.success(plain(sentence), icon=":material/check_circle:")
    elif level:
        st.error(plain(sentence))


person = access.required("steward")
view, workspaces = begun()
state.write_address(view, today())
now = desk.snapshot(view.workspace)

panel.render(view, workspaces)
st.title(_("Take in a file"), anchor=False)
heading.simulated(view)
st.markdown(
    _(
        "Nothing is saved until you say so. The file is read, every cell that is wrong is listed "
        "with its correction, and you see what would change."
    )
)
files_to_take()
outcome()
file = st.file_uploader(
    _("A workbook, CSV file or map layer, up to {limit} MB").format(limit=most_mb(LARGEST)),
    type=ENDINGS,
    key=f"u_file_{st.session_state.get(TURN, 0)}",
    max_upload_size=most_mb(LARGEST),
)
if not file:
    upload.forget()
    st.info(_("Choose a file, or take the template and fill it in."))
    st.stop()
try:
    taken = upload.diagnosed(file, now)
except ModelError as error:
    st.error(plain(error))
    st.stop()
diagnosis_view.render(taken, file.file_id, now)
if taken.changes_something:
    st.text_input(_("Note (optional)"), key="u_note", max_chars=500)
    st.button(
        _("Save as a draft"),
        type="primary",
        icon=":material/save:",
        on_click=save,
        args=(taken,),
    )
