"""Columns of a file that nobody knows: a person says what each is, and it is remembered.

Not here: what is likely (``intake.mapping``), or where it is kept (``store.headings``).
"""

from collections.abc import Iterable

import streamlit as st

from geodata.core.names import fold
from geodata.core.text import _, number
from geodata.intake import mapping
from geodata.intake.mapping import Unknown
from geodata.intake.reading.grid import Sheet
from geodata.register import vocabulary
from geodata.stewardship import entering
from pages.parts.shared import access
from pages.parts.shared.words import plain, spoken
from pages.parts.steward import upload as uploads
from pages.parts.steward.upload import Upload

NOT_NEEDED = ""


def render(upload: Upload, workspace: str) -> None:
    """Offer a place for each unknown column, if there is any; one button keeps them all."""
    ways = uploads.headings(workspace).ways()
    asked = _asked(upload.sheets, ways)
    count = sum(len(unknown) for _sheet, unknown in asked)
    if not count:
        return
    # What has a likely place is worth a look; the rest may stay aside without a click.
    likely = any(one.guess for _sheet, unknown in asked for one in unknown)
    nothing = any(sheet.cells.empty for sheet, _unknown in asked)
    title = _("{n} columns are not known: say once what they are").format(n=number(count))
    with st.expander(title, expanded=likely or nothing), st.form("columns", border=False):
        for sheet, unknown in asked:
            _choices(sheet, unknown)
        st.form_submit_button(
            _("Take the columns like this, and remember it"),
            type="primary" if likely or nothing else "secondary",
            on_click=_keep,
            args=(workspace, asked),
        )


def _asked(sheets: Iterable[Sheet], ways: mapping.Ways) -> list[tuple[Sheet, list[Unknown]]]:
    """Return the unknown columns by table; one that several tables have is asked about once."""
    asked: list[tuple[Sheet, list[Unknown]]] = []
    settled = dict(ways)
    for sheet in sheets:
        if unknown := mapping.unknown(sheet, sheet.kind, settled):
            asked.append((sheet, unknown))
            settled |= {(sheet.kind, fold(one.header)): "" for one in unknown}
    return asked


def _choices(sheet: Sheet, unknown: list[Unknown]) -> None:
    """Show a list to choose from for each column of a table, the likeliest chosen."""
    heads = vocabulary.HEADERS[sheet.kind]
    free = [column for column in heads if column not in sheet.cells.columns]
    st.caption(f"{plain(sheet.name)} {entering.table_label(sheet.kind)}".strip())
    for place, one in zip(
        (place for _row in unknown[::2] for place in st.columns(2)), unknown, strict=False
    ):
        samples = "; ".join(one.samples) or _("blank throughout")
        column = f"“{one.header}” ({samples})"
        place.markdown(plain(column))
        place.selectbox(
            spoken(column),
            [NOT_NEEDED, *free],
            index=free.index(one.guess) + 1 if one.guess in free else 0,
            format_func=lambda column: heads.get(column, _("not to be taken in")),
            key=_key(sheet, one),
            label_visibility="collapsed",
        )


def _key(sheet: Sheet, one: Unknown) -> str:
    return f"u_column_{sheet.name}_{sheet.kind}_{one.header}"


def _keep(workspace: str, asked: list[tuple[Sheet, list[Unknown]]]) -> None:
    """Remember what was chosen; of two headers given one column the first has it."""
    chosen: dict[tuple[str, str], str] = {}
    for sheet, unknown in asked:
        taken: set[str] = set()
        for one in unknown:
            column = str(st.session_state.get(_key(sheet, one), one.guess))
            chosen[sheet.kind, one.header] = NOT_NEEDED if column in taken else column
            taken.add(column)
    uploads.headings(workspace).remember(chosen, who=access.required("steward"))
