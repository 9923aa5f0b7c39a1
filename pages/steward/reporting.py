"""Who has not reported: completeness by unit and kind, and a list to call."""

import streamlit as st

from geodata.core.text import _, day, number
from geodata.people.access import ROLES
from geodata.reading.answer import Bar
from geodata.reading.labels import kind_label
from geodata.stewardship import completeness
from pages.parts.gaps import data as gap_data
from pages.parts.shared import access, heading, sorted_list, state
from pages.parts.shared.data import unit_names
from pages.parts.shared.opening import opened
from pages.parts.shared.sorted_list import ListColumn, coded, positions
from pages.parts.shared.sorted_list import render as render_sorted
from pages.parts.shared.words import plain, today
from pages.parts.steward import desk, panel

UNITS = {"legacy": "district_legacy", "2025": "commune_2025"}


access.required(*ROLES)
view, workspaces, data, plan = opened()
now = desk.snapshot(view.workspace)
state.write_address(view, today(), sorted_list.words())
st.title(_("Who has not reported"), anchor=False)
heading.simulated(view)

every = completeness.reported(now.sites, now.evidence, plan, view.as_of)
silent = completeness.silent(every)
reported, total = len(every) - len(silent), len(every)
headline = _("{n}/{total} sites have reported").format(n=number(reported), total=number(total))
share = reported / total if total else 0
panel.render(view, workspaces, (headline, Bar(share, 1 - share, None)))
words = _(
    "{n} of {total} sites have a dated record since {day} (plan {decision}); {rest} have none."
)
st.markdown(
    plain(
        words.format(
            n=number(reported),
            total=number(total),
            day=day(plan.window.start),
            decision=plan.decision,
            rest=number(len(silent)),
        )
    )
)
st.caption(
    _("A record is a report whatever it says; which of them count, the map and the board tell.")
)
names = {code: name for (level, code), name in unit_names().items() if level == view.units_of.value}
table = completeness.by_unit(every, UNITS[view.units_of.value], names)
st.subheader(_("By unit and kind"), anchor=False)
render_sorted(
    {
        _("Unit"): ListColumn(table["unit"].replace("", _("Unit not known"))),
        _("Kind"): ListColumn(table["kind"].map(kind_label)),
        _("Sites"): ListColumn(table["sites"]),
        _("With a report"): ListColumn(table["reported"]),
        _("Without"): ListColumn(table["sites"] - table["reported"]),
        _("Last report"): ListColumn(table["last_date"]),
    },
    _("Completeness by unit and kind"),
    gap_data.facts(data, plan, view),
    name="completeness",
)
st.subheader(_("To call"), anchor=False)
if silent.empty:
    st.success(_("Every site has a report of this plan's window."))
    st.stop()
unit = silent[UNITS[view.units_of.value]].fillna("").map(lambda code: names.get(code, ""))
render_sorted(
    {
        **coded(silent.index),
        _("Name"): ListColumn(silent["name_vi"]),
        _("Kind"): ListColumn(silent["kind"].map(kind_label)),
        _("Unit"): ListColumn(unit),
        _("Last report"): ListColumn(silent["last_date"]),
        _("Responsible body"): ListColumn(silent["operator"].fillna("")),
        _("Contact"): ListColumn(silent["contact_name"].fillna("")),
        _("Phone"): ListColumn(silent["contact_phone"].fillna("")),
        _("E-mail"): ListColumn(silent["contact_email"].fillna("")),
        **positions(silent),
    },
    _("Sites without a report, to call"),
    gap_data.facts(data, plan, view),
    name="to_call",
)
