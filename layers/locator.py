"""Where in the country the study area lies: a small picture with both archipelagos.

Not here: the outline itself (``geodata.geography.context``).
"""

from html import escape

import geopandas as gpd
import numpy as np
import shapely

from geodata.core.text import _

_BOX = (102.0, 6.8, 118.2, 23.6)
"""West, south, east and north end of the picture, in degrees."""

_WIDE = 118  # pixels
_PER_DEGREE = _WIDE / (_BOX[2] - _BOX[0])
_COARSE = 0.08  # degrees: half a pixel
_LABELS = ((112.3, 17.9, "Hoàng Sa"), (114.2, 12.3, "Trường Sa"))


def drawn(outline: gpd.GeoDataFrame, centre: tuple[float, float]) -> str:
    """Return the picture as SVG.

    Parameters
    ----------
    outline : GeoDataFrame
        As from `context.load_outline`.
    centre : tuple of float
        Latitude and longitude of what is to be located.
    """
    high = round(_PER_DEGREE * (_BOX[3] - _BOX[1]))
    land = outline[outline["kind"] == "land"].geometry.simplify(_COARSE).union_all()
    islands = shapely.get_coordinates(outline[outline["kind"] == "islands"].geometry.to_numpy())
    shape = "".join(_path(part) for part in shapely.get_parts(land))
    dots = "".join(f"M{x} {y}h.1" for x, y in _pixels(islands))
    (x, y), *labels = _pixels(np.array([centre[::-1], *(label[:2] for label in _LABELS)]))
    names = "".join(
        f'<text x="{at[0]}" y="{at[1]}">{escape(label[2])}</text>'
        for at, label in zip(labels, _LABELS, strict=True)
    )
    title = escape(_("Where Hậu Giang lies in Việt Nam, with Hoàng Sa and Trường Sa"))
    return (
        f'<svg id="hg-locator" role="img" viewBox="0 0 {_WIDE} {high}" width="{_WIDE}" '
        f'height="{high}"><title>{title}</title><path class="hg-land" d="{shape}"/>'
        f'<path class="hg-isles" d="{dots}"/>{names}<circle cx="{x}" cy="{y}" r="3.5"/></svg>'
    )


def _pixels(degrees: np.ndarray) -> list[tuple[float, float]]:
    """Return [lon, lat] as pixels of the picture, x and y, to a tenth."""
    x = (degrees[:, 0] - _BOX[0]) * _PER_DEGREE
    y = (_BOX[3] - degrees[:, 1]) * _PER_DEGREE
    return [(round(float(a), 1), round(float(b), 1)) for a, b in zip(x, y, strict=True)]


def _path(part: shapely.Polygon) -> str:
    """Return the outer ring of one part of the land."""
    places = (f"{x} {y}" for x, y in _pixels(shapely.get_coordinates(part.exterior)))
    return f"M{'L'.join(places)}z"
