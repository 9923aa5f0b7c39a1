"""The .dbf of a Shapefile: names of ten bytes that end inside a letter, texts in many codepages.

Not here: reading the layer (``layer``), or the words (``vocabulary``).
"""

import codecs
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from geodata.core.text import _, number
from geodata.intake.reading import legacy
from geodata.register import vocabulary

LONGEST = 10  # bytes of a name
_HEAD, _FIELD, _NAME, _END = 32, 32, 11, 0x0D  # sizes in the head of a .dbf, and what ends it
_SEPARATOR = b"\x1f"
_FEWEST = 4  # letters that a beginning needs to mean anything
_CODEPAGES = {"65001": "utf-8", "88591": "iso-8859-1"}  # names that Python does not know
_LETTER = 4  # bytes of the longest letter in UTF-8


class Field(NamedTuple):
    """A field as its file names it: the bytes, and whether they may be cut off."""

    raw: bytes

    @property
    def is_cut(self) -> bool:
        """Whether the name fills its place, so that more may have stood there."""
        return len(self.raw) >= LONGEST


def plain_names(table: bytes) -> tuple[bytes, list[Field]]:
    """Return a .dbf whose fields have names that every program reads, and their own names.

    Parameters
    ----------
    table
        The file. One too short for its head comes back as it is.
    """
    head = min(int.from_bytes(table[8:10], "little"), len(table))
    renamed = bytearray(table)
    fields = []
    for at in range(_HEAD, head - _FIELD + 1, _FIELD):
        if table[at] == _END:
            break
        fields.append(Field(table[at : at + _NAME].split(b"\0")[0].rstrip()))
        renamed[at : at + _NAME] = b"F%d" % len(fields) + bytes(_NAME - 1 - len(str(len(fields))))
    return bytes(renamed), fields


def whole(
    fields: Mapping[str, Sequence[str]], cut: Sequence[bool]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the headers that cut names stand for, where only one is meant, and a note on each.

    Parameters
    ----------
    fields
        Values by the name of the field.
    cut
        For each field whether its name may be cut off.
    """
    meant: dict[str, str] = {}
    for (name, values), may_be_cut in zip(fields.items(), cut, strict=True):
        if may_be_cut and not _is_known(name) and (header := _header(name, values)):
            meant[name] = header
    unique = {n: h for n, h in meant.items() if list(meant.values()).count(h) == 1}
    note = _(
        "The field name “{name}” is cut off at ten bytes by the Shapefile; read as “{header}”."
    )
    return unique, tuple(note.format(name=name, header=header) for name, header in unique.items())


def _is_known(name: str) -> bool:
    return any(vocabulary.meaning_of(kind, name) for kind in vocabulary.HEADERS)


def _header(name: str, values: Sequence[str]) -> str:
    """Return the official header that begins so, empty if there is none or several are meant."""
    if len(name) < _FEWEST:
        return ""
    for kind, headers in vocabulary.HEADERS.items():
        columns = set(vocabulary.columns_beginning(kind, name).values())
        if not columns:
            continue
        fitting = columns if len(columns) == 1 else {c for c in columns if _fits(c, values)}
        return headers[fitting.pop()] if len(fitting) == 1 else ""
    return ""


def _fits(column: str, values: Sequence[str]) -> bool:
    """Say whether all values of a field are known ones of a column."""
    filled = {value for value in values if value}
    known = column in vocabulary.VALUES and filled
    return bool(known) and all(vocabulary.value_of(column, value) for value in filled)


def letters(
    columns: Sequence[Sequence[str]], name: str, codepage: str
) -> tuple[list[list[str]], tuple[str, ...]]:
    """Return texts read as Latin-1 in the letters they were written in, and notes.

    Parameters
    ----------
    columns
        The names of the fields, then the values of each.
    name
        Of the layer, for the sentences.
    codepage
        As the .cpg says, empty without one; it is believed if the texts agree.

    Raises
    ------
    DataError
        If no known set makes Vietnamese words of them.
    """
    raw = [[text.encode("latin-1", "replace") for text in column] for column in columns]
    codec = _codec(codepage)
    plain = _decoded(raw, "utf-8") or _decoded(raw, codec)
    if plain is not None:
        return plain, ()
    pieces = [[_uncut(piece) for piece in column] for column in raw]
    if not all(map(all, pieces)) or not (codec == "utf-8" or _has_letters(raw)):
        return _guessed(raw, name)
    whole = [[piece for piece in column if piece] for column in pieces]
    cut = sum(is_cut for column in whole[1:] for _text, is_cut in column)
    note = _("{n} texts are cut off inside a letter by the Shapefile; the rest is not in the file.")
    notes = (note.format(n=number(cut)),) if cut else ()
    return [[text for text, _is_cut in column] for column in whole], notes


def _has_letters(raw: list[list[bytes]]) -> bool:
    """Say whether any whole text has a letter that only UTF-8 writes so."""
    return any(
        not piece.isascii() and (decoded := _uncut(piece)) and not decoded[1]
        for column in raw
        for piece in column
    )


def _codec(codepage: str) -> str:
    """Return the name by which Python knows a codepage, empty if it does not."""
    plain = codepage.lower().removeprefix("ansi").strip(" -_")
    plain = _CODEPAGES.get(plain.replace(" ", "").removeprefix("iso").strip("-"), plain)
    for spelled in (plain, f"cp{plain}"):
        try:
            return codecs.lookup(spelled).name
        except (LookupError, ValueError):
            continue
    return ""


def _decoded(raw: list[list[bytes]], codec: str) -> list[list[str]] | None:
    """Return texts in a codepage, None if they are not in it."""
    try:
        return [[piece.decode(codec) for piece in column] for column in raw]
    except (UnicodeDecodeError, LookupError):
        return None


def _uncut(piece: bytes) -> tuple[str, bool] | None:
    """Return a text in UTF-8 and whether its last letter is cut off, None if it is not UTF-8."""
    try:
        return piece.decode("utf-8"), False
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data" or error.start < len(piece) - _LETTER:
            return None
        return piece[: error.start].decode("utf-8"), True


def _guessed(raw: list[list[bytes]], name: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """Return texts in the letters that make Vietnamese words of them."""
    text, encoding = legacy.decoded(_SEPARATOR.join(p for column in raw for p in column), name)
    parts = iter(text.split(_SEPARATOR.decode()))
    return [[next(parts) for _piece in column] for column in raw], (legacy.note(encoding),)
