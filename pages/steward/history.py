"""The history: who entered what and when, what it changed, and undoing it."""

import pandas as pd
import streamlit as st

from geodata.core.text import _, number
from geodata.people.access import ROLES
from geodata.stewardship import history
from pages.parts.shared import access, find, heading, state
from pages.parts.shared.data import data, store
from pages.parts.shared.opening import begun
from pages.parts.shared.words import plain, today
from pages.parts.steward import comparing, panel, undoing
from pages.parts.steward import journal as journal_view

FEW = 20  # entries about one site that are shown at once


def one_site(site: str) -> None:
    """Show every change of one site, the latest first."""
    st.button(
        _("Back to the whole journal"),
        icon=":material/arrow_back:",
        on_click=state.change,
        kwargs={"site": None},
    )
    about = journal[journal["entry"].isin(store().touching(view.workspace, site)).to_numpy()]
    if about.empty:
        st.info(_("The journal has no entry about this site; look for it by its name."))
        return
    parts = []
    for entry in journal_view.entries(about.head(FEW)):
        made = journal_view.changed_by(view.workspace, journal, int(entry["entry"]))
        parts.append(
            history.of_site(made, site).assign(
                at=journal_view.moment_text(entry["at"]),
                who=history.who_text(entry),
                what=history.entry_text(entry),
            )
        )
    changes = pd.concat(parts, ignore_index=True)
    st.subheader(_("History of {site}").format(site=plain(changes["name"].iloc[0])), anchor=False)
    heads = {_("When"): "at", _("Who"): "who", _("What"): "what"}
    journal_view.render(changes, {label: changes[column] for label, column in heads.items()})
    if len(about) > FEW:
        more = _("{n} earlier entries are not shown.")
        st.caption(more.format(n=number(len(about) - FEW)))


def whole() -> None:
    """Show the journal, and of the entry chosen what it changed."""
    by = journal.apply(history.who_text, axis=1)
    person = st.selectbox(
        _("Who"),
        ["", *sorted(set(by))],
        format_func=lambda who: who or _("Everybody"),
        key="h_who",
    )
    rows = journal[(by == person).to_numpy()] if person else journal
    (chosen,) = journal_view.choose(rows, "journal")
    entry = journal_view.one(journal, chosen)
    journal_view.entry_shown(view.workspace, journal, entry)
    journal_view.notice()  # beside the button: who pressed it looks there
    undoing.button(view.workspace, journal, entry)


access.required(*ROLES)
view, workspaces = begun()
state.write_address(view, today())
journal = store().journal(view.workspace)

panel.render(view, workspaces)
st.title(_("History"), anchor=False)
heading.simulated(view)
journal_view.clock(journal)
find.site(data(view.workspace), view.units_of)
if view.site:
    one_site(view.site)
else:
    ways = [_("Journal"), _("Compare two dates")]
    way = st.segmented_control(
        _("Show"), ways, default=ways[0], required=True, key="h_show", label_visibility="collapsed"
    )
    if way == ways[0]:
        whole()
    else:
        comparing.render(view.workspace, journal)
