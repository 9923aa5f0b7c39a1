"""Every file tells of its making, can be broken off, and says so where there is nothing to show."""

import dataclasses
import io
import unicodedata
from datetime import date
from functools import cache

import docx
import openpyxl
import pptx
import pytest

from geodata.core.text import _
from geodata.geography import units
from geodata.outputs.briefing import report
from geodata.outputs.briefing.files import KINDS, ending, name, write
from geodata.reading.briefing import brief
from geodata.reading.view import View
from geodata.rules import plan
from geodata.simulation import simulate
from tests.geodata.outputs import printed


@pytest.fixture(scope="module")
def make():
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    sites, records = simulate.simulate(blocks, legacy, plan.shipped(), 20, 5)[:2]

    @cache
    def briefing(*, evidence=True, **choices):
        return brief(
            sites,
            records if evidence else records.iloc[:0],
            plan.of_year(plan.shipped(), 2024),
            View(as_of=date(2024, 12, 31), workspace="simulated", **choices),
            units=units.dissolve(blocks, units.Vintage.LEGACY),
            districts=sorted(legacy["district_legacy"].unique()),
            data_version="1-test",
        )

    return briefing


def pdf_text(content):
    return printed.text(content, "-raw")


def pptx_text(content):
    shapes = [s for slide in pptx.Presentation(io.BytesIO(content)).slides for s in slide.shapes]
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def docx_text(content):
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def xlsx_text(content):
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return "\n".join(str(c.value) for sheet in sheets for row in sheet.iter_rows() for c in row)


READ = {"pdf": pdf_text, "pptx": pptx_text, "docx": docx_text, "xlsx": xlsx_text}


def text_of(briefing, kind):
    return normal(READ[ending(kind)](KINDS[kind](briefing)))


def normal(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_written_whole_and_every_step_told_and_the_bar_only_grows(make, tmp_path, kind):
    heard, path = [], tmp_path / f"briefing.{ending(kind)}"
    write(make(), path, kind, listener=lambda *said: heard.append(said))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    shares = [share for share, _step in heard]
    assert len(heard) > 3
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[-1] <= 1
    assert all(step for _share, step in heard)


def test_a_name_says_workspace_unit_axis_day_and_day_of_knowledge_if_it_is_not_today(make):
    plain = make()
    as_of = plain.view.as_of
    stem = "hau-giang-mo-phong" if plain.simulated else "hau-giang"
    assert name(plain, "pdf-poster") == f"{stem}-tuyen-truyen-{as_of}.pdf"
    earlier = dataclasses.replace(plain, known_at=date(2025, 1, 31))
    assert name(earlier, "xlsx") == f"{stem}-tuyen-truyen-{as_of}-theo-ho-so-2025-01-31.xlsx"
    view = dataclasses.replace(plain.view, unit=plain.units.index[0], axis="compliance")
    units = plain.units.assign(name="Thị xã Ngã Bảy")
    of_one = dataclasses.replace(plain, view=view, units=units)
    assert name(of_one, "docx") == f"{stem}-thi-xa-nga-bay-dap-ung-{as_of}.docx"


@pytest.mark.parametrize("last", [False, True])
def test_a_file_broken_off_leaves_nothing_behind(make, tmp_path, last):
    def listener(share, _step):
        if (share == 1) is last:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(make(), tmp_path / "briefing.xlsx", listener=listener)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["pdf", "pdf-poster", "pptx", "docx", "xlsx"])
def test_a_view_that_holds_no_site_is_told_in_the_file(make, kind):
    empty = make(kinds=("industrial_park",), unit="932", statuses=("planned",))
    assert empty.listed.empty
    assert _("No site in this view.") in text_of(empty, kind)


def test_the_map_of_a_view_without_positions_says_why_it_is_empty(make):
    briefing = make()
    nowhere = briefing.listed.assign(lat=float("nan"), lon=float("nan"))
    lost = dataclasses.replace(briefing, listed=nowhere)
    assert _("No site of this view has a position.") in text_of(lost, "pdf")


def test_a_plan_without_evidence_counts_nothing_as_reached_and_says_what_is_missing(make, picture):
    bare = make(evidence=False)
    assert not any(result.count and result.count.yes for result in bare.results)
    written = report.render(bare, picture)
    for text in (text_of(bare, "pdf"), normal(docx_text(written))):
        for line in bare.board:
            assert squeezed(line.counted) in squeezed(text)
            assert line.verdict is None or squeezed(line.verdict_text) in squeezed(text)


def squeezed(text):
    return "".join(text.split())
