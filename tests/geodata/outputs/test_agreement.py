"""Screen, PDF, slides, report and workbook tell the same figures, to the digit."""

import io
import re
import unicodedata
from datetime import date
from functools import cache

import docx
import openpyxl
import pptx
import pytest

from geodata.core.errors import ModelError
from geodata.core.text import _, number
from geodata.geography import units
from geodata.outputs.briefing import pdf, report, workbook
from geodata.outputs.briefing.files import write
from geodata.outputs.briefing.slides import talk
from geodata.outputs.briefing.table import TOP
from geodata.outputs.briefing.wording import words
from geodata.reading.briefing import brief
from geodata.reading.findings import counted, hidden_text
from geodata.reading.labels import sector_label
from geodata.reading.view import View
from geodata.rules import intensity, plan
from geodata.simulation import simulate
from tests.geodata.outputs import printed

DAY = date(2024, 12, 31)
HEADS = TOP + 1  # the row of the heads of a sheet, as people count rows


HIDDEN = "Cơ sở kín số"  # begins the name of every site that is not public


@pytest.fixture(scope="module")
def made():
    """The briefing of the office and of the public, of one register with private sites."""
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    sites, evidence = simulate.simulate(blocks, legacy, plan.shipped(), 200, 5)
    private = sites.index[::9]
    sites["public"] = "yes"
    sites.loc[private, "public"] = "no"
    sites.loc[private, "name_vi"] = [f"{HIDDEN} {n}" for n in range(len(private))]
    measured = plan.with_baseline(plan.of_year(plan.shipped(), 2024), 2019)

    def briefed(shown):
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
            shown=shown,
        )

    return {"office": briefed(None), "public": briefed(sites.drop(index=private))}


@pytest.fixture(scope="module", params=["office", "public"])
def briefing(request, made):
    return made[request.param]


@pytest.fixture(scope="module")
def rendered(made, picture):
    """The files of both briefings, each made once; of their maps nothing is read."""
    makers = {
        "pdf": pdf.render,
        "pptx": lambda briefing: talk.render(briefing, picture),
        "docx": lambda briefing: report.render(briefing, picture),
        "xlsx": workbook.render,
    }
    return cache(lambda who, kind: makers[kind](made[who]))


@pytest.fixture(scope="module")
def files(briefing, made, rendered):
    (who,) = (who for who, one in made.items() if one is briefing)
    return {kind: rendered(who, kind) for kind in ("pdf", "pptx", "docx", "xlsx")}


def pdf_text(content):
    return printed.text(content, "-raw")


@cache
def pptx_text(content):
    shapes = [s for slide in pptx.Presentation(io.BytesIO(content)).slides for s in slide.shapes]
    frames = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    rows = [row for shape in shapes if shape.has_table for row in shape.table.rows]
    return "\n".join(frames + [cell.text for row in rows for cell in row.cells])


@cache
def docx_text(content):
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    heads = [p.text for p in document.sections[0].header.paragraphs]
    return "\n".join([*heads, *(p.text for p in document.paragraphs), *cells])


READ = {"pdf": pdf_text, "pptx": pptx_text, "docx": docx_text}


@cache
def squeezed(text):
    return "".join(unicodedata.normalize("NFC", text).split())


@cache
def tables(kind, content):
    """The tables of slides or of a report, as rows of cells."""
    if kind == "pptx":
        shapes = [
            s for slide in pptx.Presentation(io.BytesIO(content)).slides for s in slide.shapes
        ]
        found = [shape.table for shape in shapes if shape.has_table]
    else:
        found = docx.Document(io.BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


@cache
def opened(content):
    """A workbook with the values that were written."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def sheet_rows(content, sheet):
    """The rows of a sheet of the workbook by their heads."""
    rows = opened(content)[sheet]
    heads = [cell.value for cell in rows[HEADS]]
    cells = rows.iter_rows(min_row=HEADS + 1, values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in cells]


def of_table(kind, content, head):
    """The rows below the table whose first heads are these, those of several slides together."""
    return [r for t in tables(kind, content) if t[0][: len(head)] == head for r in t[1:]]


OPEN = _("Not known whether in the denominator")
PAPER = ("pptx", "docx")
COMPARED = [_("Target"), "30/06/2024", "31/12/2024", "±"]


@pytest.mark.parametrize("kind", READ)
def test_every_count_of_the_board_is_in_the_file(briefing, files, kind):
    text = squeezed(READ[kind](files[kind]))
    for line in briefing.board:
        assert squeezed(line.counted) in text
        assert squeezed(line.verdict_text) in text or line.verdict is None


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_beside_each_count_stand_its_bounds_what_may_count_and_who_is_not_named(
    briefing, files, kind
):
    text = squeezed(READ[kind](files[kind]))
    for line, result in zip(briefing.board, briefing.results, strict=True):
        assert squeezed(line.counted + line.bounds) in text
        assert (f"thêm {result.count.open} cơ sở" in line.bounds) is bool(result.count.open)
        assert (f"trong đó {result.unnamed} cơ sở" in line.bounds) is bool(result.unnamed)


def test_the_slide_of_the_board_has_every_number(briefing, files):
    rows = of_table("pptx", files["pptx"], [_("Target"), _("Result")])
    for row, line, result in zip(rows, briefing.board, briefing.results, strict=True):
        count = result.count
        most = number(count.most) if count.unknown else "–"
        assert (row[1], row[2].split("/")[0]) == (line.counted, most)
        assert (row[3], row[6]) == (number(count.open) if count.open else "–", line.short or "–")


def test_the_workbook_has_every_number(briefing, files):
    rows = {row[_("Target")]: row for row in sheet_rows(files["xlsx"], _("Board"))}
    heads = ("Numerator", "Unknown", "At most, with all unknown", "Outside", "Short")
    for result in briefing.results:
        count, row = result.count, rows[result.target.id]
        short = "–" if result.short is None else result.short
        told = [row[_(head)] for head in heads]
        assert told == [count.yes, count.unknown, count.most, result.outside, short]
        assert row[_("Denominator")] == ("–" if count.total is None else count.total)
        if result.target.id in ("T3", "T6"):
            assert row[OPEN] == count.open


@pytest.mark.parametrize("kind", PAPER)
def test_then_now_and_the_difference_stand_side_by_side(briefing, files, kind):
    rows = of_table(kind, files[kind], [*COMPARED, _("Verdict")])
    assert [tuple(row) for row in rows] == [
        (r.name, r.then, r.now, r.change or "–", r.verdict) for r in briefing.compared
    ]


def test_the_talk_shows_the_same_difference(briefing, files):
    talk = next(t for t in tables("pptx", files["pptx"]) if t[0] == COMPARED)
    known = {(r.name, r.then, r.now, r.change or "–") for r in briefing.compared}
    assert len(talk) > 1
    assert {(row[0].partition(". ")[2], *row[1:]) for row in talk[1:]} <= known


def test_then_now_and_the_difference_stand_side_by_side_in_print_and_workbook(briefing, files):
    text = squeezed(pdf_text(files["pdf"]))
    rows = sheet_rows(files["xlsx"], _("Answer"))[: len(briefing.compared)]
    for compared, row in zip(briefing.compared, rows, strict=True):
        change = compared.change or "–"
        assert squeezed(f"{compared.then}{compared.now}{change}{compared.verdict}") in text
        assert (row["30/06/2024"], row["31/12/2024"]) == (compared.then, compared.now)
        assert f"{row['±']}".lstrip("-") == change.lstrip("+−")


@pytest.mark.parametrize("kind", PAPER)
def test_the_units_of_the_file_add_up_to_their_target(briefing, files, kind):
    rows = of_table(kind, files[kind], [_("Rank"), _("Unit")])
    count = briefing.result.count
    sums = [sum(int(row[k]) for row in rows) for k in (2, 3, 4, 5, 7)]
    assert sums == [count.total, count.yes, count.unknown, count.no, count.open]


def test_the_units_of_print_and_workbook_add_up_to_their_target(briefing, files):
    count = briefing.result.count
    total = sheet_rows(files["xlsx"], _("Units"))[-1]
    assert [total[h] for h in (_("Sites counted"), *words("outreach"), OPEN)] == [
        *(count.total, count.yes, count.unknown, count.no, count.open)
    ]
    share = counted(count, briefing.result).replace(" (", "").replace(")", "")
    line = f"{_('Together')}{share}{count.unknown}{count.no}{count.open}"
    assert squeezed(line) in squeezed(pdf_text(files["pdf"]))


@cache
def xlsx_text(content):
    rows = [row for sheet in opened(content) for row in sheet.iter_rows(values_only=True)]
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


ALL = READ | {"xlsx": xlsx_text}


@pytest.mark.parametrize("kind", ALL)
def test_private_sites_are_counted_in_all_files_and_named_in_the_offices_alone(
    made, rendered, kind
):
    public, office = (ALL[kind](rendered(who, kind)) for who in ("public", "office"))
    assert HIDDEN not in public
    assert "LƯU HÀNH NỘI BỘ" not in public
    assert "LƯU HÀNH NỘI BỘ" in office
    for line in made["office"].board:
        whole = line.counted if kind != "xlsx" else line.counted.split("/")[0]
        assert squeezed(whole) in squeezed(public)
    assert sum(result.unnamed for result in made["public"].results)
    assert squeezed("không nêu tên") in squeezed(public)


@pytest.mark.parametrize("kind", ALL)
def test_no_file_speaks_the_programs_language(rendered, kind):
    text = ALL[kind](rendered("office", kind))
    assert not re.search(r"(?<!kinh tuyến )\btrục\b", text, re.IGNORECASE)


def test_the_offices_workbook_names_them(rendered):
    assert HIDDEN in xlsx_text(rendered("office", "xlsx"))


@pytest.mark.parametrize("kind", READ)
def test_every_finding_is_in_the_file(briefing, files, kind):
    text = squeezed(READ[kind](files[kind]))
    for sentence in briefing.findings:
        assert squeezed(sentence) in text


def test_a_path_that_cannot_be_written_leaves_nothing(made, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError):
        write(made["public"], tmp_path / "file" / "briefing.xlsx")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_an_unknown_ending_is_refused_in_a_sentence(made, tmp_path):
    with pytest.raises(ModelError, match=r"\.pdf"):
        write(made["public"], tmp_path / "briefing.odt")
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
