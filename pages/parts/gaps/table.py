"""How far each unit and each kind is from the target: one sentence, then rows that add up.

Not here: the counting (``geodata.rules.coverage``).
"""

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd
import streamlit as st

from geodata.core.text import _, day, number, share
from geodata.outputs.briefing.wording import words as parts
from geodata.reading.findings import counted, open_text
from geodata.reading.labels import status_label, vintage_label
from geodata.reading.view import VINTAGES, View
from geodata.rules.coverage import NOWHERE
from geodata.rules.targets import YES, Count
from pages.parts.briefing.board import target_title
from pages.parts.gaps.data import Gaps, percent
from pages.parts.shared import state
from pages.parts.shared.data import unit_frames
from pages.parts.shared.sorted_list import ListColumn
from pages.parts.shared.sorted_list import render as render_sorted
from pages.parts.shared.words import plain

KEY = "w_gap_vintage"


def vintages(view: View) -> None:
    """Show which vintage of units is shaded and counted."""
    st.session_state[KEY] = view.units_of.value
    st.segmented_control(
        _("Administrative units"),
        [vintage for vintage in VINTAGES if vintage != "date"],
        key=KEY,
        format_func=vintage_label,
        label_visibility="collapsed",
        required=True,
        on_change=lambda: state.change(vintage=st.session_state[KEY]),
    )


def finding(gaps: Gaps, view: View) -> None:
    """Say in a sentence how far the unit chosen, or the province, is from the target."""
    st.markdown(f"##### {_sentence(gaps, view)}")
    whole = gaps.result.count
    if gaps.part and whole:
        words = _("This is a part of {target}; all of it: {counted}.")
        text = words.format(target=gaps.result.target.id, counted=_in_all(whole, gaps))
        st.caption(text)


def _in_all(count: Count, gaps: Gaps) -> str:
    """Return a count with what is open beside it."""
    text = counted(count, gaps.result)
    return f"{text}, {open_text(count)}" if count.open else text


def _sentence(gaps: Gaps, view: View) -> str:
    count, threshold = gaps.count, gaps.threshold
    place = _("Whole province")
    if view.unit:
        place = plain(unit_frames()[view.units_of.value]["name"][view.unit])
    figures = {
        "place": place,
        "sites": number(count.total or 0),
        "status": status_label(view.axis, YES[view.axis][0]).lower(),
        "counted": _in_all(count, gaps),
        "most": _share(count.most, count.total or 0, threshold),
        "target": percent(threshold),
        "n": number(count.short(threshold)),
        "open": number(count.open),
        "also": f", {open_text(count)}" if count.open else "",
        "as_of": day(gaps.until),
    }
    return _words(gaps).format(**figures)


def _words(gaps: Gaps) -> str:
    """Return the sentence that fits a count."""
    count = gaps.count
    if not count.total and count.open:
        return _(
            "{place}: no site surely counts towards this target; of {open} it is not known "
            "whether they belong to the denominator."
        )
    if not count.total:
        return _("{place}: no site counts towards this target on {as_of}.")
    return _of_some(gaps)


def _of_some(gaps: Gaps) -> str:
    """Return the sentence that fits a count of at least one site."""
    count = gaps.count
    if gaps.kinds["no_data"].sum() == count.total:
        return _(
            "{place}: no data of any of the {sites} sites{also}; "
            "{n} verified ones are needed for the target of {target}."
        )
    if count.verdict(gaps.threshold) == "met":
        return _("{place}: {status} {counted}; the target of {target} is met.")
    if not count.short(gaps.threshold):
        return _(
            "{place}: {status} {counted}; enough for {target} of those that surely count, but "
            "nothing can be concluded before the others are settled."
        )
    if count.unknown:
        return _(
            "{place}: {status} {counted}, at most {most} once all is known; "
            "short of the target of {target} by {n}."
        )
    return _("{place}: {status} {counted}; short of the target of {target} by {n}.")


def _share(yes: int, sites: int, threshold: Fraction) -> str:
    """Return a count with its share, the count first: ``9/13 (69,2%)``."""
    return f"{number(yes)}/{number(sites)} ({share(yes, sites, threshold)})"


def render(gaps: Gaps, view: View, facts: Mapping[str, str]) -> None:
    """Show the units, and the kinds of the unit chosen, each with its gaps."""
    title = target_title(gaps.result)
    st.subheader(title, anchor=False)
    order = gaps.units.assign(nowhere=gaps.units.index == NOWHERE)
    order = order.sort_values(
        ["nowhere", "rank", "sites", "open"],
        ascending=[True, True, False, False],
        na_position="last",
        kind="stable",
    )
    units = gaps.units.loc[order.index]
    columns = _columns(gaps, view, units, _("Unit"))
    caption = " · ".join([title, _("Gaps of each unit")])
    render_sorted(columns, caption, facts, name="don-vi")
    with st.expander(_("Kind by kind")):
        columns = _columns(gaps, view, gaps.kinds, _("Kind"))
        caption = " · ".join([title, _("Gaps of each kind of site")])
        render_sorted(columns, caption, facts, name="loai-hinh")


def _columns(gaps: Gaps, view: View, table: pd.DataFrame, head: str) -> dict[str, ListColumn]:
    """Return the columns of a table of gaps; what is not known is never a share."""
    rows = list(zip(table["yes"], table["most"], table["sites"], strict=True))
    shares = [_share(yes, sites, gaps.threshold) if sites else "" for yes, _m, sites in rows]
    most = [_share(most, sites, gaps.threshold) if sites else "" for _y, most, sites in rows]
    seen = pd.Series(shares, index=table.index)
    none = (table["sites"] == 0).to_numpy()
    seen = seen.mask(none, _("no sites")).mask(none & (table["open"] > 0), _("not known yet"))
    unknown = (table["shade"] == "no-data").fillna(value=False).to_numpy(dtype=bool)
    seen = seen.mask(unknown, _("no data yet"))
    sites = table["sites"].where(table["sites"] > 0)
    name = table["name"].mask(table.index == NOWHERE, _("Unit not known"))
    done, waiting, not_so = parts(view.axis)
    return {
        head: ListColumn(name),
        _("In the denominator"): ListColumn(table["sites"]),
        done: ListColumn(table["yes"]),
        waiting: ListColumn(table["unknown"]),
        not_so: ListColumn(table["no"]),
        _("Not known whether in the denominator"): ListColumn(table["open"]),
        _("Share"): ListColumn(seen, (table["yes"] / sites).mask(unknown)),
        _("At most"): ListColumn(pd.Series(most, index=table.index), table["most"] / sites),
        _("Rank"): ListColumn(table["rank"]),
        _("Target of {share}").format(share=percent(gaps.threshold)): ListColumn(
            _left(table), table["short"]
        ),
    }


def _left(table: pd.DataFrame) -> pd.Series:
    """Return what each row lacks; where open sites may change it, not that it is met."""
    words = [
        ""
        if pd.isna(short)
        else _("short by {n}").format(n=number(short))
        if short
        else _("enough so far")
        if open_
        else _("met")
        for short, open_ in zip(table["short"], table["open"], strict=True)
    ]
    return pd.Series(words, index=table.index)
