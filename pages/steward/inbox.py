"""Reports from the public: what the public server laid down, taken in, looked at and answered."""

import os

import pandas as pd
import streamlit as st

from geodata import settings
from geodata.core.clock import now
from geodata.core.text import _, number
from geodata.intake import laid
from geodata.reading.labels import report_label, topic_label
from geodata.register.ids import REAL
from geodata.register.reports import ANSWERED, spelled
from geodata.stewardship.taking import take_in
from geodata.store import inbox as kept
from geodata.store.inbox import KeptReport
from pages.parts.shared import access, state
from pages.parts.shared.data import HOME, data, store
from pages.parts.shared.opening import begun
from pages.parts.shared.words import plain, today
from pages.parts.steward import journal as journal_view
from pages.parts.steward import panel, report_answer


def taken() -> None:
    """Take in what waits in the spool, and name what is no report."""
    folder = settings.load(os.environ, HOME).spool
    if folder is None:
        st.caption(_("No reports come in: HG_SPOOL is not set (see docs/operations.md)."))
        return
    if not folder.is_dir():
        st.error(
            _("There is no folder {path}; see HG_SPOOL in docs/operations.md.").format(
                path=plain(folder.name)
            )
        )
        return
    with st.spinner(_("Taking in …")):
        came = take_in(folder, report_answer.inbox(REAL))
    if came.new:
        st.success(_("{n} new reports").format(n=number(came.new)))
    for one in came.strange:
        words = _("“{name}” is no report and was set aside: {reason}.")
        if not one.moved:
            words = _("“{name}” is no report and could not be set aside: {reason}.")
        st.warning(words.format(name=plain(one.name), reason=plain(one.reason)))
    if came.left:
        words = _(
            "{n} files still lie in the spool; reload the page, or see who may take them out."
        )
        st.warning(words.format(n=number(came.left)))
    if aside := laid.lying_aside(folder):
        st.caption(
            _("Set aside, for whoever runs the server: {n} files").format(n=number(len(aside)))
        )


def choose(some: list[KeptReport]) -> KeptReport:
    """Show reports as a table and return the one chosen, the first if none is."""
    frame = pd.DataFrame(
        {
            _("Number"): [spelled(one.number) for one in some],
            _("Sent"): [journal_view.moment_text(pd.Timestamp(one.sent)) for one in some],
            _("Site"): [name_of(one.site) for one in some],
            _("About"): [topic_label(one.topic) for one in some],
            _("State"): [report_label(one.state) for one in some],
        }
    )
    event = st.dataframe(
        frame,
        hide_index=True,
        key=f"inbox_{hash(tuple(one.number for one in some))}",
        on_select="rerun",
        selection_mode="single-row-required",
        alt=_("Reports from the public"),
    )
    chosen = (event["selection"]["rows"] or [0])[0]
    return some[min(chosen, len(some) - 1)]


def name_of(site: str) -> str:
    """Return what a site is called, by its code where it is no longer there."""
    return str(names.get(site, site))


access.required("steward")
view, workspaces = begun()
state.write_address(view, today())
panel.render(view, workspaces)
st.title(_("Reports from the public"), anchor=False)
kept.forget(store(), now())
taken()
journal_view.notice()
names = data(REAL).sites["name_vi"]
every = report_answer.inbox(REAL).listed()
groups = {
    "open": [one for one in every if one.state in ("new", "looking")],
    "answered": [one for one in every if one.state in ANSWERED],
    "dropped": [one for one in every if one.state == "dropped"],
}
labels = {"open": _("Not answered yet"), "answered": _("Answered"), "dropped": _("Put away")}
group = st.segmented_control(
    _("Show"),
    list(groups),
    format_func=lambda key: f"{labels[key]} ({number(len(groups[key]))})",
    default="open",
    required=True,
    key="i_group",
    label_visibility="collapsed",
)
if not groups[group]:
    st.info(_("There is none."))
    st.stop()
one = choose(groups[group])
report_answer.render(REAL, one, name_of(one.site))
