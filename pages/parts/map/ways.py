"""Waters and roads beneath the sites: an administrator's file, else a sample for simulated data.

Not here: how a file is read (``geodata.intake.lines``) or drawn (``layers``).
"""

import logging
import os

import geopandas as gpd
import streamlit as st

from geodata import settings
from geodata.core.errors import DataError
from geodata.geography.lines import fitted
from geodata.intake import lines
from geodata.simulation.lines import invented
from geodata.store import SIMULATED
from pages.parts.shared.data import HOME, unit_frames


def stamp() -> str:
    """Return which file is in force, as of when; empty where none is named or there."""
    path = settings.load(os.environ, HOME).context
    return f"{path}|{path.stat().st_mtime_ns}" if path and path.exists() else ""


@st.cache_resource(max_entries=4, show_spinner=False)
def ways(workspace: str, file: str) -> gpd.GeoDataFrame | None:
    """Return the lines of the file with that stamp, fitted to the map.

    A file that cannot be drawn costs its lines and not the map; ``doctor`` says what is wrong.
    """
    path = settings.load(os.environ, HOME).context
    if file and path:
        try:
            return fitted(lines.read(path).frame)
        except DataError:
            logging.getLogger(__name__).exception("The file of waters and roads is not drawn")
    if workspace == SIMULATED:
        return fitted(invented(unit_frames()["2025"].geometry.union_all()))
    return None
