"""A table that is sorted by the app, so that its files hold exactly what is seen.

A click on a head sorts, a second one turns the order round; the same choices stand above it
for keyboards and phones, and in the address. Not here: what the rows mean.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from geodata.core.text import _, language, number, speaking
from geodata.outputs.data import listed
from geodata.reading.orders import WORD, from_words, spelled, to_words
from pages.parts.shared.addressed import Addressed

_ORDERS = Addressed("orders", (WORD,), from_words, to_words)
MOST_ROWS = 1000
USUAL = ""  # in the order in which the rows came
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def words() -> dict[str, str]:
    """Return the orders of the session's lists as words of the address; taken from it if new."""
    return to_words(_ORDERS.current())


def problems() -> list[str]:
    """Return what the address asked for and could not get."""
    return _ORDERS.problems()


class ListColumn(NamedTuple):
    """A column, and what it is sorted by if that is something else than what is seen.

    `words` make of some of its cells what is seen: of a long list the screen has few rows, and
    to word all of them at each look would take seconds.
    """

    cells: pd.Series
    by: pd.Series | None = None
    words: Callable[[pd.Series], pd.Series] | None = None

    def seen(self, at: NDArray[np.int64]) -> pd.Series:
        """Return as they are seen the cells at some places."""
        some = self.cells.iloc[at]
        return self.words(some) if self.words else some

    def order(self, *, down: bool) -> NDArray[np.int64]:
        """Return the places of all cells in their order."""
        keys = self.seen(np.arange(len(self.cells))) if self.by is None else self.by
        ordered = keys.reset_index(drop=True).sort_values(ascending=not down, kind="stable")
        return ordered.index.to_numpy()


def named(cells: pd.Series, name: Callable[[Any], str]) -> ListColumn:
    """Return a column of codes, each seen by its name."""
    return ListColumn(cells, words=lambda some: some.map(name).astype("string"))


def coded(index: pd.Index) -> dict[str, ListColumn]:
    """Return the codes of sites as the first column: what a row of a file is found again by."""
    return {_("Code"): ListColumn(index.to_series())}


def positions(rows: pd.DataFrame) -> dict[str, ListColumn]:
    """Return where sites are as the last columns, degrees in WGS 84, for who plans a way there.

    `rows` have ``lat`` and ``lon``, or points in EPSG:4326.
    """
    points = gpd.GeoDataFrame(rows).geometry if "lat" not in rows else None
    lat, lon = (rows["lat"], rows["lon"]) if points is None else (points.y, points.x)
    return {_("Latitude"): ListColumn(lat.round(5)), _("Longitude"): ListColumn(lon.round(5))}


def render(
    columns: Mapping[str, ListColumn],
    title: str,
    facts: Mapping[str, str],
    *,
    name: str,
    on_row: Callable[[str], None] | None = None,
) -> None:
    """Show rows, and offer them as files.

    `columns` are all indexed alike; `name` is that of the files and of the widgets, and
    `on_row` is told the index of a row that is chosen.
    """
    at = np.arange(len(next(iter(columns.values())).cells))
    room = st.container(horizontal=True, vertical_alignment="center")
    with room:
        by, down = _order(name, list(columns))
    if by:
        at = columns[by].order(down=down)
    with room:
        files(partial(_seen, columns, at), title, facts, name)
    short = _seen(columns, at[:MOST_ROWS])
    key = f"w_{name}_{hash((tuple(short.index), by, down))}"
    days = [label for label in columns if pd.api.types.is_datetime64_any_dtype(short[label])]
    modes: list[Literal["single-column", "single-cell"]] = ["single-column"]
    if on_row:
        modes.append("single-cell")  # a click anywhere on a row, not on a box beside it alone
    st.dataframe(
        short,
        hide_index=True,
        key=key,
        selection_mode=modes,
        on_select=lambda: _selected(key, name, list(short.index), on_row),
        column_config={label: st.column_config.DateColumn(format="DD/MM/YYYY") for label in days},
        placeholder="–",
        alt=title,
    )
    if len(at) > MOST_ROWS:
        more = _("The first {n} of {every} rows; the files hold all, in this order.")
        st.caption(more.format(n=number(MOST_ROWS), every=number(len(at))))


def _seen(columns: Mapping[str, ListColumn], at: NDArray[np.int64]) -> pd.DataFrame:
    """Return the rows at some places as they are seen."""
    return pd.DataFrame({label: column.seen(at) for label, column in columns.items()})


def _order(name: str, labels: list[str]) -> tuple[str, bool]:
    """Show by which column and which way the rows are sorted, and return it."""
    column, down = _ORDERS.kept().of_list(name)
    by = next((label for label in labels if spelled(label) == column), USUAL)
    down = down and by != USUAL
    st.session_state[f"w_{name}_by"], st.session_state[f"w_{name}_down"] = by, down

    def take() -> None:
        _sort(name, st.session_state[f"w_{name}_by"], down=st.session_state[f"w_{name}_down"])

    label = _("Sort by: {column}")
    st.selectbox(
        _("Sort by"),
        [USUAL, *labels],
        key=f"w_{name}_by",
        format_func=lambda column: label.format(column=column or _("as usual")),
        label_visibility="collapsed",
        width=300,
        on_change=take,
    )
    st.toggle(_("Descending"), key=f"w_{name}_down", on_change=take, disabled=by == USUAL)
    return by, down


def _sort(name: str, column: str, *, down: bool) -> None:
    """Sort a list by a column from now on."""
    orders = _ORDERS.kept().changed(name, spelled(column), down=down)
    _ORDERS.change(by_list=orders.by_list)


def _selected(key: str, name: str, index: list[str], on_row: Callable[[str], None] | None) -> None:
    """Take a click on a head or a row."""
    chosen = st.session_state[key]["selection"]
    if chosen["columns"]:
        head = chosen["columns"][0]
        by, down = _ORDERS.kept().of_list(name)
        _sort(name, head, down=spelled(head) == by and not down)
    elif on_row and (row := clicked(chosen)) is not None and row < len(index):
        on_row(index[row])


def clicked(chosen: Mapping[str, Any]) -> int | None:
    """Return the row of which a cell is chosen in a table; None if there is none."""
    return int(chosen["cells"][0][0]) if chosen["cells"] else None


def files(
    seen: Callable[[], pd.DataFrame], title: str, facts: Mapping[str, str], name: str
) -> None:
    """Offer rows as files; they are asked for, as they are `seen`, only when a file is.

    `facts` are lines that belong above them, and the ``stem`` of the files' names.
    """
    spoken = language()  # where a file is made nobody is known to read

    def made(write: Callable[[pd.DataFrame], bytes]) -> bytes:
        with speaking(spoken):
            return write(seen())

    lines = [text for part, text in facts.items() if part != "stem"]
    stem = "-".join(["hau-giang", *(["mo-phong"] if "simulated" in facts else []), name])
    stem += f"-{facts['stem']}"
    st.download_button(
        _("Save as CSV"),
        lambda: made(listed.csv_file),
        file_name=f"{stem}.csv",
        mime="text/csv",
        key=f"w_{name}_csv",
        on_click="ignore",
        icon=":material/download:",
    )
    st.download_button(
        _("Save as XLSX"),
        lambda: made(lambda rows: listed.workbook(rows, title, lines)),
        file_name=f"{stem}.xlsx",
        mime=XLSX,
        key=f"w_{name}_xlsx",
        on_click="ignore",
        icon=":material/download:",
    )
