"""The journal on a screen: its entries as a table, what one of them changed, what was just done.

Only stewards' screens show it. Not here: the words (``stewardship.history``), or what may be done.
"""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from geodata.core.clock import local, now
from geodata.core.errors import ModelError
from geodata.core.text import _, day, language, number
from geodata.stewardship import history
from geodata.store import Snapshot
from pages.parts.shared.data import store, unit_names
from pages.parts.shared.words import plain, without_folders

MOST_ROWS = 1000
DONE, REFUSED = "done", "refused"

Entry = dict[Hashable, Any]  # an entry of the journal, by column


# --- what entries changed ------------------------------------------------------------------


class _At(NamedTuple):
    """An entry with its seal: a number alone means another one once a backup was put back."""

    entry: int
    seal: str


def seen(journal: pd.DataFrame) -> str:
    """Return the newest seal of a journal: what a person who looks at it has seen."""
    return str(journal["seal"].iloc[0])


def between(workspace: str, journal: pd.DataFrame, earlier: int | None, later: int) -> pd.DataFrame:
    """Return what differs from one entry to a later one; None is before anything was entered."""
    before = None if earlier is None else _at(journal, earlier)
    return _between(workspace, before, _at(journal, later), language())


def _at(journal: pd.DataFrame, entry: int) -> _At:
    return _At(entry, str(one(journal, entry)["seal"]))


@st.cache_resource(max_entries=32, show_spinner=False)
def _between(
    workspace: str,
    earlier: _At | None,
    later: _At,
    spoken: str,  # noqa: ARG001 - a cache key
) -> pd.DataFrame:
    before = None if earlier is None else _state(workspace, earlier)
    units = {code: unit for (level, code), unit in unit_names().items() if level == "legacy"}
    return history.compared(before, _state(workspace, later), units, most=MOST_ROWS)


@st.cache_resource(max_entries=6, show_spinner=False)
def _state(workspace: str, at: _At) -> Snapshot:
    """Return a workspace as an entry left it; what has a seal never changes."""
    return store().load(workspace, upto=at.entry, seen=at.seal)


def changed_by(workspace: str, journal: pd.DataFrame, entry: int) -> pd.DataFrame:
    """Return what one entry changed."""
    return between(workspace, journal, history.entry_before(journal, entry), entry)


def clock(journal: pd.DataFrame) -> None:
    """Say so if the server's clock is behind the newest entry: a new one would be misdated."""
    if history.is_ahead(journal, now()):
        words = _(
            "The server's clock is behind the newest entry ({at}); have it set right before "
            "anything is entered."
        )
        st.warning(words.format(at=moment_text(journal["at"].max())))


# --- tables --------------------------------------------------------------------------------


def moment_text(at: pd.Timestamp) -> str:
    """Return a moment of the journal as people in Việt Nam write it: ``22/11/2026 14:03``."""
    there = local(at.to_pydatetime())
    return f"{day(there.date())} {there:%H:%M}"


def entries(journal: pd.DataFrame) -> list[Entry]:
    """Return the entries of a journal, or of some rows of it, in their order."""
    return journal.to_dict("records")


def one(journal: pd.DataFrame, number_of: int) -> Entry:
    """Return the entry of a number, which the journal has."""
    return entries(journal[(journal["entry"] == number_of).to_numpy()])[0]


def entry_label(entry: Entry) -> str:
    """Return an entry on one line."""
    words = _("Entry {entry} · {at} · {what}")
    return words.format(
        entry=entry["entry"], at=moment_text(entry["at"]), what=history.entry_text(entry)
    )


def choose(journal: pd.DataFrame, key: str, *, many: bool = False) -> list[int]:
    """Show entries as a table and return those chosen, the first one if none; it has a row."""
    rows = entries(journal)
    frame = pd.DataFrame(
        {
            _("Entry"): journal["entry"],
            _("When"): [moment_text(at) for at in journal["at"]],
            _("What"): [history.entry_text(entry) for entry in rows],
            _("Who"): [history.who_text(entry) for entry in rows],
            _("State"): [history.state_label(history.state_of(entry)) for entry in rows],
            _("Rows"): [history.count_text(entry) or "–" for entry in rows],
            _("Note"): journal["note"].where(journal["action"] != "briefing", ""),
        }
    )
    event = st.dataframe(
        frame,
        hide_index=True,
        # Other rows are another table: a row chosen in it must not be taken for one of these.
        key=f"{key}_{hash(tuple(journal['entry']))}",
        on_select="rerun",
        selection_mode="multi-row" if many else "single-row-required",
        alt=_("Entries of the journal"),
    )
    last = len(journal) - 1
    return [int(journal["entry"].iloc[min(at, last)]) for at in event["selection"]["rows"] or [0]]


def render(differences: pd.DataFrame, heads: dict[str, pd.Series] | None = None) -> None:
    """Show differences as a table: of what, which cell, before and after.

    `heads` are the columns to begin with, by label; by default the name of what changed.
    """
    if differences.empty:
        st.caption(_("Nothing differs."))
        return
    rows = differences.head(MOST_ROWS)
    heads = heads or {_("Name"): differences["name"]}
    cells = zip(rows["table"], rows["column"], strict=True)
    st.dataframe(
        pd.DataFrame(
            {
                **{label: column.head(MOST_ROWS) for label, column in heads.items()},
                _("Code"): rows["id"],
                _("Of"): rows["table"].map(history.table_label),
                _("Change"): rows["change"].map(history.change_label),
                _("Item"): [history.column_label(*cell) or _("the whole row") for cell in cells],
                _("Before"): rows["before"].replace("", "–"),
                _("After"): rows["after"].replace("", "–"),
            }
        ),
        hide_index=True,
        column_config={_("Before"): {"width": "medium"}, _("After"): {"width": "large"}},
        alt=_("What changed, before and after"),
    )
    if len(differences) > MOST_ROWS:
        more = _("{n} more rows are not shown.")
        st.caption(more.format(n=number(len(differences) - MOST_ROWS)))


def entry_shown(workspace: str, journal: pd.DataFrame, entry: Entry) -> None:
    """Show one entry: what it was, who made it, and what it changed."""
    st.markdown(f"**{plain(entry_label(entry))}**")
    parts = [history.who_text(entry), history.state_label(history.state_of(entry))]
    if entry["action"] != "briefing":
        parts.append(entry["note"])
    st.caption(" · ".join(plain(part) for part in parts if part and part != "–"))
    if history.state_of(entry) == "note":
        st.caption(_("This entry changed no data."))
        return
    differences = changed_by(workspace, journal, int(entry["entry"]))
    st.markdown("\n".join(f"- {plain(line)}" for line in history.summary(differences)))
    render(differences)


def together(workspace: str, journal: pd.DataFrame, chosen: list[int]) -> None:
    """Show what several entries changed, cell by cell, the changes of one row side by side."""
    parts = [changed_by(workspace, journal, entry).assign(entry=entry) for entry in chosen]
    differences = pd.concat(parts, ignore_index=True)
    st.markdown("\n".join(f"- {plain(line)}" for line in history.summary(differences)))
    ordered = differences.sort_values(["table", "id", "column", "entry"], kind="stable")
    render(ordered, {_("Entry"): ordered["entry"], _("Name"): ordered["name"]})


# --- what was just done --------------------------------------------------------------------


def attempt(do: Callable[[], object], done: str) -> None:
    """Do something for a button, and keep for the next run what to say of it."""
    try:
        do()
    except ModelError as error:
        st.session_state[REFUSED] = without_folders(error)
    else:
        st.session_state[DONE] = done


def notice() -> None:
    """Say once what the last button did, or why it did not."""
    if refused := st.session_state.pop(REFUSED, None):
        st.error(plain(refused))
    if done := st.session_state.pop(DONE, None):
        st.success(plain(done))
