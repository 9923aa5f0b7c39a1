"""The sheet of the chosen unit in the panel, and what the map says of every unit.

Not here: what it says (``geodata.reading.unit_sheet``), or which unit is chosen (``state``).
"""

import html
import json
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from geodata.core.lookup import is_in
from geodata.core.text import _, language, number
from geodata.geography import units
from geodata.reading.labels import grade_text, group_label, kind_label, status_label, target_name
from geodata.reading.records import summary
from geodata.reading.symbology import GROUPS, SYMBOLS
from geodata.reading.unit_sheet import (
    Share,
    UnitSheet,
    belonging,
    in_short,
    inventory_in_short,
    last_event,
    unit_sheet,
)
from geodata.reading.view import AXES, UNIT_COLUMN, View
from geodata.rules.plan import Plan, of_year, shipped
from pages.parts.map.served import laid
from pages.parts.map.view import entries_on, named
from pages.parts.shared import state
from pages.parts.shared.bullet import bullet
from pages.parts.shared.data import (
    BY_VERSION,
    Data,
    every_status,
    target_on,
    targets,
    unit_frames,
    unit_names,
)
from pages.parts.shared.listing import counted_unnamed
from pages.parts.shared.words import links, plain, today, when

NAMED = 12  # missing sites that stand in the panel; the screen of gaps has them all


def render(data: Data, view: View, plan: Plan) -> None:
    """Show the sheet of the unit of the view."""
    if view.unit is None:
        return
    vintage = view.units_of.value
    asked = View(as_of=view.as_of, axis=view.axis, vintage=vintage, unit=view.unit)
    seen = _sheet(data, plan.year, asked)
    with st.container(key="unit", gap="xsmall"):
        leave()
        st.markdown(f"### {plain(unit_names()[vintage, view.unit])}")
        st.caption(belonging_of(view.units_of, view.unit))
        for axis in sorted(AXES, key=lambda each: each != view.axis):
            _share(seen.shares[axis], axis, data, view)
        _kinds(seen, view.axis)
        _last(seen)
        _ways(view)
        _neighbours(view)


def leave() -> None:
    """Show the way back from the unit to the whole province."""
    st.button(
        _("Back to the whole province"),
        key="w_no_unit",
        type="tertiary",
        icon=":material/close:",
        on_click=state.change,
        kwargs={"unit": None},
    )


def on_units(data: Data, view: View, plan: Plan, paint: str) -> str:
    """Return the name of a file of what the map says of each unit when it is pointed at."""
    axis = None if paint == "kinds" else view.axis
    return laid(_about(data, plan.year, view.as_of, view.units_of, axis), data)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=BY_VERSION)
def _about(
    data: Data, year: int, as_of: date, vintage: units.Vintage, axis: str | None
) -> tuple[str, bytes]:
    names, unit = unit_frames()[vintage]["name"], data.register[UNIT_COLUMN[vintage]]
    if axis is None:
        words = inventory_in_short(entries_on(data, as_of), names, unit)
    else:
        words = in_short(target_on(axis, data, of_year(shipped(), year), as_of), axis, names, unit)
    return named(json.dumps(words, ensure_ascii=False), "json")


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={View: repr, **BY_VERSION})
def _sheet(data: Data, year: int, view: View) -> UnitSheet:
    plan, column, code = of_year(shipped(), year), UNIT_COLUMN[view.units_of], str(view.unit)
    named = data.sites[(data.sites[column] == code).fillna(value=False).to_numpy(dtype=bool)]
    return unit_sheet(
        code,
        unit_frames()[view.units_of]["name"],
        data.register[column],
        targets(data, plan, view.as_of),
        status=every_status(data, plan, view.as_of),
        kind=data.register["kind"],
        axis=view.axis,
        last=last_event(code, named, data.evidence, view.as_of),
    )


def belonging_of(vintage: units.Vintage, code: str) -> str:
    """Return what a unit was made of, or what became of it."""
    return _belonging(vintage, code, language())


@st.cache_data(show_spinner=False)
def _belonging(vintage: units.Vintage, code: str, spoken: str) -> str:  # noqa: ARG001 - a key
    return belonging(units.load_legacy_communes(), unit_names(), vintage, code)


def _share(share: Share, axis: str, data: Data, view: View) -> None:
    """Show the unit's part of a target, and who is missing from it."""
    target = share.result.target.id
    st.caption(f"{target} · {target_name(target)}")
    if share.answer is None:
        st.markdown(_nothing(share))
        return
    size = "####" if axis == view.axis else "#####"
    st.markdown(f"{size} {share.answer.headline}")
    st.html(bullet(share.answer.bar, f"{share.answer.headline}; {share.answer.detail}"))
    rank = _("rank {n} of {every} units").format(n=share.rank, every=share.ranked)
    st.caption(" · ".join([share.answer.detail, *([rank] if share.rank else [])]))
    if len(share.missing):
        with st.expander(_("Who is missing: {n}").format(n=number(len(share.missing)))):
            _missing(share, axis, data)


def _nothing(share: Share) -> str:
    """Return why there is no share where nothing surely counts."""
    count = share.result.count
    if count is not None and count.open:
        words = _("No site surely counts; of {n} it is not known whether they do.")
        return words.format(n=number(count.open))
    return _("No site here counts towards this target.")


def _missing(share: Share, axis: str, data: Data) -> None:
    """Name the sites that count and are no verified yes, as far as they may be named."""
    named = share.missing[is_in(share.missing.index, data.sites.index)]
    if unnamed := len(share.missing) - len(named):
        st.caption(counted_unnamed(unnamed))
    for site, status in named["status"].head(NAMED).items():
        st.button(
            f"{plain(data.sites['name_vi'][site])} – {status_label(axis, status)}",
            key=f"unit_missing_{axis}_{site}",
            on_click=state.find,
            args=(site,),
            type="tertiary",
        )
    if len(named) > NAMED:
        more = _("{n} more stand on the screen of gaps.")
        st.caption(more.format(n=number(len(named) - NAMED)))


def _kinds(seen: UnitSheet, axis: str) -> None:
    """Show the sites kind by kind: how many, and in which group of statuses."""
    total = int(seen.kinds.to_numpy().sum())
    title = _("{n:site|sites} in all").format(n=number(total))
    st.markdown(f"**{title}**")
    if total:
        rows = "".join(_kind(str(kind), row, axis) for kind, row in seen.kinds.iterrows())
        st.html(f'<ul class="hg-kinds">{rows}</ul>')


def _kind(kind: str, row: pd.Series, axis: str) -> str:
    """Return a kind as markup: its name, a bar of its groups, and the same in words."""
    of_axis_ = "stage" if kind == "pilot_model" else axis
    some = {str(group): int(n) for group, n in row.items() if n}
    bar = "".join(
        f'<i class="hg-{group}" style="flex:{n};background-color:{_fill(of_axis_, group)}"></i>'
        for group, n in some.items()
    )
    words = " · ".join(f"{group_label(of_axis_, group)}: {number(n)}" for group, n in some.items())
    head = f"<span>{html.escape(kind_label(kind))}</span><b>{number(sum(some.values()))}</b>"
    return f"<li>{head}<div>{bar}</div><small>{html.escape(words)}</small></li>"


def _fill(axis: str, group: str) -> str:
    return SYMBOLS[axis][GROUPS[axis][group][0]].fill


def _last(seen: UnitSheet) -> None:
    """Show the last event held in the unit."""
    title = _("Last event")
    if seen.last is None:
        st.markdown(f"**{title}**")
        st.caption(_("No event is on record here."))
        return
    record = seen.last
    grade = grade_text(str(record["grade"])).split(" – ")[0]
    head = _("{day} · grade {grade}").format(day=when(record), grade=grade)
    words = [plain(summary(record)) or plain(record["organiser"]), links(record["source_url"])]
    st.markdown(f"**{title}:** {head}")
    st.caption("  \n".join(filter(None, words)))


def _ways(view: View) -> None:
    """Show the ways to the unit's gaps and visits."""
    words = state.spelled(replace(view, site=None), today())
    with st.container(key="unit_ways", horizontal=True, gap="small"):
        st.page_link("pages/gaps.py", label=_("Gaps"), query_params=words)
        st.page_link("pages/visits.py", label=_("Next visits"), query_params=words)


def _neighbours(view: View) -> None:
    """Show the units around as the way to their sheets."""
    frame = unit_frames()[view.units_of]
    title = _("Neighbouring units")
    st.markdown(f"**{title}**")
    with st.container(key="unit_neighbours", horizontal=True, gap="small"):
        for code in _around(view.units_of, str(view.unit)):
            st.button(
                plain(frame["name"][code]),
                key=f"unit_beside_{code}",
                on_click=state.change,
                kwargs={"unit": code},
            )


@st.cache_data(show_spinner=False)
def _around(vintage: units.Vintage, code: str) -> tuple[str, ...]:
    return units.neighbours(unit_frames()[vintage], code)
