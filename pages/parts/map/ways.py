"""Waters and roads beneath the sites: an administrator's file, else a sample for simulated data.

Not here: how a file is read (``geodata.intake.lines``) or drawn (``layers``).
"""

import os

import geopandas as gpd
import streamlit as st

from geodata import settings
from geodata.intake import lines
from geodata.store import SIMULATED
from pages.parts.shared.data import HOME, unit_frames


def stamp() -> str:
    """Return which file is in force, as of when; empty where none is named or there."""
    path = settings.load(os.environ, HOME).context
    return f"{path}|{path.stat().st_mtime_ns}" if path and path.exists() else ""


@st.cache_resource(max_entries=4, show_spinner=False)
def ways(workspace: str, file: str) -> gpd.GeoDataFrame | None:  # noqa: ARG001 - tells files apart
    """Return the lines of the file with that stamp, as `lines.drawn` does."""
    simulated = workspace == SIMULATED
    area = unit_frames()["2025"].geometry.union_all() if simulated else None
    return lines.drawn(settings.load(os.environ, HOME).context, area)
