"""How far each unit and each kind is from the target: one sentence, then rows that add up.

Not here: the counting (``geodata.coverage``).
"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from geodata.coverage import NOWHERE
from geodata.symbology import status_label
from geodata.targets import YES
from geodata.text import _, day, number, share
from geodata.view import VINTAGES, View
from pages.parts import state
from pages.parts.controls import vintage_label
from pages.parts.data import unit_frames
from pages.parts.gap_data import Gaps, percent
from pages.parts.sorted_list import Column
from pages.parts.sorted_list import show as show_sorted
from pages.parts.words import plain

KEY = "w_gap_vintage"


def vintages(view: View) -> None:
    """Show which vintage of units is shaded and counted."""

    def take() -> None:
        if st.session_state[KEY]:  # a second click on the one chosen leaves it chosen
            state.change(vintage=st.session_state[KEY])

    st.session_state[KEY] = view.units_of.value
    st.segmented_control(
        _("Administrative units"),
        [vintage for vintage in VINTAGES if vintage != "date"],
        key=KEY,
        format_func=vintage_label,
        label_visibility="collapsed",
        on_change=take,
    )


def finding(gaps: Gaps, view: View) -> None:
    """Say in a sentence how far the unit chosen, or the province, is from the target."""
    st.markdown(f"##### {_sentence(gaps, view)}")


def _sentence(gaps: Gaps, view: View) -> str:
    count, threshold = gaps.whole, gaps.threshold
    place = _("Whole province")
    if view.unit:
        place = plain(unit_frames()[view.units_of.value]["name"][view.unit])
    if not count.total:
        return _("{place}: no site counts towards this target on {as_of}.").format(
            place=place, as_of=day(view.as_of)
        )
    if gaps.kinds["no_data"].sum() == count.total:
        words = _(
            "{place}: no data of any of the {sites} sites; "
            "{n} verified ones are needed for the target of {target}."
        )
        return words.format(
            place=place,
            sites=number(count.total),
            n=number(count.short(threshold)),
            target=percent(threshold),
        )
    said = {
        "place": place,
        "status": status_label(view.axis, YES[view.axis][0]).lower(),
        "share": _counted(count.yes, count.total, threshold),
        "most": _counted(count.most, count.total, threshold),
        "target": percent(threshold),
        "n": number(count.short(threshold)),
    }
    if not count.short(threshold):
        words = _("{place}: {share} {status}; the target of {target} is met.")
    elif count.unknown:
        words = _(
            "{place}: {share} {status}, at most {most} once all is known; "
            "short of the target of {target} by {n}."
        )
    else:
        words = _("{place}: {share} {status}; short of the target of {target} by {n}.")
    return words.format(**said)


def _counted(yes: int, sites: int, threshold: object) -> str:
    """Return a count with its share, the count first: ``9/13 (69,2%)``."""
    return f"{number(yes)}/{number(sites)} ({share(yes, sites, threshold)})"


def show(gaps: Gaps, view: View, facts: Mapping[str, str]) -> None:
    """Show the units, and the kinds of the unit chosen, each with its gaps."""
    st.subheader(_("Units"), anchor=False)
    units = gaps.units.sort_values("rank", na_position="last", kind="stable")
    columns = _columns(gaps, view, units, _("Unit"))
    show_sorted(columns, _("Gaps of each unit"), facts, name="don-vi")
    with st.expander(_("Kind by kind")):
        columns = _columns(gaps, view, gaps.kinds, _("Kind"))
        show_sorted(columns, _("Gaps of each kind of site"), facts, name="loai-hinh")


def _columns(gaps: Gaps, view: View, table: pd.DataFrame, of: str) -> dict[str, Column]:
    """Return the columns of a table of gaps; what is not known is never a share."""
    rows = list(zip(table["yes"], table["most"], table["sites"], strict=True))
    shares = [_counted(yes, sites, gaps.threshold) if sites else "" for yes, _m, sites in rows]
    most = [_counted(most, sites, gaps.threshold) if sites else "" for _y, most, sites in rows]
    seen = pd.Series(shares, index=table.index)
    seen = seen.mask(table["shade"] == "no-sites", _("no sites"))
    seen = seen.mask(table["shade"] == "no-data", _("no data yet"))
    sites = table["sites"].where(table["sites"] > 0)
    name = table["name"].mask(table.index == NOWHERE, _("Unit not known"))
    done = status_label(view.axis, YES[view.axis][0])
    left = table["short"].map(
        lambda n: "" if pd.isna(n) else _("short by {n}").format(n=number(n)) if n else _("met")
    )
    return {
        of: Column(name),
        _("Number of sites"): Column(table["sites"]),
        done: Column(table["yes"]),
        _("Unknown"): Column(table["unknown"]),
        _("Not, confirmed"): Column(table["no"]),
        _("Share"): Column(seen, (table["yes"] / sites).mask(table["shade"] == "no-data")),
        _("At most"): Column(pd.Series(most, index=table.index), table["most"] / sites),
        _("Rank"): Column(table["rank"]),
        _("Target"): Column(left, table["short"]),
    }
