"""What the software needs around it: Leaflet, typefaces, lines to draw, disk, port, spool.

Not here: the store and its data.
"""

import errno
import os
import shutil
import socket
from pathlib import Path

from geodata import leaflet
from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.doctor.symptom import LISTED, Level, Symptom, judged
from geodata.intake import laid, lines
from geodata.outputs import fonts
from geodata.store import Store

_LEAST_FREE_MB = 100
_MB = 1_000_000


def map_library() -> Symptom:
    """Return whether Leaflet, which draws the map, is there."""
    try:
        leaflet.located()
    except leaflet.MissingLeafletError as error:
        return Symptom("leaflet", "fault", str(error))
    return Symptom("leaflet", "ok", _("Leaflet, which draws the map, is installed."))


def typefaces() -> list[Symptom]:
    """Return which font of files and maps is missing."""
    try:
        fonts.folder()
    except fonts.MissingFontError as error:
        return [Symptom("fonts", "fault", str(error))]
    return []


def context(path: Path | None) -> list[Symptom]:
    """Return whether the file of waters and roads can be drawn, if one is named."""
    if path is None:
        return []
    try:
        frame, left_out = lines.read(path)
    except DataError as error:
        return [Symptom("context", "fault", str(error))]
    words = _("{n} waters and roads of {path} are drawn beneath the sites.")
    symptoms = [Symptom("context", "ok", words.format(n=number(len(frame)), path=path))]
    if left_out:
        listed = ", ".join(sorted(f"“{word}” ({n})" for word, n in left_out.items())[:LISTED])
        more = _("Not drawn, of another class: {listed}.")
        symptoms.append(Symptom("context", "note", more.format(listed=listed)))
    return symptoms


def disk(store: Store) -> list[Symptom]:
    """Return how much room the store's disk has, if the store is a file."""
    if not store.path:
        return []
    folder = next(parent for parent in store.path.absolute().parents if parent.is_dir())
    free = shutil.disk_usage(folder).free // _MB
    sentence = _("{free} MB are free on the disk of the store.")
    level: Level = "ok"
    if free < _LEAST_FREE_MB:
        sentence = _("Only {free} MB are free on the disk of the store; free some space.")
        level = "fault"
    return [Symptom("disk", level, sentence.format(free=number(free)))]


def port(port_number: int) -> Symptom:
    """Check that the app can listen at a port, as it will: on all addresses of both kinds."""
    words = _("Port {port} is free.")
    level: Level = "ok"
    for family, everywhere in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):  # noqa: S104
        try:
            with socket.socket(family) as asked:
                asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                asked.bind((everywhere, port_number))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                continue  # a machine without IPv6
            words = _("Port {port} is in use; end the other program or choose another with PORT=.")
            level = "fault"
    return Symptom("port", level, words.format(port=port_number))


def spool(folder: Path | None) -> list[Symptom]:
    """Check that reports of the public can be laid down where the settings say, if they do."""
    if folder is None:
        return []
    words = {"path": folder, "n": number(len(laid.names(folder)))}
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        sentence = _(
            "Reports from the public cannot be laid down in {path}; make that folder as "
            "docs/operations.md says."
        )
        return [Symptom("spool", "fault", sentence.format(**words))]
    aside = laid.lying_aside(folder)
    return [
        Symptom("spool", "ok", _("{n} reports wait in {path} for a steward.").format(**words)),
        *(
            [judged("aside", "note", aside, "", _("{n} files of the spool lie aside: {listed}."))]
            if aside
            else []
        ),
    ]
