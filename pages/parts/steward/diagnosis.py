"""A diagnosis on the screen: what is wrong, what has to be decided, what would change.

Not here: judging (``intake``), or keeping the file (``upload``).
"""

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from geodata.core.text import N_, _, number
from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import Finding
from geodata.outputs.data import marked
from geodata.stewardship import entering, wording
from geodata.store import Snapshot
from pages.parts.shared.words import plain, spoken
from pages.parts.steward import columns, mending
from pages.parts.steward import upload as uploads
from pages.parts.steward.upload import Upload

_QUESTIONS = 20  # as many are asked at a time
_ROWS = 1000
_LISTED = 100  # findings on the screen; the marked copy has them all
_SHORT = 60  # characters of a value


def render(upload: Upload, file_id: str, now: Snapshot) -> None:
    """Show all that is to be said of a file."""
    diagnosed = upload.diagnosis
    errors = [f for f in diagnosed.findings if f.level is Level.ERROR]
    questions = [f for f in diagnosed.findings if f.level is Level.QUESTION]
    columns.render(upload, now.workspace)
    _summary(upload, len(errors), len(questions))
    if questions:
        _ask(questions, file_id)
    if errors:
        st.subheader(_("To be put right here, or in the file"), anchor=False)
        mending.render(errors, file_id)
    if diagnosed.findings:
        _marked_copy(upload)
    if diagnosed.notices:
        title = _("How cells were read ({n})").format(n=number(len(diagnosed.notices)))
        with st.expander(title):
            _table(diagnosed.notices, title)
    _ask_about_blanks(upload, file_id)
    _changes(upload, now.sites["name_vi"].to_dict())


def _summary(upload: Upload, errors: int, questions: int) -> None:
    """Say in one box whether the file can be saved, and what is in it."""
    diagnosed = upload.diagnosis
    rows = entering.rows_text(upload.sheets, diagnosed)
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
    for part in diagnosed.left_out:
        st.caption(plain(entering.left_out_text(part)))


def _ask(questions: list[Finding], file_id: str) -> None:
    """Put each open question with its answers."""
    st.subheader(_("To be decided by you"), anchor=False)
    for finding in questions[:_QUESTIONS]:
        widget = f"u_{file_id}_{finding.sheet}_{finding.row}_{finding.column}"
        labels = {choice.value: choice.label for choice in finding.choices}
        sentence = f"{entering.place_text(finding)}: {finding.message}"
        st.markdown(plain(sentence))
        st.selectbox(
            spoken(sentence),
            list(labels),
            label_visibility="collapsed",
            index=None,
            key=widget,
            placeholder=_("Choose"),
            format_func=labels.__getitem__,
            on_change=uploads.answer,
            args=(file_id, finding, widget),
        )
    if answered := uploads.answered(file_id):
        st.caption(_("{n} questions are answered.").format(n=number(answered)))
    if (more := len(questions) - _QUESTIONS) > 0:
        st.caption(_("{n} more questions follow.").format(n=number(more)))


def _ask_about_blanks(upload: Upload, file_id: str) -> None:
    """Say what blank cells leave as it is, with a tick that has them empty it."""
    if upload.diagnosis.blanks:
        key = uploads.blanks_key(file_id)
        clears = st.checkbox(_("Blank cells mean: empty the value"), key=key)
        st.caption(plain(entering.blanks_text(upload.diagnosis, clears=clears)))


def _cell(finding: Finding) -> str:
    """Return where a finding is and what stands there: ``Sheet1 E4 · Tọa độ: 9,78``."""
    value = f": {finding.value[:_SHORT]}" if finding.value else ""
    header = entering.header_of(finding.column, finding.kind)
    return f"{uploads.cell_name(finding)} · {header}{value}"


def _table(findings: Iterable[Finding], title: str) -> None:
    rows = list(findings)
    shown = rows[:_LISTED]
    frame = pd.DataFrame(
        {
            _("Cell"): [plain(_cell(f)) for f in shown],
            _("How it was read, and the correction"): [
                plain(entering.sentence_of(f)) for f in shown
            ],
        }
    )
    # A plain table: sentences that are cut off, or beside the screen of a phone, help nobody.
    st.table(frame, hide_index=True, alt=title)
    if (more := len(rows) - len(shown)) > 0:
        st.caption(_("… and {n} more cells; the marked copy has them all.").format(n=number(more)))


def _marked_copy(upload: Upload) -> None:
    st.download_button(
        _("Take the file with a comment on each of these cells"),
        lambda: marked.render(upload.content, upload.sheets, upload.diagnosis.findings),
        file_name=f"{upload.name.rpartition('.')[0]}-nhan-xet.xlsx",
        icon=":material/rate_review:",
        on_click="ignore",
    )


def _changes(upload: Upload, sites: Mapping[str, str]) -> None:
    """Show what would be new, changed and not in the file, a table each; ``sites`` are names."""
    for kind, part in upload.diagnosis.difference.items():
        names = _names(upload, kind, sites)
        changed = [
            (
                *(key, names.get(key, ""), entering.header_of(column, kind)),
                *(wording.value_text(column, text) or wording.BLANK for text in texts),
            )
            for key, cells in part.changed.items()
            for column, texts in cells.items()
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


def _names(upload: Upload, kind: str, sites: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the records of a kind, or of what they are about, by id."""
    frame = getattr(upload.diagnosis, kind)
    if frame is None:
        return {}
    column = {"sites": "name_vi", "evidence": "subject", "declarations": "plant"}[kind]
    about = zip(frame["id"], frame[column].fillna(""), strict=True)
    return {
        key: text if kind == "sites" else wording.subject_name(text, sites) for key, text in about
    }
