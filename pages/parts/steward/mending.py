"""Wrong cells of a file put right on the screen: one line for all cells of a column alike.

The file itself stays as it is. Not here: what is wrong (``intake``), or questions with answers to
choose from (``diagnosis``).
"""

from collections.abc import Iterable

import streamlit as st

from geodata.core.text import _, number
from geodata.intake.judging.cells import Choice
from geodata.intake.judging.diagnosis import Finding
from geodata.stewardship import entering
from pages.parts.shared.words import plain, spoken
from pages.parts.steward import upload as uploads

AT_ONCE = 20  # lines on the screen at a time
_NAMED = 6  # cells named in a line
_MORE = ("(", ", ", ": ")  # signs of an explanation, or of several values

Alike = tuple[Finding, ...]
"""The findings of one column on cells with the same value and the same suggestion."""


def alike(findings: Iterable[Finding]) -> list[Alike]:
    """Return findings with those of the same cell text, column and sentence together."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        own = "" if finding.value else str(finding.row)  # blank cells have little in common
        key = (finding.sheet, finding.column, finding.value, finding.suggestion, own)
        groups.setdefault(key, []).append(finding)
    return [tuple(group) for group in groups.values()]


def suggested(finding: Finding) -> str:
    """Return the suggestion if it can stand in the cell as it is: no list, no explanation.

    A comma within a number, or between name and unit of a file, is neither.
    """
    return "" if any(sign in finding.suggestion for sign in _MORE) else finding.suggestion


def offered(finding: Finding) -> tuple[Choice, ...]:
    """Return the values that can be taken with one click: those to choose from, or the one."""
    if finding.choices:
        return finding.choices
    value = suggested(finding)
    return (Choice(value, value),) if value else ()


def render(findings: list[Finding], file_id: str) -> None:
    """Show each kind of wrong cell with its sentence and a line to write the right value into."""
    groups = alike(findings)
    sure = [group for group in groups if len(offered(group[0])) == 1]
    if len(sure) > 1:
        st.button(
            _("Take all {n} suggestions").format(n=number(len(sure))),
            icon=":material/done_all:",
            on_click=_take_all,
            args=(sure, file_id),
        )
    for group in groups[:AT_ONCE]:
        _line(group, file_id)
    if (more := len(groups) - AT_ONCE) > 0:
        st.caption(_("{n} more lines follow once these are put right.").format(n=number(more)))


def _line(group: Alike, file_id: str) -> None:
    first = group[0]
    cells = ", ".join(uploads.cell_name(finding) for finding in group[:_NAMED])
    if (more := len(group) - _NAMED) > 0:
        cells += _(" and {n} more").format(n=number(more))
    key = f"u_mend_{file_id}_{first.sheet}_{first.row}_{first.column}"
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    values = offered(first)
    # What has no button of its own is only read, and must not be missed.
    message = first.message if values else entering.sentence_of(first)
    sentence = f"{cells} · {entering.header_of(first.column, first.kind)}: {message}"
    left.markdown(plain(sentence))
    left.text_input(
        spoken(sentence),
        label_visibility="collapsed",
        key=key,
        placeholder=values[0].value if len(values) == 1 else None,
        on_change=_typed,
        args=(group, file_id, key),
    )
    for at, one in enumerate(values):
        right.button(
            plain(_("Take “{value}”").format(value=one.label)),
            key=f"{key}_{at}_take",
            on_click=_take,
            args=(group, file_id, one.value),
        )


def _typed(group: Alike, file_id: str, key: str) -> None:
    _take(group, file_id, str(st.session_state[key]).strip())


def _take(group: Alike, file_id: str, value: str) -> None:
    """Read a value in place of what stands in the cells."""
    if value:
        for finding in group:
            uploads.mend(file_id, finding, value)


def _take_all(groups: list[Alike], file_id: str) -> None:
    for group in groups:
        _take(group, file_id, offered(group[0])[0].value)
