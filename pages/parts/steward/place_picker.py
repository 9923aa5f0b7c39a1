"""Where a site is: typed in any form or clicked on the map, with the answer at once below.

Only saving moves the site. Not here: what a position means (``geodata.stewardship.placing``).
"""

from dataclasses import replace

import streamlit as st

from geodata.core.text import _
from geodata.geography.units import Tier, Unit, Vintage
from geodata.reading.view import View, plan_of
from geodata.register import vocabulary
from geodata.rules.plan import shipped
from geodata.stewardship.answers import Edited, Known
from geodata.stewardship.placing import POSITION
from pages.parts.map import view as map_view
from pages.parts.shared import style
from pages.parts.shared.data import data, unit_names
from pages.parts.shared.words import plain
from pages.parts.steward import drafts
from pages.parts.steward.drafts import Draft

KEY = "map_place"
HEADS = vocabulary.HEADERS["sites"]
MERIDIANS = {"105": "105°00′", "105,5": "105°30′"}
AGREEMENT = {
    True: ":green[:material/check_circle: {}]",
    False: ":orange[:material/warning: {}]",
    None: ":blue[:material/info: {}]",
}
DIGITS = 6  # decimals of a degree of a click: a tenth of a metre


def render(draft: Draft, edited: Edited, known: Known, view: View) -> None:
    """Show the answers about a place beside a map to click."""
    st.html(style.PLACE_PICKER)
    left, right = st.columns(2, gap="medium")
    with left:
        _position(draft, edited)
        _units(draft, edited, known)
    with right, st.container(key="placing"):
        st.caption(_("Click the map to place the site; it moves only when you save."))
        _map(draft, edited, view)


def _position(draft: Draft, edited: Edited) -> None:
    """Show the field for a position, and what it was read as."""
    hint = _("e.g. 9,7845; 105,4701 or 9°47′04″N 105°28′12″E or X, Y in VN-2000")
    drafts.text(draft, POSITION, HEADS[POSITION], hint=hint)
    place = edited.place
    if place and place.answer:
        st.markdown(AGREEMENT[place.agrees].format(plain(place.answer)))
    drafts.remarks(draft, edited, POSITION)
    if place and place.agrees is False and place.inside.new:
        name = unit_names()[Vintage.Y2025.value, place.inside.new]
        st.button(
            _("Use the commune the position lies in: {unit}").format(unit=plain(name)),
            on_click=draft.answers.update,
            args=(_only(place.inside.new),),
        )
    drafts.text(
        draft,
        "position_accuracy_m",
        HEADS["position_accuracy_m"],
        hint=_("10 by GPS · 100 by address · 3000 if only the commune is known"),
    )
    drafts.remarks(draft, edited, "position_accuracy_m")


def _units(draft: Draft, edited: Edited, known: Known) -> None:
    """Show the units, each open to follow from the position."""
    drafts.choice(
        draft,
        "central_meridian",
        HEADS["central_meridian"],
        list(MERIDIANS),
        MERIDIANS.__getitem__,
        blank=_("Found from the numbers"),
    )
    listed = known.geography.gazetteer.listed
    kinds = {
        "commune_2025": (_("Commune (from 01/07/2025)"), Tier.COMMUNE, Vintage.Y2025),
        "commune_legacy": (_("Commune (to 30/06/2025)"), Tier.COMMUNE, Vintage.LEGACY),
        "district_legacy": (_("District (to 30/06/2025)"), Tier.DISTRICT, Vintage.LEGACY),
    }
    for column, (label, level, vintage) in kinds.items():
        names = {u.code: _named(u) for u in listed if (u.level, u.vintage) == (level, vintage)}
        drafts.choice(
            draft,
            column,
            label,
            sorted(names, key=names.__getitem__),
            names.__getitem__,
            blank=_("Follows from the position"),
        )
        drafts.remarks(draft, edited, column)


def _only(commune: str) -> dict[str, str]:
    """Return the answers that leave no unit but a commune of today."""
    return {"commune_2025": commune, "commune_legacy": "", "district_legacy": ""}


def _named(unit: Unit) -> str:
    """Return a unit's name, a former commune's with its district: names repeat."""
    if unit.level is Tier.COMMUNE and unit.vintage is Vintage.LEGACY:
        return f"{unit.name}, {unit_names()[Vintage.LEGACY.value, unit.districts[0]]}"
    return unit.name


def _map(draft: Draft, edited: Edited, view: View) -> None:
    """Show the map with all sites, the place chosen marked on it."""
    place = edited.place
    at = None if place is None or place.at is None else list(place.at)
    whole = replace(view, kinds=(), statuses=(), unit=None)
    map_view.render(
        data(view.workspace),
        whole,
        plan_of(whole, shipped()),
        lambda: _clicked(draft),
        key=KEY,
        pick={"at": at},
    )


def _clicked(draft: Draft) -> None:
    """Take a place from the map as if it had been typed."""
    event = st.session_state[KEY].event
    if "place" in event:
        lon, lat = (f"{float(value):.{DIGITS}f}".replace(".", ",") for value in event["place"])
        draft.answers |= {POSITION: f"{lat}; {lon}", "central_meridian": ""}
