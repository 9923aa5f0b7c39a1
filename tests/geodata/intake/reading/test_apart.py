"""Reading in a process of its own: the same tables, and a hostile file costs a sentence."""

import io
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from geodata.core.errors import DataError
from geodata.intake import matrix
from geodata.intake.reading import apart, files

MESSY = Path(__file__).parents[1] / "messy"


def bomb(letters=30_000, rows=90_000):
    """A workbook of some kilobytes with one long text in very many cells."""
    cells = '<row><c t="s"><v>0</v></c></row>' * rows
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "_rels/.rels": f"<Relationships><Relationship Id='r1' Type='{link}/officeDocument' "
        "Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{link}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships><Relationship Id='r1' "
        f"Type='{link}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/sharedStrings.xml": f"<sst {main}><si><t>{'A' * letters}</t></si></sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize("name", ["office_form.xlsx", "layers.gpkg"])
def test_a_file_read_apart_is_the_file_read_here(name):
    here, there = files.read(MESSY / name, name), apart.read(MESSY / name, name)
    for one, other in zip(here, there, strict=True):
        assert_frame_equal(one.cells, other.cells, check_index_type=False)
        types = one.types.reindex(one.cells.index, columns=one.cells.columns, fill_value="u")
        assert types.astype(str).to_numpy().tolist() == other.types.to_numpy().tolist()
        for field in ("name", "kind", "notes", "ignored", "left_out"):
            assert getattr(one, field) == getattr(other, field)
        assert (dict(one.places), dict(one.headers)) == (other.places, other.headers)


def test_what_is_refused_there_is_refused_here_in_the_same_sentence():
    with pytest.raises(DataError) as here:
        files.read(b"%PDF-1.7", "a.pdf")
    with pytest.raises(DataError) as there:
        apart.read(b"%PDF-1.7", "a.pdf")
    assert str(here.value) == str(there.value)


def test_a_text_in_very_many_cells_costs_a_sentence_and_no_memory():
    code = "import sys, resource; from geodata.intake.reading import apart\n"
    code += "try: apart.read(sys.stdin.buffer.read(), 'bom.xlsx')\n"
    code += "except Exception as error: print(type(error).__name__, error)\n"
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    run = subprocess.run(
        [sys.executable, "-c", code], input=bomb(), capture_output=True, check=True
    )
    refused, kilobytes = run.stdout.decode().splitlines()
    assert refused.startswith("DataError")
    assert "nhiều bộ nhớ hoặc thời gian" in refused
    assert int(kilobytes) < 500_000


def test_a_process_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.0)
    with pytest.raises(DataError, match="nhiều bộ nhớ hoặc thời gian"):
        apart.read(b"x", "x.csv")


def test_who_stops_listening_ends_the_process(monkeypatch):
    process = apart._started()
    monkeypatch.setattr(apart, "_waiting", [process])

    def stop(_share, _step):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apart.read(MESSY / "homonyms.csv", "x", stop)
    assert process.poll() is not None


def test_nothing_is_left_running_by_a_process_that_ends():
    code = "from geodata.intake.reading import apart; apart.ready(); print(apart._waiting[0].pid)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    pid = int(run.stdout)
    until = time.monotonic() + 10
    while Path(f"/proc/{pid}/exe").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}/exe").exists()


@pytest.mark.parametrize("content", [b"km,S1,S2\nA,1,\nB,-,2.5\n", b"km,S1\nA,x\n"])
def test_distances_are_read_there_as_here(content):
    try:
        here = matrix.read(content, "a.csv")
    except DataError as error:
        with pytest.raises(DataError, match=re.escape(str(error))):
            apart.distances(content, "a.csv")
        return
    assert_frame_equal(here, apart.distances(content, "a.csv"))


def test_distances_in_a_hostile_workbook_cost_a_sentence():
    with pytest.raises(DataError, match="nhiều bộ nhớ hoặc thời gian"):
        apart.distances(bomb(), "bom.xlsx")


def test_a_process_that_fails_for_no_known_reason_blames_the_file_not_its_size():
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"])
    assert "hỏng" in str(apart._ended(process, "a.xls"))


def test_nothing_that_native_code_prints_is_seen(capfd):
    whole = Path(__file__).parent.joinpath("books", "kinds.xls").read_bytes()
    at = len(whole) // 60 * 25  # where calamine panics, which Rust prints
    broken = whole[:at] + bytes(byte ^ 0x55 for byte in whole[at : at + 8]) + whole[at + 8 :]
    for reading, is_seen in ((files, True), (apart, False)):
        with pytest.raises(DataError):
            reading.read(broken, "kinds.xls")
        assert any(capfd.readouterr()) is is_seen
