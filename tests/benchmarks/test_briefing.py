"""A briefing of many sites as files, and the sheets of a day: time and size, in one run."""

import time
from datetime import date

import pytest
import typst

from geodata.geography import units
from geodata.outputs import figure
from geodata.outputs.briefing.files import KINDS
from geodata.outputs.field import pdf as field_pdf
from geodata.outputs.field.day import DayMaterial, UnitNames, prepare
from geodata.reading.briefing import brief
from geodata.reading.view import View
from geodata.rules import plan
from geodata.simulation import simulate

pytestmark = pytest.mark.benchmark

EMPTY = b'#set document(title: "-")\n-'  # a page for Typst with all that a tagged file needs


def made(count):
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    sites, evidence = simulate.simulate(blocks, legacy, plan.shipped(), count, 1)
    return brief(
        sites,
        evidence,
        plan.of_year(plan.shipped(), 2024),
        View(as_of=date(2024, 12, 31), workspace="simulated"),
        units=units.dissolve(blocks, units.Vintage.LEGACY),
        districts=sorted(legacy["district_legacy"].unique()),
        data_version="benchmark",
    )


@pytest.fixture(scope="module")
def many():
    return made(3000)


def test_files_of_3000_sites_beside_those_of_300(many, report):
    KINDS["pdf"](made(50))  # warm-up
    few = made(300)
    for kind, render in KINDS.items():
        took = []
        for briefing in (few, many):
            started = time.perf_counter()
            content = render(briefing)
            took.append(time.perf_counter() - started)
        report(
            f"{kind:>13} of 3,000 sites: {took[1]:5.2f} s, {len(content) / 1024:6.0f} KB; "
            f"ratio to 300 sites {took[1] / took[0]:4.1f}"
        )


def cost(work):
    """What some work returns, and the time of processors it took."""
    started = time.process_time()
    made = work()
    return made, time.process_time() - started


def test_a_pdf_of_3000_sites_beside_the_two_things_it_cannot_do_without(many, report):
    KINDS["pdf"](made(50))  # warm-up
    content, whole = cost(lambda: KINDS["pdf"](many))
    _drawn, drawing = cost(
        lambda: figure.svg(figure.map_figure(many, 178, 235, alone=False, text_pt=9.5))
    )
    _empty, setting = cost(
        lambda: typst.compile(EMPTY, ignore_system_fonts=True, pdf_standards=["ua-1"])
    )
    report(
        f"PDF of 3,000 sites: {whole:5.2f} s of processors, {len(content) / 1024:4.0f} KB; "
        f"ratio to its map alone {whole / drawing:4.1f}, to an empty page {whole / setting:5.1f}"
    )
    assert len(content) <= 1_000_000


def test_field_sheets_of_60_stops_beside_those_of_10(report):
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    names = UnitNames.of({v.value: units.dissolve(blocks, v) for v in units.Vintage}, legacy)
    sites, evidence = simulate.simulate(blocks, legacy, plan.shipped(), 300, 1)
    rules, day = plan.of_year(plan.shipped(), 2024), date(2024, 12, 31)
    known = DayMaterial(sites, evidence, rules, day, names, "benchmark", simulated=True)
    few, many = (prepare(list(sites.index[:n]), known, address="https://a.vn/") for n in (10, 60))
    field_pdf.render(few)  # warm-up
    (_made, short), (content, long) = (cost(lambda d=d: field_pdf.render(d)) for d in (few, many))
    report(
        f"field sheets of 60 stops: {long:5.2f} s of processors, {len(content) / 1024:5.0f} KB; "
        f"ratio to 10 stops {long / short:4.1f}"
    )
