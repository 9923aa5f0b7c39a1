"""Names on a map: where each may stand, so that it covers no site and no other name.

A name that finds no room in its unit stands beside the land, tied to the unit by a line. Not
here: the map (``map``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from geodata.outputs.drawing import Box, Points
from geodata.outputs.fonts import letters_wide, tidy

_LONG = 14  # letters, from which on a name takes two lines
_FOREIGN = 0.35  # share of a name that may lie in another unit
_COARSE = 200  # metres by which outlines are simplified to find room
_INSIDE = 0.5  # share of a name that lies in its unit at least
_FAR = 0.3  # of the map: no name is tied from further away
_GRID = 23  # places tried across a unit, and up and down


@dataclass(frozen=True)
class Name:
    """A name in lines with its place (`box`); `tie` is the place it belongs to, if far away."""

    lines: tuple[str, ...]
    box: Box
    tie: tuple[float, float] | None = None


@dataclass
class Room:
    """What a map has room for: its edge, all its land, sites with their reach, what is taken."""

    extent: Box
    land: Any
    spots: Points
    reach: float
    taken: list[Box] = field(default_factory=list)

    def is_free(self, box: Box) -> bool:
        """Whether a box lies on the map and covers no site and nothing that is taken."""
        return bool(self.are_free(np.array([box]))[0])

    def are_free(self, boxes: Points) -> Any:
        """Return which boxes, a row each, lie on the map and cover no site nor what is taken."""
        low, high = boxes[:, :2], boxes[:, 2:]
        inside = (low > self.extent[:2]).all(axis=1) & (high < self.extent[2:]).all(axis=1)
        near, far = low[:, None] - self.reach, high[:, None] + self.reach
        over: Any = (self.spots > near) & (self.spots < far)
        return inside & ~over.all(axis=2).any(axis=1) & ~self._on_taken(boxes)

    def _on_taken(self, boxes: Points) -> Any:
        """Return which boxes touch what is taken."""
        taken = np.array(self.taken).reshape(-1, 4)
        apart: Any = (boxes[:, None, :2] > taken[:, 2:]) | (boxes[:, None, 2:] < taken[:, :2])
        return (~apart.any(axis=2)).any(axis=1)

    def place(self, lines: Sequence[str], shape: Any, size: tuple[float, float]) -> Name | None:
        """Return where the name of a unit, of some width and height, stands; take that room.

        None where there is no room for it in the unit or near by, off the land.
        """
        shape = shapely.simplify(shape, _COARSE)
        centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, tolerance=100))[0]
        box, tie = self._inside(shape, size, centre), None
        if box is None:
            box, tie = self._beside(size, centre), (float(centre[0]), float(centre[1]))
        if box is None:
            return None
        self.taken.append(box)
        return Name(tuple(lines), box, tie)

    def _inside(self, shape: Any, size: tuple[float, float], centre: Points) -> Box | None:
        """Return the quietest place near the middle of a unit; it may reach over its edge."""
        left, bottom, right, top = shapely.intersection(shape, shapely.box(*self.extent)).bounds
        grid = np.meshgrid(np.linspace(left, right, _GRID), np.linspace(bottom, top, _GRID))
        places, boxes = self._free(
            np.vstack([np.column_stack([axis.ravel() for axis in grid]), centre]), size
        )
        inside = _share_in(shape, boxes)
        enough = inside >= _INSIDE
        places, boxes, inside = places[enough], boxes[enough], inside[enough]
        foreign = _share_in(self.land, boxes) - inside
        cost = 60 * foreign + 12 * (1 - inside) + np.hypot(*(places - centre).T) / sum(size)
        return _best(boxes, np.where(foreign > _FOREIGN, np.inf, cost))

    def _beside(self, size: tuple[float, float], centre: Points) -> Box | None:
        """Return the nearest free place off the land."""
        left, bottom, right, top = self.extent
        grid = np.meshgrid(np.linspace(left, right, 50), np.linspace(bottom, top, 50))
        places = np.column_stack([axis.ravel() for axis in grid])
        near = np.hypot(*(places - centre).T) < _FAR * max(self.extent.wide, self.extent.tall)
        places, boxes = self._free(places[near], size)
        far = np.hypot(*(places - centre).T)
        return _best(boxes, np.where(shapely.intersects(boxes, self.land), np.inf, far))

    def _free(self, places: Points, size: tuple[float, float]) -> tuple[Points, Any]:
        """Return the places where a box covers no site and nothing that is taken, and the boxes."""
        half = np.array(size) / 2
        edge = half + 0.3 * min(size)
        places = np.clip(places, self.extent[:2] + edge, self.extent[2:] - edge)
        reach = half + self.reach
        low, high = places.min(0) - reach, places.max(0) + reach
        near = self.spots[((self.spots >= low) & (self.spots <= high)).all(axis=1)]
        covers = (np.abs(near[None] - places[:, None]) < reach).all(axis=2).any(axis=1)
        places = places[~covers]
        edges = np.hstack([places - half, places + half])
        free = ~self._on_taken(edges)
        return places[free], shapely.box(*edges[free].T)


def _share_in(shape: Any, boxes: Any) -> Any:
    """Return how much of each box lies in a shape, as a share; only edges are cut out."""
    shapely.prepare(shape)
    share = shapely.covers(shape, boxes).astype(float)
    cut = (share == 0) & shapely.intersects(shape, boxes)
    share[cut] = shapely.area(shapely.intersection(boxes[cut], shape)) / shapely.area(boxes[cut])
    return share


def _best(boxes: Any, cost: Points) -> Box | None:
    if not len(cost):
        return None
    best = int(np.argmin(cost))
    return Box(*shapely.bounds(boxes[best])) if np.isfinite(cost[best]) else None


def in_lines(name: object) -> list[str]:
    """Return a name in one line or, where it is long, two of about the same length."""
    name = tidy(name, 28)
    gaps = [k for k, letter in enumerate(name) if letter == " "]
    if len(name) < _LONG or not gaps:
        return [name]
    middle = min(gaps, key=lambda k: abs(k - len(name) / 2))
    return [name[:middle], name[middle + 1 :]]


def measured(metres: float, size: float, *, bold: bool) -> Callable[[str], tuple[float, float]]:
    """Return what says how wide and high a line is on a map, in metres; `size` is in points."""
    return lambda line: (letters_wide(line, bold=bold) * size * metres, 1.15 * size * metres)
