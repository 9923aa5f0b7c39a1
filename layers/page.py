"""The map as one page: units, sites, legend and the messages it understands.

Statuses come from a small file that the state names, so one page serves every date, axis and
filter of a data version; opened by itself it shows the state it was made with.
Not here: writing it to disk, or streamlit.
"""

import dataclasses
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
from branca.element import Element, Figure
from shapely.geometry.base import BaseGeometry

from geodata.core.text import _, language
from geodata.geography.context import load_outline, load_provinces, load_towns
from geodata.reading import labels, symbology, tokens
from geodata.reading.glossary import LEGEND, glossary
from geodata.reading.legend import signs
from geodata.register.sites import KINDS
from layers import context as context_layer
from layers import locator
from layers import sites as site_layer
from layers import units as unit_layer
from layers.basemap import CENTRE, LocalMap
from layers.element import ScriptedElement, asset
from layers.packed import packed

SCRIPTS = (
    "units.js",
    "context.js",
    "lines.js",
    "columns.js",
    "pixels.js",
    "sites.js",
    "crowds.js",
    "rings.js",
    "labels.js",
    "legend.js",
    "draw.js",
    "visits.js",
    "time.js",
    "swipe.js",
    "near.js",
    "keys.js",
    "page.js",
)

# Nothing is ever fetched from another host, whatever a later change puts into the page.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'"
)


class Around(NamedTuple):
    """Markup around the map of a page of its own, and where it is called; all of it our own."""

    title: str
    head: str  # the end of the head
    before: str  # above the map
    after: str  # below it, before the map begins: what hears it (``hg.host``)
    later: Sequence[str] = ()  # scripts that bring the sites after the first view


def render(
    sites: pd.DataFrame,
    units: dict[str, gpd.GeoDataFrame],
    state: dict[str, Any],
    leaflet: str,
    lines: gpd.GeoDataFrame | None = None,
    *,
    font: str = "",
    around: Around | None = None,
    apart: str = "",
) -> str:
    """Return the page's HTML.

    Parameters
    ----------
    sites : DataFrame
        The register's rows that may be shown.
    units : dict of GeoDataFrame
        For each vintage its units, indexed by code, with `name`; EPSG:4326.
    state : dict
        What a page opened by itself shows: the same keys as a message (see `page.js`).
    leaflet : str
        Where Leaflet's files lie, relative to the page.
    lines : GeoDataFrame, optional
        Waters and roads to draw beneath the sites, as from `geodata.geography.lines.fitted`.
    font : str, optional
        Where the letters of the app lie, likewise; without them the machine's own are used.
    around : Around, optional
        What a page of its own has around the map; the app has that outside of the page.
    apart : str, optional
        Where the sites lie as a file of their own (`columns_file`), likewise; else they are here.
    """
    codes = _codes(units)
    look = {**_symbols(), **site_layer.look(codes)}
    page = LocalMap(leaflet)
    vintages = {vintage: unit_layer.outlines(frame) for vintage, frame in units.items()}
    page.add_child(ScriptedElement("units", "hg.units", vintages))
    surroundings = _surroundings(units["2025"].geometry.union_all(), language())
    ways = [] if lines is None else context_layer.ways(lines)
    page.add_child(ScriptedElement("context", "hg.context", surroundings, ways))
    if around and around.later:
        begun: tuple[str, Any] = ("hg.arriving", list(around.later))
    elif apart:
        begun = ("hg.fetched", apart)
    else:
        begun = ("hg.page", site_layer.columns(sites, codes))
    page.add_child(ScriptedElement("page", *begun, look, state, _texts()))
    figure = page.get_root()
    assert isinstance(figure, Figure)  # noqa: S101 - a folium map always stands in one
    figure.title = _("Map of sustainable production and consumption, Hậu Giang")
    _furnish(figure, font)
    if around:
        _surround(figure, around)
    html = str(figure.render()).replace("<html>", f'<html lang="{language()}">', 1)
    # folium keeps a phone from enlarging the page: who needs it larger may have it.
    return html.replace(", maximum-scale=1.0, user-scalable=no", "", 1)


def columns_file(sites: pd.DataFrame, units: dict[str, gpd.GeoDataFrame]) -> bytes:
    """Return what a page draws of the sites of `render`, as a file apart from it."""
    return packed(site_layer.columns(sites, _codes(units)))


def _codes(units: dict[str, gpd.GeoDataFrame]) -> dict[str, list[str]]:
    """Return the units of each vintage in the order in which the page counts them."""
    return {vintage: [str(code) for code in frame.index] for vintage, frame in units.items()}


@lru_cache(maxsize=2)
def _surroundings(area: BaseGeometry, spoken: str) -> dict[str, Any]:  # noqa: ARG001 - a key
    """Return what lies around the study area; it stays as it is while sites change."""
    return context_layer.around(area, load_provinces(), load_towns())


@lru_cache(maxsize=2)
def _inset(spoken: str) -> str:  # noqa: ARG001 - tells languages apart
    """Return where in the country the map lies; it is the same on every page."""
    return locator.drawn(load_outline(), CENTRE)


def _surround(figure: Figure, around: Around) -> None:
    """Put the map between what a page of its own has."""
    figure.title = around.title
    figure.header.add_child(Element(around.head), name="around_head")
    figure.html.add_child(Element(around.before), name="around_before", index=0)
    figure.html.add_child(Element(around.after), name="around_after")


def _furnish(figure: Figure, font: str) -> None:
    """Add our scripts, styles and the few elements they fill."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    figure.header.add_child(Element(policy), name="policy", index=0)
    scripts = "\n".join(asset(name) for name in SCRIPTS)
    tones = json.dumps({name: tokens.theme(name) for name in ("light", "dark")})
    letters = json.dumps(tokens.LETTERING)
    look = f"hg.tones = {tones};hg.lettering = {letters};{_FIRST_THEME}"
    styles = tokens.css_sizes() + tokens.css_font(font)
    styles += asset("page.css") + asset("time.css")
    # In the body, because folium puts Leaflet's script and styles at the end of the head.
    figure.html.add_child(Element(f"<style>{styles}</style>"), name="style")
    figure.html.add_child(Element(f"<script>{scripts}\n{look}</script>"), name="scripts")
    absent = _("The map could not start in this browser; reload the page.")
    names = {"home": _("Whole province"), "map": _("Legend"), "absent": absent}
    body = _BODY.format(locator=_inset(language()), **names)
    figure.html.add_child(Element(body), name="body")


_FIRST_THEME = (
    'hg.paint(window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");'
)
_BODY = """
<div id="hg-banner" role="status" hidden></div>
<p id="hg-heard" role="status"></p>
<div id="hg-label" aria-live="polite" hidden></div>
<div id="hg-legend" role="region" aria-label="{map}"></div>
<div id="hg-message" role="alert" hidden>{absent}</div>
<script>
if (!window.L) {{
  document.getElementById("hg-message").hidden = false;
  window.parent.postMessage({{ hg: {{ failed: true }} }}, location.origin);
}}
</script>
{locator}
<button id="hg-home" type="button" title="{home}" aria-label="{home}">
<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6">
<path d="M1 6V1h5M10 1h5v5M15 10v5h-5M6 15H1v-5"/></svg></button>
"""


def _symbols() -> dict[str, Any]:
    """Return shapes, marks and colours as plain data."""
    return {
        "shapes": symbology.SHAPES,
        "marks": symbology.MARKS,
        "markSize": symbology.MARK_SIZE,
        "groups": symbology.GROUPS,
        "lowered": symbology.LOWERED,
        "light": {
            "shapeOnly": _symbol(symbology.SHAPE_ONLY),
            "symbols": _drawn(symbology.SYMBOLS),
            "entries": _drawn(symbology.ENTRY_SYMBOLS),
            "shades": _shades(symbology.SHADES),
        },
        "dark": {
            "shapeOnly": _symbol(symbology.DARK_SHAPE_ONLY),
            "symbols": _drawn(symbology.DARK_SYMBOLS),
            "entries": _drawn(symbology.DARK_ENTRY_SYMBOLS),
            "shades": _shades(symbology.DARK_SHADES),
        },
    }


def _shades(table: dict[str, symbology.Shade]) -> dict[str, dict[str, Any]]:
    """Return how units are filled as plain data."""
    return {name: dataclasses.asdict(shade) for name, shade in table.items()}


def _drawn(tables: dict[str, dict[str, symbology.Symbol]]) -> dict[str, dict[str, Any]]:
    """Return how each status of each axis, or each entry of each kind, is drawn as plain data."""
    return {
        name: {key: _symbol(symbol) for key, symbol in table.items()}
        for name, table in tables.items()
    }


def _symbol(symbol: symbology.Symbol) -> dict[str, str]:
    """Return how one status is drawn as plain data."""
    return {"fill": symbol.fill, "ink": symbol.ink, "mark": symbol.mark, "edge": symbol.edge}


def _texts() -> dict[str, Any]:
    """Return every text the page itself shows."""
    return {
        "kinds": {kind: labels.kind_label(kind) for kind in KINDS},
        "statuses": {
            axis: {status: labels.status_label(axis, status) for status in statuses}
            for axis, statuses in symbology.STATUSES.items()
        }
        | {"entry": {entry: labels.entry_label(entry) for entry in symbology.ENTRIES}},
        "terms": _("Terms"),
        "glossary": glossary(*LEGEND),
        "groups": {
            axis: {group: labels.group_label(axis, group) for group in groups}
            for axis, groups in symbology.GROUPS.items()
        },
        "signs": signs(),
        "isolate": _("Show only this; click again to show all"),
        "more": _("Statuses of this group"),
        "onMap": _("On the map: {n}"),
        "spread": _("At the same spot as {n} more; drawn apart to be seen"),
        "aside": _("Drawn a little aside, so that no other symbol covers it"),
        "rings": _(
            "A ring a unit: how many of its sites are on the map, by colour; zoom in to see each."
        ),
        "map": _("Map: arrow keys move it, + and − zoom, Space opens what lies at the cross"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "polygon": _("Draw a polygon"),
        "circle": _("Draw a circle"),
        "clear": _("Remove the drawn area"),
        "polygonHint": _(
            "Click the corners, or Space at the cross; double-click or Enter ends, Esc cancels."
        ),
        "circleHint": _("Click the centre, then the edge, or Space at the cross; Esc cancels."),
        "radius": _("Radius {km} km"),
        "time": _time_texts(),
        "around": _around_texts(),
        "noSites": _("The sites could not be loaded; reload the page."),
        "noDay": _("The statuses of this day could not be loaded; reload the page."),
    }


def _around_texts() -> dict[str, str]:
    """Return what is said of sites near the reader."""
    return {
        "title": _("Near me"),
        "words": _(
            "Your browser asks whether this page may know where you are. The place stays on this "
            "device: it is sent nowhere and not kept."
        ),
        "start": _("Find where I am"),
        "asking": _("Waiting for your answer and for the device to find its place …"),
        "refused": _("The place is not known: it was refused, or the device cannot find it."),
        "sorted": _("The sites on the map that lie nearest:"),
        "none": _("No site is on the map; remove a choice first."),
    }


def _time_texts() -> dict[str, str]:
    """Return what the time control shows that is the same on every day."""
    return {
        "time": _("Time"),
        "close": _("Close the time control"),
        "loading": _("Working out every quarter…"),
        "failed": _("The quarters could not be loaded; reload the page."),
        "day": _("Day on the map"),
        "other": _("Day compared with"),
        "play": _("Play quarter by quarter"),
        "pause": _("Pause"),
        "back": _("A quarter back"),
        "on": _("A quarter on"),
        "compare": _("Beside another day"),
        "leave": _("Stop comparing"),
        "before": _("Before the first plan there are no statuses"),
        "swipe": _("Line between the two days: left {left}, right {right}"),
    }
