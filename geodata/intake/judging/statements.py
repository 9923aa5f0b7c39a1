"""Statements of what a site was when: the cell of earlier ones, and what is asked of a change.

A file and a form ask the same. Not here: what follows from statements (``register.lifecycle``).
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from geodata.core.text import N_, _, day
from geodata.intake.judging import days
from geodata.intake.judging.cells import Cell, Level, Remark
from geodata.intake.judging.rows import Rows
from geodata.register import lifecycle, vocabulary
from geodata.register.lifecycle import Doubt, Row, Statement

CELL_RULE = N_("Earlier states are written as statements")
CHANGE_RULE = N_("A change of state has a day, and leaves the days before it as they were")

_SHEET = vocabulary.HEADERS["sites"]


# --- the cell ------------------------------------------------------------------------------


def read_history(text: str) -> Cell:
    """Read a cell of statements in words or codes, one a line or parted by semicolons.

    Returns
    -------
    Cell
        As `lifecycle.spelled` writes it.
    """
    try:
        statements = [_statement(*parts) for parts in lifecycle.parted(text.replace("\n", ";"))]
    except ValueError:
        message = _(
            "“{value}” does not read as statements; write state | from which day | decision | its "
            "day | source, several parted by semicolons, such as “{example}”."
        )
        example = vocabulary.label_of("history", "operating | 2019-05-01; suspended | 2024-02-01")
        return Cell(None, message.format(value=text, example=example))
    return Cell(lifecycle.spelled(statements))


def _statement(state: str, since: str, decision: str, decided: str, source: str) -> Statement:
    code = vocabulary.value_of("lifecycle", state) or vocabulary.value_of("founding", state)
    if code is None:
        raise ValueError(state)
    return Statement(code, _day(since), decision, _day(decided), source)


def _day(text: str) -> date | None:
    """Return a day as people write it; a text that is none is an error."""
    return date.fromisoformat(days.read_day(text).text or "?") if text else None


# --- rows of a file ------------------------------------------------------------------------


def keep(rows: Rows, known: pd.DataFrame) -> None:
    """Have blank cells of what a known site was when say nothing, and fill them from the register.

    Parameters
    ----------
    rows : Rows
        Changed in place.
    known : DataFrame
        The register as text, indexed by id.
    """
    table, present = rows.table, rows.present
    is_known = rows.known_in(known)
    for column in lifecycle.COLUMNS:
        present.loc[is_known & table[column].isna().to_numpy(), column] = False
    rows.complete(known, lifecycle.COLUMNS)
    text = table[list(lifecycle.COLUMNS)].fillna("")
    # The end of a state does not end the one that began after it.
    ended = (text["valid_to"] != "") & (text["valid_to"] < text["valid_from"])
    table.loc[is_known & ended & ~present["valid_to"], "valid_to"] = pd.NA
    # Who names a decision need not say that there is one.
    before = known["decision"].reindex(table["id"]).fillna("").to_numpy(dtype=object)
    named = (text["decision"] != "") & (text["decision"] != before)
    named &= (text["founding"] == "unknown") & ~present["founding"]
    table.loc[is_known & named, "founding"] = pd.NA


def carry(rows: Rows, known: pd.DataFrame) -> None:
    """Carry what known sites were into the rows that take their place; remark what to ask first.

    Parameters
    ----------
    rows : Rows
        Changed in place: the column ``history`` and the remarks.
    known : DataFrame
        The register as text, indexed by id.
    """
    columns = [*lifecycle.COLUMNS, "source"]
    wrong = {r.at for r in rows.remarks if r.column in columns and r.level is not Level.NOTICE}
    now = rows.table[columns].fillna("")
    was = known[columns].reindex(rows.table["id"]).fillna("").set_axis(now.index)
    is_known = rows.known_in(known)
    changed = (now != was)[list(lifecycle.COLUMNS)].any(axis=1).to_numpy()
    asked = (is_known & changed) | (~is_known & (now["history"] != "").to_numpy())
    at = [row for row in asked.nonzero()[0].tolist() if row not in wrong]
    names = rows.table["name_vi"].iloc[at].fillna("")
    parts = (
        at,
        is_known[at],
        names,
        was.loc[at].to_dict("records"),
        now.loc[at].to_dict("records"),
    )
    histories = []
    for row, replaces, name, old, after in zip(*parts, strict=True):
        before = old if replaces else after
        after["history"] = lifecycle.carried(before, after) or ""
        histories.append(after["history"] or None)
        rows.say(_of_row(row, doubt, after, name) for doubt in lifecycle.doubts(before, after))
    rows.table.loc[at, "history"] = pd.array(histories, "string")


def _of_row(at: int, doubt: Doubt, after: Row, name: str) -> Remark:
    """Return what a file is asked; only a day that is new for the same state is just noted."""
    level = Level.NOTICE if doubt.why == "same-state" else Level.ERROR
    message = _in_words(doubt, after, _of_files())
    return Remark(
        at, doubt.column, after[doubt.column], CHANGE_RULE, f"“{name}”: {message}", level=level
    )


def asked(doubt: Doubt, after: Row) -> Remark:
    """Return what a form asks of a change of the one site it shows."""
    message = _in_words(doubt, after, _of_forms())
    return Remark(0, doubt.column, str(after.get(doubt.column) or ""), CHANGE_RULE, message)


# --- words ---------------------------------------------------------------------------------


def _stated(statement: Statement) -> str:
    """Return a state with its day: “Tạm ngừng” from 01/02/2024 on."""
    state = vocabulary.state_label(statement.state)
    if statement.since is None:
        return _("“{state}” (no day given)").format(state=state)
    return _("“{state}” from {day} on").format(state=state, day=day(statement.since))


def _in_words(doubt: Doubt, after: Row, sentences: Mapping[tuple[str, str], str]) -> str:
    state = str(after.get("founding" if doubt.known.about_founding else "lifecycle"))
    unknown = "unknown" if (doubt.why, state) == ("no-day", "unknown") else doubt.why
    return sentences[doubt.column, unknown].format(
        was=_stated(doubt.known),
        now=vocabulary.state_label(state) if state != "unknown" else _("not known"),
        column=_SHEET[doubt.column],
        history=_SHEET["history"],
    )


def _of_files() -> dict[tuple[str, str], str]:
    return {
        ("valid_from", "no-day"): _(
            "{was} is on record, the file says “{now}” – from which day on? Write it into "
            "“{column}” (dd/mm/yyyy); what was wrong all along is corrected on screen."
        ),
        ("valid_from", "unknown"): _(
            "{was} is on record, the file says {now}. Leave the cell blank to keep what is on "
            "record, or write into “{column}” from which day on it is not known."
        ),
        ("valid_from", "overtaken"): _(
            "{was} is on record, which “{now}” of this row contradicts. Write into “{column}” from "
            "which day on it is “{now}”; an earlier state belongs into “{history}”."
        ),
        ("valid_from", "same-state"): _(
            "{was} is on record; the day of this row is added, and the days before stay as they "
            "were. A day that was wrong all along is corrected on screen."
        ),
        ("decision_date", "no-day"): _(
            "{was} is on record, the file says “{now}” – of which day? Write it into “{column}” "
            "(dd/mm/yyyy); what was wrong all along is corrected on screen."
        ),
        ("founding", "taken-back"): _(
            "{was} is on record, the file says “{now}”. Leave the cell blank to keep it; a "
            "decision that was revoked is a state that began on a day, and what was wrong all "
            "along is corrected on screen."
        ),
    }


def _of_forms() -> dict[tuple[str, str], str]:
    day_asked = _(
        "{was} is on record, now it is “{now}” – from which day on? Write it into “{column}”, or "
        "tick the correction if it was wrong all along."
    )
    return {
        ("valid_from", "no-day"): day_asked,
        ("valid_from", "unknown"): day_asked,
        ("valid_from", "overtaken"): _(
            "{was} is on record, which “{now}” contradicts. Write into “{column}” from which day "
            "on it is “{now}”; if what is on record was wrong all along, tick the correction or "
            "leave it out."
        ),
        ("valid_from", "same-state"): _(
            "{was} is on record. Tick the correction if that day is wrong, else leave it."
        ),
        ("decision_date", "no-day"): _(
            "{was} is on record, now it is “{now}” – of which day? Write it into “{column}”, or "
            "tick the correction if it was wrong all along."
        ),
        ("founding", "taken-back"): _(
            "{was} is on record. Tick the correction if that was wrong all along; a decision that "
            "was revoked is a state that began on a day."
        ),
    }
