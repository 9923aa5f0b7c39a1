"""The answer of the gaps: how far from the target, where most is missing, in which units.

Not here: the counting (``geodata.rules.coverage``), or the tables (``table``).
"""

from dataclasses import replace

import streamlit as st

from geodata.core.text import _, day, number
from geodata.reading.answer import bar
from geodata.reading.findings import counted, open_text
from geodata.reading.labels import status_label, target_name
from geodata.reading.view import View
from geodata.rules.coverage import NOWHERE
from geodata.rules.targets import YES, Count
from pages.parts.gaps.data import Gaps, percent
from pages.parts.gaps.table import left_text, share_text
from pages.parts.map import frame
from pages.parts.map.unit import leave
from pages.parts.shared import state
from pages.parts.shared.bullet import bullet
from pages.parts.shared.data import unit_frames
from pages.parts.shared.words import plain

LISTED = 5


def vintages(view: View) -> None:
    """Show which vintage of units is shaded and counted."""
    short = {"legacy": _("Former districts ({n})"), "2025": _("Communes of today ({n})")}
    frames = unit_frames()
    st.session_state["w_gap_vintage"] = view.units_of.value
    st.segmented_control(
        _("Administrative units"),
        list(short),
        key="w_gap_vintage",
        format_func=lambda vintage: short[vintage].format(n=number(len(frames[vintage]))),
        label_visibility="collapsed",
        required=True,
        width="stretch",
        on_change=lambda: state.change(vintage=st.session_state["w_gap_vintage"]),
    )


def render(gaps: Gaps, view: View) -> None:
    """Say how far the unit chosen, or the province, is from the target, with its bar."""
    if view.unit:
        leave()
    sentence, drawn = _sentence(gaps, view), bar(replace(gaps.result, count=gaps.count))
    with st.container(key="answer", gap=None):
        st.caption(f"{gaps.result.target.id} · {target_name(gaps.result.target.id)}")
        st.markdown(f"### {headline(gaps)}")
        if drawn:
            st.html(bullet(drawn, sentence))
        st.markdown(sentence)
    whole = gaps.result.count
    if gaps.part and whole:
        words = _("This is a part of {target}; all of it: {counted}.")
        text = words.format(target=gaps.result.target.id, counted=_in_all(whole, gaps))
        st.caption(text)


def brief(gaps: Gaps, view: View) -> None:
    """Say the same where there is no room for the panel."""
    frame.brief(headline(gaps), _sentence(gaps, view))


def headline(gaps: Gaps) -> str:
    """Return the answer in a few words."""
    count = gaps.count
    if not count.total:
        words = _("No site surely counts yet")
    elif gaps.kinds["no_data"].sum() == count.total:
        words = _("No data yet of any of {sites} sites")
    elif count.verdict(gaps.threshold) == "met":
        words = _("The target of {target} is met")
    elif not count.short(gaps.threshold):
        words = _("Not settled yet")
    else:
        words = _("{n} sites short of {target}")
    return words.format(
        n=number(count.short(gaps.threshold)),
        sites=number(count.total or 0),
        target=percent(gaps.threshold),
    )


def furthest(gaps: Gaps) -> None:
    """Show the units that lack most, each as the way to what it lacks."""
    lacking = (gaps.units["short"] > 0).fillna(value=False).to_numpy(dtype=bool)
    units = gaps.units[lacking & (gaps.units.index != NOWHERE)]
    if units.empty:
        return
    order = units.sort_values(["short", "sites"], ascending=False, kind="stable").head(LISTED)
    title = _("Where most is missing")
    st.markdown(f"**{title}**")
    with st.container(key="short_list", gap=None):
        for (code, unit), left in zip(order.iterrows(), left_text(order), strict=True):
            known = f"{number(unit['yes'])}/{number(unit['sites'])}"
            seen = _("no data yet") if unit["shade"] == "no-data" else f"{known}, {left}"
            st.button(
                f"**{plain(unit['name'])}** · {seen}",
                key=f"furthest_{code}",
                type="tertiary",
                on_click=state.change,
                kwargs={"unit": str(code)},
            )


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
        "most": share_text(count.most, count.total or 0, threshold),
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
