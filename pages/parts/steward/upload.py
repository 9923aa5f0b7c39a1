"""A file on its way in: read and diagnosed, with the steward's answers, until it is saved or gone.

Not here: how a diagnosis is shown (``diagnosis``), or what is wrong with a file (``intake``).
"""

from typing import Any, NamedTuple

import streamlit as st

from geodata.core.errors import DataError
from geodata.core.progress import Listener, between
from geodata.core.text import _
from geodata.intake import mapping
from geodata.intake.judging import diagnosis
from geodata.intake.judging.diagnosis import Diagnosis
from geodata.intake.reading import apart
from geodata.intake.reading.grid import Sheet, UnrecognisedError
from geodata.stewardship import entering
from geodata.store import Snapshot
from geodata.store.headings import Headings
from pages.parts.server import refusals
from pages.parts.shared import access
from pages.parts.shared.data import store
from pages.parts.shared.words import today

_SHEETS, _ANSWERS, _FOUND = "upload_sheets", "upload_answers", "upload_found"
_MENDED = "upload_mended"  # by file, the cells put right: they are no answers to questions


class Upload(NamedTuple):
    """What was read from a file, and what is to be said of it."""

    name: str
    content: bytes
    sheets: tuple[Sheet, ...]
    diagnosis: Diagnosis

    @property
    def changes_something(self) -> bool:
        """Whether there is nothing wrong and something to save."""
        return self.diagnosis.ok and entering.change_of(self.diagnosis) is not None


def diagnosed(file: Any, now: Snapshot) -> Upload:
    """Return a file's diagnosis against the newest data, telling how far the work is.

    Done once for a file, its answers and a data version, however often the screen is drawn.

    Raises
    ------
    DataError
        If the file cannot be read at all.
    """
    given: dict[Any, str] = st.session_state.setdefault(_ANSWERS, {}).setdefault(file.file_id, {})
    ways = headings(now.workspace).ways()
    blank_clears = bool(st.session_state.get(blanks_key(file.file_id)))
    key = (
        *(file.file_id, now.workspace, now.version, blank_clears),
        *(tuple(sorted(given.items())), tuple(sorted(ways.items()))),
    )
    last = st.session_state.get(_FOUND)
    if last and last[0] == key:
        upload: Upload = last[1]
        return upload
    bar = st.progress(0.0)

    def progress(share: float, step: str) -> None:
        bar.progress(min(1.0, share), step)

    tables = _sheets(file, between(progress, 0, 0.5))
    sheets = tuple(mapping.applied(sheet, ways) for sheet in tables)
    known = diagnosis.Holdings(now.sites, now.evidence, now.declarations)
    judging = between(progress, 0.5, 1)
    result = diagnosis.diagnose(sheets, known, today(), given, judging, blank_clears=blank_clears)
    bar.empty()
    upload = Upload(file.name, file.getvalue(), sheets, result)
    st.session_state[_FOUND] = (key, upload)
    return upload


def _sheets(file: Any, listener: Listener) -> tuple[Sheet, ...]:
    """Return the tables of a file, read once, or why there are none."""
    last = st.session_state.get(_SHEETS)
    if not last or last[0] != file.file_id:
        try:
            last = (file.file_id, _tables(file, listener))
        except DataError as error:
            refusals.note("table")
            last = (file.file_id, error)
        st.session_state[_SHEETS] = last
    if isinstance(last[1], DataError):
        raise last[1]
    tables: tuple[Sheet, ...] = last[1]
    return tables


def _tables(file: Any, listener: Listener) -> tuple[Sheet, ...]:
    try:
        return apart.read(file.getvalue(), file.name, listener)
    except UnrecognisedError as error:
        if not error.sheets:
            raise
        return tuple(mapping.as_kind(one, mapping.likeliest_kind(one)) for one in error.sheets)


def headings(workspace: str) -> Headings:
    """Return what is remembered of the columns of this office's files."""
    return Headings(store(), workspace)


def answer(file_id: str, finding: diagnosis.Finding, widget: str) -> None:
    """Take note of what a person chose where the file leaves a question."""
    chosen = st.session_state[widget]
    given = st.session_state[_ANSWERS][file_id]
    place = (finding.sheet, finding.row, finding.column)
    st.session_state.get(_MENDED, {}).get(file_id, set()).discard(place)
    if chosen is None:
        given.pop(place, None)
    else:
        given[place] = chosen


def mend(file_id: str, finding: diagnosis.Finding, value: str) -> None:
    """Read a value in place of what stands in a cell."""
    place = (finding.sheet, finding.row, finding.column)
    st.session_state[_ANSWERS][file_id][place] = value
    st.session_state.setdefault(_MENDED, {}).setdefault(file_id, set()).add(place)


def cell_name(finding: diagnosis.Finding) -> str:
    """Return where a finding is: ``Sheet1 E4``, or the number of a feature in a layer."""
    short = finding.place.isascii() and finding.place.isupper()
    where = f"{finding.place}{finding.row}" if short else str(finding.row)
    if finding.is_layer:
        where = _("feature {row}").format(row=finding.row)
    return f"{finding.sheet} {where}".strip()


def blanks_key(file_id: str) -> str:
    """Return the key of the tick that has the blank cells of a file empty what is known."""
    return f"u_{file_id}_blanks"


def answered(file_id: str) -> int:
    """Return how many questions of a file are answered, cells put right not among them."""
    given = st.session_state.get(_ANSWERS, {}).get(file_id, {})
    return len(given.keys() - st.session_state.get(_MENDED, {}).get(file_id, set()))


def save(upload: Upload, now: Snapshot, note: str) -> str:
    """Write a file's change as a draft; return the sentence that says so.

    Raises
    ------
    ModelError
        If the person may not, the file is not in order, or somebody was faster; nothing is
        saved then.
    """
    who = access.required("steward")
    change = entering.change_of(upload.diagnosis)
    if change is None or not upload.diagnosis.ok:
        raise DataError(_("There is nothing to save in this file."))
    entry = store().write(
        now.workspace,
        change,
        who=who,
        origin=upload.name,
        action="import",
        note=note,
        based_on=now.revision,
        seen=now.seal,
    )
    forget()
    sentence = _("{name} is saved as entry {entry}, a draft that awaits review: {counts}.")
    return sentence.format(name=upload.name, entry=entry, counts=entering.counted(upload.diagnosis))


def forget() -> None:
    """Let go of the file and all that was read from it."""
    for key in (_SHEETS, _ANSWERS, _FOUND, _MENDED):
        st.session_state.pop(key, None)
