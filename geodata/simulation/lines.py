"""Invented waters and roads for the simulated workspace: what a real file would look like.

Not here: real ones, which an administrator supplies (``intake.lines``). Every name says that it is
a sample.
"""

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.core.text import N_, _
from geodata.geography.coordinates import WGS84

# Class, name, from and to as shares of the area's box (east, north), and how far it winds.
_SAMPLES = (
    ("river", N_("Sample river"), (-0.1, 1.02), (1.12, 0.34), 0.02),
    ("canal", N_("Sample canal 1"), (-0.06, 0.35), (0.86, 0.92), 0.003),
    ("canal", N_("Sample canal 2"), (0.08, -0.06), (0.62, 1.04), 0.003),
    ("canal", N_("Sample canal 3"), (0.3, 0.0), (1.04, 0.6), 0.003),
    ("ferry", N_("Sample ferry"), (0.57, 0.74), (0.6, 0.56), 0.0),
    ("provincial", N_("Sample provincial road"), (-0.04, 0.6), (1.06, 0.48), 0.012),
    ("national", N_("Sample national road"), (0.18, 1.06), (0.56, -0.08), 0.012),
    ("expressway", N_("Sample expressway"), (-0.08, 0.1), (1.1, 0.8), 0.008),
)
_VERTICES = 60


def invented(area: BaseGeometry) -> gpd.GeoDataFrame:
    """Return the same invented lines across an area each time.

    Parameters
    ----------
    area
        The study area in EPSG:4326.

    Returns
    -------
    lines
        As from `intake.lines.read`: ``class``, ``name`` and lines in EPSG:4326.
    """
    west, south, east, north = area.bounds
    along = np.linspace(0, 1, _VERTICES)
    shapes = []
    for turn, (_class, _name, start, end, winds) in enumerate(_SAMPLES):
        path = np.outer(1 - along, start) + np.outer(along, end)
        aside = winds * np.sin(along * (9 + turn) + turn) * np.sin(along * np.pi)
        degrees = (path + aside[:, None]) * (east - west, north - south) + (west, south)
        shapes.append(shapely.LineString(degrees))
    table = {
        "class": [sample[0] for sample in _SAMPLES],
        "name": [_(sample[1]) for sample in _SAMPLES],
    }
    return gpd.GeoDataFrame(table, geometry=shapes, crs=WGS84)
