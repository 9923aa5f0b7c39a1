"""Data as plain words and links on a screen: no other markup, no order to turn the line around.

Not here: fixed texts, which come from the catalogue.
"""

import logging
import re
from datetime import date

import pandas as pd
import streamlit as st
from pandas.api.typing import NaTType, NAType

from geodata.core.clock import today
from geodata.core.errors import ModelError, StoreError
from geodata.core.text import _
from geodata.reading import records
from geodata.reading.labels import grade_text
from geodata.reading.records import date_text

__all__ = ["Cell", "date_text", "grade_text", "links", "plain", "spoken", "today", "when"]

WHO = "whose_session"
"""Whose answers stand on the screens of this session; nothing there before signing in."""

# What a cell of a table may hold.
Cell = str | float | date | NAType | NaTType | None

# Without these no markup, link, picture or icon is left in a line.
_SIGNS = re.compile(r"[\[\]*_`~$<>&\\#|@^!]|:(?=\w)")
_MARKUP = re.compile(r"[^\w\s,]|_")
# What Streamlit changes even where it is spelled out: arrows, ":names:", bare web addresses.
_CHANGED = re.compile(
    r"(?<=[-<>=~])(?=[-<>=~])|(?<=:)(?=[a-z])|(?<=www)(?=\.)|(?<=http)(?=s?:)|(?=@)", re.IGNORECASE
)
_JOINER = "\u2060"  # no width, no break
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


# Folders of an absolute path, before the name that ends it; in quotes they may hold spaces.
_FOLDERS = re.compile(
    r"(?<=“)(?:[A-Za-z]:)?[/\\][^“”]*[/\\](?=[^“”/\\]+”)"
    r"|(?<![\w.:/\\])(?:[A-Za-z]:)?[/\\](?:[^\s“”\"'(),;:/\\]+[/\\])+(?=[^\s“”\"'(),;:/\\])"
)


def without_folders(error: ModelError) -> str:
    """Return an error's sentence with the names of files alone: where they lie is nobody's concern.

    Of the store strangers are not even told its name. Whoever runs the server reads the whole of
    it in the log, at the command line, or on a screen of the machine itself.
    """
    if isinstance(error, StoreError) and st.context.ip_address and WHO not in st.session_state:
        logging.getLogger(__name__).warning("Told a reader in general: %s", error)
        return _("The data cannot be read just now; try again in a few minutes.")
    return _FOLDERS.sub("", str(error))


def plain(text: Cell | ModelError) -> str:
    """Return data or an error as text for ``st.markdown``: signs that could be markup spelled out.

    Marks that turn the direction of writing are shut in between isolates, so that a name
    cannot turn the rest of the line.
    """
    if not isinstance(text, ModelError) and pd.isna(text):
        return ""
    words = without_folders(text) if isinstance(text, ModelError) else str(text)
    one_line = " ".join(words.split())
    kept = _CHANGED.sub(_JOINER, _BIDI.sub("", one_line))
    spelled = _MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", kept)
    return f"\u2068{spelled}\u2069"


def spoken(text: str) -> str:
    """Return data as the name of a field that a screen reader speaks, beside ``plain`` for the eye.

    A field's name is read out as it is written, so signs of markup are left out of it rather
    than spelled: "&#40;" would be heard.
    """
    return " ".join(_SIGNS.sub(" ", _BIDI.sub("", text)).split())


def when(record: pd.Series) -> str:
    """Return when what a record tells of took place, as people write it."""
    text = records.when(record)
    return text if pd.isna(record["date_text"]) else plain(text)


def links(addresses: Cell) -> str:
    """Return web addresses as links; anything else in the cell stays out."""
    safe = [
        word.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
        for word in records.addresses(addresses)
    ]
    label = _("source")
    return " ".join(f"[{label} {n}](<{word}>)" for n, word in enumerate(safe, 1))
