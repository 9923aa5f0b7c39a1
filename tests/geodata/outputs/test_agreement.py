"""Screen, PDF, slides, report and workbook tell the same figures, to the digit."""

import io
import unicodedata
from datetime import date

import docx
import openpyxl
import pptx
import pypdf
import pytest

from geodata import intensity, plan, simulate, units
from geodata.briefing import brief
from geodata.errors import ModelError
from geodata.findings import hidden_text, sector_label
from geodata.outputs.files import KINDS, ending, write
from geodata.text import _
from geodata.view import View

DAY = date(2024, 12, 31)


@pytest.fixture(scope="module")
def briefing():
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    sites, evidence = simulate.simulate(blocks, legacy, plan.shipped(), 200, 5)
    measured = plan.with_baseline(plan.of_year(plan.shipped(), 2024), 2019)
    return brief(
        sites,
        evidence,
        measured,
        View(as_of=DAY, workspace="simulated"),
        units=units.dissolve(blocks, units.Vintage.LEGACY),
        districts=sorted(legacy["district_legacy"].unique()),
        data_version="1-test",
        compared_to=date(2024, 6, 30),
        sectors=lambda of: intensity.public(intensity.of_plan(simulate.declare(), of)),
    )


@pytest.fixture(scope="module")
def files(briefing):
    return {kind: KINDS[kind](briefing) for kind in ("pdf", "pptx", "docx", "xlsx")}


def pdf_text(content):
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def pptx_text(content):
    shapes = [s for slide in pptx.Presentation(io.BytesIO(content)).slides for s in slide.shapes]
    frames = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    rows = [row for shape in shapes if shape.has_table for row in shape.table.rows]
    return "\n".join(frames + [cell.text for row in rows for cell in row.cells])


def docx_text(content):
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


READ = {"pdf": pdf_text, "pptx": pptx_text, "docx": docx_text}


def squeezed(text):
    return "".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("kind", READ)
def test_every_count_of_the_board_is_in_the_file(briefing, files, kind):
    text = squeezed(READ[kind](files[kind]))
    for line in briefing.board:
        assert squeezed(line.counted) in text
        assert squeezed(line.verdict_text) in text or line.verdict is None


@pytest.mark.parametrize("kind", READ)
def test_every_finding_is_in_the_file(briefing, files, kind):
    text = squeezed(READ[kind](files[kind]))
    for sentence in briefing.findings:
        assert squeezed(sentence) in text


def test_the_workbook_holds_the_same_whole_numbers(briefing, files):
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]), data_only=True)
    values = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    for result in briefing.results:
        if result.count and result.count.total:
            assert {result.count.yes, result.count.total} <= values


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_written_whole_under_its_own_name(briefing, tmp_path, kind):
    path = tmp_path / f"briefing.{ending(kind)}"
    write(briefing, path, kind)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_path_that_cannot_be_written_leaves_nothing(briefing, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError):
        write(briefing, tmp_path / "file" / "briefing.xlsx")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_an_unknown_ending_is_refused_in_a_sentence(briefing, tmp_path):
    with pytest.raises(ModelError, match=r"\.pdf"):
        write(briefing, tmp_path / "briefing.odt")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", READ)
def test_every_sector_is_in_the_file_and_what_few_plants_use_is_not(files, kind):
    text = squeezed(READ[kind](files[kind]))
    # Seafood: (900+1.700+2.500)/6.000 = 850 → (830+1.600+2.360)·1000/6.000 = 798,3; 6,1 %.
    for said in (
        "chế biến thủy sản",
        "850,0",
        "798,3",
        "6,1%",
        sector_label("exceeded"),
        hidden_text(),
    ):
        assert squeezed(said) in text
    assert squeezed("706,7") not in text  # paper, of two plants: 2.120.000 kWh by 3.000 t


def test_the_workbook_computes_the_reduction_and_hides_the_same(files):
    of_text, of_values = (
        openpyxl.load_workbook(io.BytesIO(files["xlsx"]), data_only=values)[_("Intensity")]
        for values in (False, True)
    )
    rows = {row[0].value: row for row in of_values.iter_rows()}
    seafood = rows["chế biến thủy sản"]
    assert [cell.value for cell in seafood[2:6]] == pytest.approx([850, 798.3333, 31 / 510, 3])
    at = seafood[2].row
    assert of_text[f"E{at}"].value == f"=1-D{at}/C{at}"
    assert [cell.value for cell in rows["giấy"][2:6]] == ["–"] * 4
