"""Sheets for a day in the field, offered wherever sites are chosen to be visited.

Not here: how the files are made (``geodata.outputs``), or which sites to visit.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from urllib.parse import urljoin

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.geography import units
from geodata.outputs.field import pdf as field_pdf
from geodata.outputs.field import workbook as field_xlsx
from geodata.outputs.field.day import DayMaterial, UnitNames, prepare, require
from geodata.rules.plan import Plan
from geodata.store import SIMULATED
from pages.parts.shared.data import Data, unit_frames
from pages.parts.shared.orders import turn
from pages.parts.shared.words import plain

RENDER = {"pdf": field_pdf.render, "xlsx": field_xlsx.render}


def offer(
    site_ids: Sequence[str],
    data: Data,
    plan: Plan,
    as_of: date,
    *,
    start: str | None = None,
    key: str = "field",
) -> None:
    """Show a button for each kind of sheet; a file is made when its button is pressed.

    Parameters
    ----------
    site_ids : sequence of str
        The sites to be visited.
    data : Data
        What may be shown; its workspace tells whether the pages have to say it is simulated.
    plan : Plan
        Whose rules and profiles apply.
    as_of : date
        The day whose knowledge the pages show.
    start : str, optional
        Id of a site with a position, or code of a commune of 2025, where the day begins.
    key : str
        Of the buttons, where a screen has more than one such pair.
    """
    try:
        require(site_ids, data.sites.index)
    except ModelError as error:
        st.caption(plain(error))
        return
    address = urljoin(st.context.url, ".") if st.context.url else ""
    labels = {"pdf": _("Field sheets (PDF)"), "xlsx": _("Field sheets (XLSX)")}
    with st.container(horizontal=True):
        for kind, label in labels.items():
            st.download_button(
                label,
                partial(made, kind, site_ids, data, plan, as_of, start=start, address=address),
                file_name=f"phieu-di-thuc-dia-{as_of}.{kind}",
                icon=":material/assignment:",
                on_click="ignore",
                key=f"{key}_{kind}",
            )


def made(
    kind: str,
    site_ids: Sequence[str],
    data: Data,
    plan: Plan,
    as_of: date,
    *,
    start: str | None = None,
    address: str = "",
) -> bytes:
    """Return the file of a kind, ``pdf`` or ``xlsx``, as `offer` gives it."""
    simulated = data.workspace == SIMULATED
    known = DayMaterial(
        data.sites,
        data.evidence,
        plan,
        as_of,
        _geography(),
        data.version,
        simulated,
        known_at=data.known_at,
    )
    with turn():
        return RENDER[kind](prepare(site_ids, known, start=start, address=address))


@st.cache_resource
def _geography() -> UnitNames:
    return UnitNames.of(unit_frames(), units.load_legacy_communes())
