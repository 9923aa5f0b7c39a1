"""Good files with something wrong in them: whatever it is, people get a sentence and no traceback.

Below the process that reads each in the app: a fork with bounds of its own reads many, for a reader
in another language may end its process. ``make faults`` bends each two hundred times.
"""

import io
import os
import resource
import signal
import traceback
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.core.errors import ModelError
from geodata.intake import attachments
from geodata.intake.reading import files
from tests.examples import ROUNDS
from tests.geodata.intake.test_attachments import pdf, photo, picture, word

HERE = Path(__file__).parent
TABLES = [
    "messy/bom_positions.csv",
    "messy/vni.csv",
    "messy/office_form.xlsx",
    "messy/models.geojson",
    "messy/layers.gpkg",
    "messy/placemarks.kmz",
    "messy/shapefile_vn2000.zip",
    "reading/books/kinds.ods",
    "reading/books/kinds.xls",
    "cases/25_xml2003.xml",
]
DOCUMENTS = {
    "scan.pdf": pdf,
    "report.docx": word,
    "photo.jpg": lambda: photo("JPEG"),
    "photo.png": lambda: picture("PNG"),
    "photo.heic": lambda: photo("HEIF"),
}
MEMORY = 1 << 30
ODD = st.sampled_from(
    [b"\0", b"\xff" * 4, b"\x7f\xff\xff\xff", b"<", b"&", b'"', b"-1", b"1e999", b"NaN", b"\xf0"]
)


@st.composite
def bent(draw, content):
    """A file with some bytes changed, left out, doubled or put in."""
    for _change in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        long = draw(st.integers(0, 64))
        how = draw(st.sampled_from(["cut", "left out", "doubled", "odd", "turned"]))
        put = {
            "cut": b"",
            "left out": content[at + long :],
            "doubled": content[at : at + long] * 2 + content[at + long :],
            "odd": draw(ODD) + content[at + long % 5 :],
            "turned": bytes(255 - byte for byte in content[at : at + 2]) + content[at + 2 :],
        }[how]
        content = content[:at] + put
    return content


@st.composite
def bent_inside(draw, content):
    """An archive that is whole, one file in it bent."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        chosen = draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            whole = old.read(name)
            new.writestr(name, draw(bent(whole)) if name == chosen else whole)
    return written.getvalue()


def _bent(content):
    if zipfile.is_zipfile(io.BytesIO(content)):
        return bent_inside(content) | bent(content)
    return bent(content)


def in_a_fork(work):
    """Do a piece of work in a process with bounds; fail the test with what it raises."""
    source, target = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
            work()
        except BaseException:  # noqa: BLE001 - whatever it is, the parent tells it
            os.write(target, traceback.format_exc()[-8000:].encode())
        finally:
            os._exit(0)
    os.close(target)
    with os.fdopen(source) as raised:
        trace = raised.read()
    status = os.waitpid(child, 0)[1]
    assert not trace, trace
    # A reader in another language ends so when it gets no more memory; in the app that is told.
    assert not os.WIFSIGNALED(status) or os.WTERMSIG(status) == signal.SIGABRT


def holds_for(content, work, last):
    """Give a file, bent in many ways, to a reader; the last one given is kept for who looks."""

    @settings(max_examples=ROUNDS, deadline=None)
    @given(bent=_bent(content))
    def holds(bent):
        last.write_bytes(bent)
        with suppress(ModelError, MemoryError):
            work(bent)

    in_a_fork(holds)


@pytest.mark.parametrize("name", TABLES)
def test_a_bent_table_is_read_or_gets_a_sentence(name, tmp_path):
    content, shown = (HERE / name).read_bytes(), Path(name).name
    holds_for(content, lambda bent: files.read(bent, shown), tmp_path / shown)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_bent_document_is_taken_or_gets_a_sentence(name, tmp_path):
    content = DOCUMENTS[name]()
    holds_for(content, lambda bent: attachments.taken(bent, name), tmp_path / name)
