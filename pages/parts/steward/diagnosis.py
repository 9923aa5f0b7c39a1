"""A diagnosis on the screen: what is wrong, what has to be decided, what would change.

Not here: judging (``intake``), or keeping the file (``upload``).
"""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from geodata.core.text import N_, _, number
from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import Finding
from geodata.outputs.data import marked
from geodata.register import vocabulary
from geodata.stewardship import entering
from pages.parts.shared.words import plain
from pages.parts.steward import upload as uploads
from pages.parts.steward.upload import Upload

_QUESTIONS = 20  # as many are asked at a time
_ROWS = 1000
_LISTED = 100  # findings on the screen; the marked copy has them all
_SHORT = 60  # characters of a value
_SHEET_KINDS = ("sites", "evidence", "declarations")


def render(upload: Upload, file_id: str) -> None:
    """Show all that is to be said of a file."""
    diagnosed = upload.diagnosis
    errors = [f for f in diagnosed.findings if f.level is Level.ERROR]
    questions = [f for f in diagnosed.findings if f.level is Level.QUESTION]
    _summary(upload, len(errors), len(questions))
    if questions:
        _ask(questions, file_id)
    if errors:
        st.subheader(_("To be corrected in the file"), anchor=False)
        _table(errors, _("To be corrected in the file"))
    if diagnosed.findings:
        _marked_copy(upload)
    if diagnosed.notices:
        title = _("How cells were read ({n})").format(n=number(len(diagnosed.notices)))
        with st.expander(title):
            _table(diagnosed.notices, title)
    _changes(upload)


def _summary(upload: Upload, errors: int, questions: int) -> None:
    """Say in one box whether the file can be saved, and what is in it."""
    diagnosed = upload.diagnosis
    rows = _("{rows} rows read. {told}.").format(
        rows=number(diagnosed.rows), told=entering.counted(diagnosed)
    )
    if diagnosed.ok:
        st.success(_("Nothing is wrong.") + " " + rows, icon=":material/check_circle:")
    else:
        counts = [
            _(sentence).format(n=number(n))
            for n, sentence in (
                (errors, N_("{n} cells to correct.")),
                (questions, N_("{n} questions to answer.")),
            )
            if n
        ]
        sentences = " ".join([*counts, rows, _("Nothing is saved.")])
        st.warning(sentences, icon=":material/edit_note:")
    for sheet in upload.sheets:
        for note in sheet.notes:
            st.caption(plain(note))
        if sheet.ignored:
            sentence = _("Columns left out, because nobody knows them: {columns}.")
            st.caption(plain(sentence.format(columns=", ".join(sheet.ignored))))


def _ask(questions: list[Finding], file_id: str) -> None:
    """Put each open question with its answers."""
    st.subheader(_("To be decided by you"), anchor=False)
    given = uploads.answers(file_id)
    for finding in questions[:_QUESTIONS]:
        widget = f"u_{file_id}_{finding.sheet}_{finding.row}_{finding.column}"
        labels = {choice.value: choice.label for choice in finding.choices}
        st.selectbox(
            plain(f"{_place(finding)}: {finding.message}"),
            list(labels),
            index=None,
            key=widget,
            placeholder=_("Choose"),
            format_func=labels.__getitem__,
            on_change=uploads.answer,
            args=(file_id, finding, widget),
        )
    if given:
        st.caption(_("{n} questions are answered.").format(n=number(len(given))))
    if (more := len(questions) - _QUESTIONS) > 0:
        st.caption(_("{n} more questions follow.").format(n=number(more)))


def _place(finding: Finding) -> str:
    sheet = f"{finding.sheet} " if finding.sheet else ""
    return _("{sheet}row {row}, {column}").format(
        sheet=sheet, row=finding.row, column=_header(finding.column)
    )


def _header(column: str) -> str:
    """Return the official header of a column, whichever table it is of."""
    headers = (vocabulary.HEADERS[kind].get(column) for kind in _SHEET_KINDS)
    return next((header for header in headers if header), column)


def _cell(finding: Finding) -> str:
    """Return where a finding is and what stands there: ``Sheet1 E4 · Tọa độ: 9,78``."""
    short = finding.place.isascii() and finding.place.isupper()
    where = f"{finding.place}{finding.row}" if short else str(finding.row)
    value = f": {finding.value[:_SHORT]}" if finding.value else ""
    return f"{finding.sheet} {where} · {_header(finding.column)}{value}".strip()


def _table(findings: Iterable[Finding], title: str) -> None:
    rows = list(findings)
    shown = rows[:_LISTED]
    frame = pd.DataFrame(
        {
            _("Cell"): [plain(_cell(f)) for f in shown],
            _("What is wrong, and the correction"): [plain(entering.sentence_of(f)) for f in shown],
        }
    )
    # A plain table: sentences that are cut off, or beside the screen of a phone, help nobody.
    st.table(frame, hide_index=True, alt=title)
    if (more := len(rows) - len(shown)) > 0:
        st.caption(_("… and {n} more; the marked copy has them all.").format(n=number(more)))


def _marked_copy(upload: Upload) -> None:
    st.download_button(
        _("Take the file with a comment on each of these cells"),
        lambda: marked.render(upload.content, upload.sheets, upload.diagnosis.findings),
        file_name=f"{upload.name.rpartition('.')[0]}-nhan-xet.xlsx",
        icon=":material/rate_review:",
        on_click="ignore",
    )


def _changes(upload: Upload) -> None:
    """Show what would be new, changed and not in the file, a table each."""
    for kind, part in upload.diagnosis.difference.items():
        names = _names(upload, kind)
        changed = [
            (key, names.get(key, ""), vocabulary.HEADERS[kind].get(column, column), before, after)
            for key, cells in part.changed.items()
            for column, (before, after) in cells.items()
        ]
        heads = (_("Code"), _("Name"))
        with st.expander(
            _("{table}: {new} new, {changed} changed, {missing} not in the file").format(
                table=entering.table_label(kind),
                new=number(len(part.new)),
                changed=number(len(part.changed)),
                missing=number(len(part.missing)),
            )
        ):
            if part.new:
                st.caption(_("New"))
                rows = [(key, names.get(key, "")) for key in part.new]
                st.dataframe(pd.DataFrame(rows[:_ROWS], columns=list(heads)), hide_index=True)
            if changed:
                st.caption(_("Changed"))
                columns = [*heads, _("Column"), _("Before"), _("After")]
                st.dataframe(pd.DataFrame(changed[:_ROWS], columns=columns), hide_index=True)
            if part.missing:
                st.caption(_("Not in the file, stays as it is"))
                st.markdown(plain(", ".join(part.missing[:_ROWS])))


def _names(upload: Upload, kind: str) -> dict[str, str]:
    """Return the name, subject or plant of the records of a kind, by id."""
    frame = getattr(upload.diagnosis, kind)
    column = {"sites": "name_vi", "evidence": "subject", "declarations": "plant"}[kind]
    return dict(zip(frame["id"], frame[column], strict=True)) if frame is not None else {}
