"""The documents and photos of a record: uploaded, looked at as soon as they are here, taken off.

They are kept in the session alone until they are saved. Not here: whether a file may be kept
(``intake.attachments``).
"""

import hashlib

import streamlit as st

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.intake.attachments import MOST_BYTES
from geodata.intake.reading import apart
from pages.parts.server import refusals
from pages.parts.shared.sending import most_mb
from pages.parts.shared.words import plain, without_folders
from pages.parts.steward import desk, drafts
from pages.parts.steward.drafts import Draft

FILES_AT_ONCE = 5


def render(draft: Draft) -> None:
    """Show the documents to attach; each is looked at as soon as it is here."""
    key, keep = f"{draft.name}_files_{draft.turn}", f"{draft.name}_keep_position"
    st.file_uploader(
        _("Attach documents and photos (PDF, DOCX, JPEG, PNG, HEIC; up to {most} MB each)").format(
            most=number(most_mb(MOST_BYTES))
        ),
        max_upload_size=most_mb(MOST_BYTES),
        accept_multiple_files=True,
        key=key,
        on_change=_take_files,
        args=(draft, key, keep),
    )
    st.checkbox(_("Keep the place where photos were taken"), key=keep)
    for note in draft.notes:
        st.caption(plain(note))
    for refused in draft.refused:
        st.markdown(drafts.WRONG.format(plain(refused)))
    for digest, (file, _content) in list(draft.files.items()):
        left, right = st.columns([4, 1])
        left.markdown(f":material/attach_file: {plain(desk.file_text(file.name, file.size))}")
        right.button(
            _("Remove"), key=f"{draft.name}_drop_{digest}", on_click=_drop, args=(draft, digest)
        )


def _drop(draft: Draft, digest: str) -> None:
    draft.files.pop(digest)


def _take_files(draft: Draft, key: str, keep: str) -> None:
    """Take uploaded files over into the draft, where a rerun cannot lose them."""
    draft.refused, draft.notes = [], []
    for upload in st.session_state[key] or []:
        try:
            file, content, notes = apart.document(
                upload.getvalue(), upload.name, keep_position=bool(st.session_state.get(keep))
            )
        except DataError as error:
            refusals.note("document")
            draft.refused.append(without_folders(error))
            continue
        if len(draft.files) >= FILES_AT_ONCE:
            sentence = _("At most {n} documents belong to one record; join some into one PDF.")
            draft.refused.append(sentence.format(n=FILES_AT_ONCE))
            break
        draft.notes += [f"{file.name}: {note}" for note in notes]
        draft.files[hashlib.sha256(content).hexdigest()] = (file, content)
    draft.turn += 1
