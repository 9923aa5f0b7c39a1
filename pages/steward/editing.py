"""Editing: one site or its evidence, saved as a draft that somebody else reviews."""

import streamlit as st

from geodata.core.text import _
from pages.parts.shared import access, find, heading, state
from pages.parts.shared.opening import opened
from pages.parts.shared.words import plain, today
from pages.parts.steward import desk, evidence_form, kept, panel, site_form

access.required("steward")
view, workspaces, data, _plan = opened()
now = desk.snapshot(view.workspace)
adding = bool(st.session_state.get(desk.NEW)) and not view.site

panel.render(view, workspaces)
state.write_address(view, today())

st.title(_("Edit data"), anchor=False)
heading.simulated(view)
for problem in state.problems():
    st.warning(plain(problem))
if saved := st.session_state.pop(desk.SAVED, None):
    st.success(plain(saved), icon=":material/check_circle:")
    # Who saved stands at the foot of a long form and would not see what stands at its head.
    st.toast(plain(saved), icon=":material/check_circle:", duration="long")
kept.render(now)

if adding or view.site:
    label, icon = _("Choose another site"), ":material/arrow_back:"
else:
    find.site(data, view.units_of)
    label, icon = _("Add a site"), ":material/add_location_alt:"
st.button(label, icon=icon, on_click=desk.begin, args=(not (adding or view.site),))

if adding:
    st.header(_("New site"), anchor=False)
    site_form.render(now, view, None)
else:
    if view.site:
        st.header(plain(data.sites.loc[view.site, "name_vi"]), anchor=False)
    parts = {"site": _("Site"), "evidence": _("Evidence")}
    part: str | None = "evidence"
    if view.site:
        st.session_state.setdefault(kept.PART, "site")
        part = st.segmented_control(
            _("What to edit"),
            list(parts),
            format_func=parts.__getitem__,
            required=True,
            key=kept.PART,
            label_visibility="collapsed",
        )
    else:
        st.subheader(_("Evidence of several sites, a district or the whole province"), anchor=False)
    if part == "site":
        site_form.render(now, view, view.site)
    else:
        evidence_form.render(now, view, data)
