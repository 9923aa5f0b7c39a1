"""The workbook read back: every figure a formula, its list behind it, its value the briefing's."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st
from openpyxl.utils.cell import get_column_letter, range_boundaries

from geodata.core.text import _, number, share
from geodata.geography import units
from geodata.outputs.briefing import answer
from geodata.outputs.briefing import workbook as xlsx
from geodata.outputs.briefing.layout import LONGEST, clean
from geodata.outputs.briefing.provenance import provenance
from geodata.outputs.briefing.sections import sections
from geodata.outputs.briefing.table import TOP
from geodata.outputs.briefing.wording import NOTHING, watermark
from geodata.outputs.sheets import in_margin
from geodata.people.letterhead import Letterhead
from geodata.reading import board as answers
from geodata.reading import briefing
from geodata.reading.imprint import Imprint
from geodata.reading.labels import kind_label, verdict_label
from geodata.reading.view import View
from geodata.register.sites import public
from geodata.rules import plan
from geodata.simulation import simulate
from tests.examples import examples
from tests.geodata.rules.test_targets import (
    DISTRICTS,
    D,
    check,
    document,
    held,
    milestone,
    none,
    site,
    sites,
    taught,
    typed,
)

HEADS = TOP + 1  # the row of the heads, as people count rows
OUTLINES = {vintage: units.dissolve(units.load_blocks(), vintage) for vintage in units.Vintage}
LISTED = ("T1", "T3", "T4", "T5", "T6", "T7")
OPEN_HEADS = [
    _("Not known whether in the denominator"),
    *map(_, ("Of these: yes", "Of these: unknown", "Of these: no")),
]


JUNE = D(2024, 6, 30)


def told(frames, compared_to=JUNE, year=2024, shown=None, **view):
    look = View(**({"as_of": D(2024, 12, 31)} | view))
    return briefing.brief(
        *frames,
        plan.of_year(plan.shipped(), year),
        look,
        units=OUTLINES[look.units_of],
        districts=DISTRICTS,
        data_version="1-x",
        compared_to=compared_to,
        shown=shown,
    )


@lru_cache(12)  # opening one takes as long as making it, and nobody changes it
def opened(content, *, values=False):
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def rows_of(sheet):
    """Return the rows below the heads as dicts by head."""
    heads = [cell.value for cell in sheet[HEADS]]
    cells = sheet.iter_rows(min_row=HEADS + 1, values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in cells]


def formulas(content):
    """Return every formula with where it stands and the value written beside it."""
    with_text, with_values = opened(content), opened(content, values=True)
    return {
        (sheet.title, cell.coordinate): (
            cell.value,
            with_values[sheet.title][cell.coordinate].value,
        )
        for sheet in with_text
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.fixture(scope="module")
def crowd():
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    places, records = simulate.simulate(blocks, legacy, plan.shipped(), 110, 1)
    places.loc[places["kind"] == "industrial_park", "enterprises"] = 20.0
    records.loc[records["kind"] == "held", "enterprises_present"] = "12"
    return places, records


RETAIL = "supermarket", "shopping_centre"
NARROWED = {"axis": "compliance", "kinds": ("craft_village", *RETAIL), "vintage": "2025"}


@pytest.fixture(scope="module")
def made(crowd):
    """Briefings with their workbooks, each made once."""
    briefings = {
        "simulated": lambda: told(crowd, workspace="simulated"),
        "some": lambda: told(
            crowd,
            kinds=("craft_village", "industrial_park", "supermarket"),
            statuses=("reached",),
        ),
        "office": lambda: told(crowd, **NARROWED),
        "odd": odd_briefing,
        "open": open_briefing,
        "empty": lambda: told(typed([], [])),
        "public": lambda: told(crowd, shown=public(crowd[0]), **NARROWED),
    }

    @cache
    def make(which):
        about = briefings[which]()
        return about, xlsx.render(about)

    return make


@pytest.fixture(scope="module")
def simulated(made):
    return made("simulated")[0]


@pytest.fixture(scope="module")
def content(made):
    return made("simulated")[1]


@pytest.fixture(scope="module")
def odd(made):
    return made("odd")[1]


def odd_briefing():
    """Return a briefing on the edges: a share just below 70 %, documents, models, teaching."""
    places = [*sites("craft_village", 203), site("P", "industrial_park", lifecycle="planned")]
    places += [site("M", "pilot_model"), *sites("supermarket", 8, "W")]
    places += [site("O0", lifecycle="unknown"), site("O1", founding="unknown")]
    places += [site("O2", "supermarket", lifecycle="unknown")]
    records = [
        *(held(f"S{i}") for i in range(142)),  # 142/203 = 69,951 %
        *(held("O0"), none("O1"), check("O2", grade="C")),
        *(milestone("M", "applied"), milestone("M", "replicated", D(2024, 6, 1))),
        document("C1", "central", D(2024, 2, 1), doc_no="10/QĐ-TTg"),
        document("C2", "central", D(2024, 2, 16)),
        document("P1", "provincial", D(2024, 3, 1), refers_to="C1;C2", doc_no="45/KH-UBND"),
        *(taught("THPT Vị Thanh"), taught("CĐ Ngã Bảy", grade="C")),
        *(check(f"W{i}") for i in range(7)),
    ]
    return told(typed(places, records))


OPEN_EDGES = {
    # kind: reached of 10, how many may count, whether those are reached; 70 %
    "craft_village": (7, 1, False, "undetermined"),  # 700 < 770, 700 ≥ 700
    "industrial_cluster": (6, 3, True, "not-met"),  # 900 < 910
    "industrial_park": (6, 4, True, "undetermined"),  # 1000 ≥ 980
}


def open_briefing():
    """Return a briefing whose kinds of sites lie on the edges that sites that may count draw."""
    places, records = [], []
    for kind, (reached, unsure, done, _verdict) in OPEN_EDGES.items():
        places += sites(kind, 10, kind) + sites(kind, unsure, f"O-{kind}", lifecycle="unknown")
        records += [held(f"{kind}{n}") for n in range(reached)]
        records += [none(f"{kind}{n}") for n in range(reached, 10)]
        records += [(held if done else none)(f"O-{kind}{n}") for n in range(unsure)]
    return told(typed(places, records))


# --- the board -----------------------------------------------------------------------------


def board_rows(content):
    sheet = opened(content, values=True)[_("Board")]
    return {row[_("Target")]: row for row in rows_of(sheet) if row[_("Target")]}


@pytest.mark.parametrize("which", ["simulated", "odd", "empty"])
def test_the_board_says_what_the_briefing_says_to_the_digit(which, made):
    about, content = made(which)
    board = board_rows(content)
    assert list(board) == [line.id for line in about.board]
    for line, result in zip(about.board, about.results, strict=True):
        row, count = board[line.id], result.count
        assert row[_("Verdict")] == line.verdict_text
        if count is None:
            assert {row[_("Numerator")], row[_("Denominator")], row[_("Short")]} == {NOTHING}
            continue
        said = number(row[_("Numerator")])
        if count.total is not None:
            said += f"/{number(row[_('Denominator')])}"
            if count.total:
                said += f" ({number(round(row[_('Share')] * 100 + 1e-9, 1), 1)}%)"
        assert said == line.counted
        assert (row[_("Unknown")], row[_("At most, with all unknown")]) == (
            count.unknown,
            count.most,
        )
        assert row[_("Outside")] == result.outside
        parts = [row[head] for head in OPEN_HEADS]
        if result.target.id in ("T3", "T6"):
            open_parts = [count.open_yes, count.open_unknown, count.open_no]
            assert parts == [count.open, *open_parts]
        else:
            assert parts == [NOTHING, None, None, None]
        assert (row[_("Short")] or 0) == (NOTHING if result.short is None else result.short)


def test_every_count_of_the_board_is_a_formula_over_a_list(content):
    sheet = opened(content)[_("Board")]
    for row in rows_of(sheet):
        target = row[_("Target")]
        if target in LISTED:
            for column in (_("Numerator"), _("Unknown"), _("Outside")):
                assert row[column].startswith(f"=COUNTIFS('{target}'!")
        if target in ("T3", "T5", "T6"):
            assert "/" in row[_("Share")]
            assert verdict_label("undetermined") in row[_("Verdict")]
            assert "70" not in row[_("Verdict")]  # whole numbers: 7 of 10, 1 of 1


def test_kinds_cumulative_count_and_further_figures_stand_below_their_target(simulated, content):
    sheet = opened(content, values=True)[_("Board")]
    rows = {str(row[_("Subject")]).strip(): row for row in rows_of(sheet)}
    results = {result.target.id: result for result in simulated.results}
    t3 = results["T3"]
    found = rows[_("Craft village")]
    village = next(part.count for part in t3.breakdown if part.code == "craft_village")
    assert (found[_("Numerator")], found[_("Denominator")]) == (village.yes, village.total)
    since = rows[_("Cumulative since {start}").format(start="01/01/2021")]
    assert (since[_("Numerator")], since[_("Unknown")]) == (
        t3.cumulative.yes,
        t3.cumulative.unknown,
    )
    assert not since[_("Verdict")]
    firms = rows[_("Enterprises present, of all at the sites with both numbers")]
    assert firms[_("Numerator")] == t3.figures["enterprises_present"] > 0
    assert firms[_("Denominator")] == t3.figures["enterprises"]
    stores = rows[_("Convenience stores on the register, outside the target")]
    assert stores[_("Numerator")] == results["T6"].figures["convenience_stores"]


def test_a_verdict_holds_whatever_becomes_of_what_may_count(made):
    sheet = opened(made("open")[1], values=True)[_("Board")]
    rows = {str(row[_("Subject")]).strip(): row for row in rows_of(sheet)}
    for kind, (*_numbers, verdict) in OPEN_EDGES.items():
        assert rows[kind_label(kind)][_("Verdict")] == verdict_label(verdict)


def test_a_share_just_below_its_threshold_is_not_shown_as_the_threshold(odd):
    row = board_rows(odd)["T3"]
    # 142/203 = 0,69951 would be shown as 70,0 %
    assert (row[_("Numerator")], row[_("Denominator")], row[_("Share")]) == (142, 203, 0.699)


def test_the_median_delay_stands_over_its_days(odd):
    rows = {str(r[_("Subject")]).strip(): r for r in rows_of(opened(odd)[_("Board")])}
    label = _("Median days from the central document to the provincial one")
    assert "MEDIAN('T1'!" in rows[label][_("Numerator")]
    days = [r[_("Days between")] for r in rows_of(opened(odd, values=True)["T1"])]
    assert days == [29, 14, None]


# --- the first sheet -----------------------------------------------------------------------


@pytest.mark.parametrize("which", ["simulated", "odd", "empty"])
def test_the_first_sheet_is_the_answer_over_the_board(which, made):
    about, content = made(which)
    first = opened(content, values=True).worksheets[0]
    assert (first.title, first["A2"].value) == (_("Answer"), answers.tally(about.results))
    board, lines = board_rows(content), about.board
    rows = rows_of(first)[: len(lines)]
    shown = "Numerator", "Denominator", "Share", "Threshold", "Short", "Verdict"
    for row in rows:
        of_board = board[row[_("Target")]]
        assert [row[_(head)] for head in shown] == [of_board[_(head)] for head in shown]
    written = [text for (sheet, _at), (text, _v) in formulas(content).items() if sheet == "Answer"]
    assert all("!" in text or "/" in text for text in written)
    texts = {cell for row in first.iter_rows(values_only=True) for cell in row}
    assert set(answer.sentences(about)) | set(provenance(about)) <= texts


@pytest.mark.parametrize("which", ["simulated", "odd"])
def test_its_chart_has_the_bars_of_the_screen_and_the_thresholds(which, made):
    about, content = made(which)
    rows = rows_of(opened(content, values=True)[_("Answer")])
    bars = [bar for part in answers.rows(about) for bar in part]
    bars = {row.line.id: row.bar for row in bars if row.bar}
    heads = [*map(_, ("Chart: verified", "Chart: unknown", "Chart: threshold"))]
    for row in rows[: len(about.board)]:
        if bar := bars.get(row[_("Target")]):
            assert [row[head] for head in heads] == pytest.approx([bar.yes, bar.unknown, bar.goal])
    (chart,) = opened(content)[_("Answer")]._charts
    bars_, marks = chart._charts
    refs = [series.val.numRef.f for series in (*bars_.series, *marks.series)]
    columns = [cell.value for cell in opened(content)[_("Answer")][HEADS]]
    for ref, head in zip(refs, heads, strict=True):
        letter = get_column_letter(columns.index(head) + 1)
        last = HEADS + len(about.board)
        assert ref == f"'{_('Answer')}'!${letter}${HEADS + 1}:${letter}${last}"


def test_the_chart_of_units_lies_beside_them(simulated, content):
    (chart,) = opened(content)[_("Units")]._charts
    n = int((simulated.gaps["sites"] > 0).sum())
    assert [series.val.numRef.f.rpartition("$")[2] for series in chart.series] == [
        str(HEADS + n)
    ] * 3
    assert not opened(xlsx.render(told(typed([], []))))[_("Units")]._charts


def test_the_first_sheet_says_who_hands_it_out_and_where_it_leads(simulated):
    office = Letterhead(body="=Sở Công Thương", address="https://x.vn")
    imprint = Imprint(office, "Bà Tám", datetime(2025, 1, 2, 8, 30, tzinfo=UTC), "https://x.vn/a")
    about = replace(simulated, imprint=imprint)
    book = opened(xlsx.render(about))
    first = book[_("Answer")]
    texts = [cell for row in first.iter_rows(values_only=True) for cell in row if cell]
    assert set(provenance(about)) <= set(texts)
    assert "https://x.vn/a" in texts
    assert len(first._images) == 1
    assert (book.properties.creator, first.print_area) == ("Bà Tám", first.print_area)


# --- the lists -----------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["simulated", "odd"])
def test_the_list_behind_each_figure_has_its_length(which, made):
    about, content = made(which)
    book = opened(content, values=True)
    for result in about.results:
        if result.target.id not in LISTED:
            continue
        rows = [row for row in rows_of(book[result.target.id]) if row[_("Group")]]
        apart = [row for row in rows if row[_("Group")] == _("Further figures")]
        shown_apart = (result.behind["figure"] != "enterprises").sum()
        assert len(apart) == shown_apart
        assert len(rows) == len(result.counted) + len(result.left_out) + shown_apart
        yes = sum(row[_("Counts as")] == _("Numerator") for row in rows)
        unknown = sum(row[_("Counts as")] == _("Unknown") for row in rows)
        assert (yes, unknown) == (result.count.yes, result.count.unknown)
        assert all(row[_("Status")] or row[_("Remark")] for row in rows)


def test_a_list_names_its_sites_even_outside_the_view(made):
    some, content = made("some")
    book = opened(content, values=True)
    for target in ("T3", "T4"):
        assert all(row[_("Name")] for row in rows_of(book[target]))
    seen, listed = ({row[_("Code")] for row in rows_of(book[of])} for of in (_("Sites"), "T3"))
    assert seen == set(some.sites.index)
    assert listed - seen
    total = rows_of(book[_("Units")])[-1]
    parts = {part.code: part.count for part in some.result.breakdown}
    both = parts["craft_village"].total + parts["industrial_park"].total
    assert total[_("Sites counted")] == both < some.result.count.total


def test_lists_of_sites_say_where_each_is_in_both_times_and_degrees():
    there = {"commune_legacy": "31321", "district_legacy": "930", "commune_2025": "31321"}
    places = [site("A", lat="9.78401", lon="105.47012", **there), site("B", founding="unknown")]
    book = opened(xlsx.render(told(typed(places, []))), values=True)
    heads = ("Commune to 30/06/2025", "District to 30/06/2025", "Commune from 01/07/2025")
    heads = [*map(_, (*heads, "Latitude", "Longitude"))]
    for sheet in ("T3", _("Sites")):
        row = next(row for row in rows_of(book[sheet]) if row[_("Code")] == "A")
        units_ = ["Phường III", "Thành phố Vị Thanh", "Phường Vị Thanh"]
        assert [row[head] for head in heads] == [*units_, 9.78401, 105.47012]
    (row,) = rows_of(book[_("Open")])
    assert (row[_("Code")], [row[head] for head in heads]) == ("B", [NOTHING] * 5)


def test_districts_are_named_by_their_code(content):
    rows = {row[_("Code")]: row[_("Name")] for row in rows_of(opened(content)["T5"])}
    assert (rows["936"], rows["937"]) == ("Huyện Long Mỹ", "Thị xã Long Mỹ")
    assert len(rows) == 8


@pytest.mark.parametrize("which", ["simulated", "office"])
def test_the_sheet_of_units_adds_up(which, made):
    about, content = made(which)
    sheet = opened(content, values=True)[_("Units")]
    assert sheet["A2"].value == sections(about).units.title
    rows = rows_of(sheet)
    assert len(rows) == len(about.gaps) + 1
    open_ = _("Not known whether in the denominator")
    for row in rows[:-1]:
        gap = about.gaps.loc[row[_("Unit code")].replace(NOTHING, "")]
        assert (row[_("Sites counted")], row[open_]) == (gap["sites"], gap["open"])
        if gap["sites"]:
            shown = number(round(row[_("Share")] * 100 + 1e-9, 1), 1) + "%"
            assert shown == share(gap["yes"], gap["sites"])
    count = about.result.count
    assert (rows[-1][_("Sites counted")], rows[-1][open_]) == (count.total, count.open)
    assert rows_of(opened(content)[_("Units")])[-1][_("Sites counted")].startswith("=SUM(")


def test_sites_of_no_known_unit_are_a_row_of_the_units():
    places = [site("A", district_legacy="930"), site("B"), site("C", founding="unknown")]
    about = told(typed(places, [held("B")]))
    content = xlsx.render(about)
    rows = {row[_("Unit")]: row for row in rows_of(opened(content, values=True)[_("Units")])}
    nowhere = rows[_("Unit not known")]
    assert (nowhere[_("Sites counted")], nowhere[OPEN_HEADS[0]]) == (1, 1)
    assert nowhere[_("Rank")] == NOTHING
    assert list(rows)[-2:] == [_("Unit not known"), _("All together")]


def test_the_sheet_of_sites_has_all_of_the_view_and_what_each_counts_as(simulated, content):
    rows = rows_of(opened(content)[_("Sites")])
    assert [row[_("Code")] for row in rows] == list(simulated.sites.index)
    assert all(row[_("Source")] for row in rows)
    counts_as = pd.Series([row[_("Counts for the target as")] for row in rows]).value_counts()
    count = simulated.result.count  # the view holds every site
    parts = (_("Numerator"), _("Unknown"), _("No"), _("Not known whether in the denominator"))
    found = [int(counts_as.get(part, 0)) for part in parts]
    assert found == [count.yes, count.unknown, count.no, count.open]


def test_what_may_count_has_a_list_of_its_own_with_what_is_missing(odd):
    rows = rows_of(opened(odd)[_("Open")])
    heads = [_("Target"), _("Code"), _("Would count as"), _("What is missing"), _("Who would know")]
    decision = _("the decision that establishes or recognises it")
    farming, trade = "Sở Nông nghiệp và Môi trường", "Sở Công Thương"
    assert [[row[head] for head in heads] for row in rows] == [
        ["T3", "O0", _("Numerator"), _("whether it operates"), farming],
        ["T3", "O1", _("No"), decision, farming],
        ["T6", "O2", _("Unknown"), _("whether it operates"), trade],
    ]


def test_what_is_claimed_ill_is_listed_as_unknown_and_not_verified():
    ill = check("W", grade="C", answers="R1=no;R2=no")
    (row,) = rows_of(opened(xlsx.render(told(typed([site("W", "supermarket")], [ill]))))["T6"])
    assert row[_("Status")] == "Chưa đáp ứng (chưa xác minh)"
    assert row[_("Counts as")] == _("Unknown")


def test_both_dates_stand_side_by_side(simulated, content):
    rows = rows_of(opened(content)[_("Answer")])
    for row, compared in zip(rows, simulated.compared, strict=False):
        assert row[_("Subject")] == compared.name
        assert (row["30/06/2024"], row["31/12/2024"]) == (compared.then, compared.now)
        change = NOTHING if not compared.change else int(compared.change.replace("−", "-"))
        assert row["±"] == change


def test_a_choice_of_statuses_is_marked_and_comes_first(made):
    about, content = made("some")
    rows = rows_of(opened(content)[_("Sites")])
    marks = [row[_("In the view")] for row in rows]
    n = len(about.listed)
    assert marks == [_("yes")] * n + [_("no")] * (len(rows) - n)
    assert 0 < n < len(rows) == len(about.sites)


def test_changes_have_a_sheet_if_two_dates_are_compared(simulated, content):
    assert len(rows_of(opened(content)[_("Changes")])) == len(simulated.changes) > 0
    alone = told(typed([site("S0")], []), compared_to=None)
    assert _("Changes") not in opened(xlsx.render(alone)).sheetnames


# --- the formulas --------------------------------------------------------------------------


CALCULATED = ("odd", "open", "empty", "public")


@pytest.fixture(scope="module")
def calculated(made, tmp_path_factory):
    """The folder of workbooks that LibreOffice, started once, calculated anew."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice (soffice) is not installed: nothing recalculates the formulas")
    folder = tmp_path_factory.mktemp("office")
    (folder / "in").mkdir()
    paths = [folder / "in" / f"{which}.xlsx" for which in CALCULATED]
    for path in paths:
        opened(made(path.stem)[1]).save(path)  # openpyxl drops the values
    profile = f"-env:UserInstallation=file://{folder}/profile"
    to_xlsx = ["--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run(
        [office, profile, *to_xlsx, *map(str, paths)], check=True, capture_output=True, timeout=400
    )
    return folder


@pytest.mark.parametrize("which", CALCULATED)
def test_office_software_calculates_the_values_written_beside_the_formulas(which, made, calculated):
    found = openpyxl.load_workbook(calculated / f"{which}.xlsx", data_only=True)
    written = formulas(made(which)[1])
    assert len(written) > 50
    for (sheet, where), (text, value) in written.items():
        calculated = found[sheet][where].value
        if isinstance(value, str):
            assert calculated == value, (sheet, where, text)
        else:
            assert calculated == pytest.approx(value, rel=1e-12, abs=1e-12), (sheet, where, text)


def test_every_formula_carries_its_value(content):
    written = formulas(content)
    assert len(written) > 50
    assert all(value is not None for _text, value in written.values())


# --- text from outside ---------------------------------------------------------------------

HOSTILE = {
    "=cmd|' /C calc'!A0": "=cmd|' /C calc'!A0",
    "+1+1": "+1+1",
    "-2+3": "-2+3",
    "@SUM(A1:A9)": "@SUM(A1:A9)",
    "\t=1+1": "\t=1+1",
    "<b>x</b>&amp;": "<b>x</b>&amp;",
    "a\x00b\x0bcd\uffff": "abcd",
    "hai\r\ndòng": "hai\ndòng",
    "_x0041_": "_x0041_",
    "Đ" * 500: "Đ" * 500,
    "https://example.org/?q=1": "https://example.org/?q=1",
    "ab\u202egpj.exe": "abgpj.exe",
    "מפעל 🏭🌾 \u200fx": "מפעל 🏭🌾 x",
}


@pytest.fixture(scope="module")
def hostile():
    """A workbook with a site, a school and a document for each of these texts."""
    n = range(len(HOSTILE))
    documents = [document(f"C{k}", "central", D(2024, 2, 1)) for k in n]
    places, records = typed(sites("craft_village", len(n)), [*map(taught, map(str, n)), *documents])
    places["name_vi"] = places["source"] = [*HOSTILE]
    records["organiser"] = records["doc_no"] = [*HOSTILE, *HOSTILE]
    return opened(xlsx.render(told((places, records))))


@pytest.mark.parametrize("expected", HOSTILE.values(), ids=ascii)
def test_text_from_the_data_stays_text(hostile, expected):
    for sheet, column in (("T3", _("Name")), ("T7", _("Name")), ("T1", _("Document number"))):
        place = [cell.value for cell in hostile[sheet][HEADS]].index(column) + 1
        (below,) = hostile[sheet].iter_cols(place, place, HEADS + 1)
        (cell,) = (cell for cell in below if cell.value == expected)
        assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_half_a_character_is_left_out():
    assert clean("a\ud800b") == "ab"


def test_a_name_longer_than_a_cell_is_cut():
    places, records = typed([site("S0")], [])
    places["name_vi"] = "x" * 40_000
    book = opened(xlsx.render(told((places, records))))
    assert len(rows_of(book["T3"])[0][_("Name")]) == LONGEST


def test_formulas_are_ours_alone(content):
    calls = {
        name for text, _v in formulas(content).values() for name in re.findall(r"[A-Z]+\(", text)
    }
    assert calls <= {"COUNTIFS(", "SUM(", "IF(", "MIN(", "MAX(", "ROUNDUP(", "COUNT(", "MEDIAN("}


STRANGE = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=600)


@examples(6, phases=(Phase.explicit, Phase.generate))
@given(STRANGE.filter(str.strip), st.sampled_from(["", "=", "+", "-", "@", "\t"]))
def test_whatever_a_name_is_the_cell_is_text_and_the_row_has_a_height(text, start):
    places, records = typed([site("S0")], [])
    places["name_vi"] = start + text
    sheet = openpyxl.load_workbook(BytesIO(xlsx.render(told((places, records), None))))["T3"]
    (cell,) = (c for c in sheet[HEADS + 1] if sheet.cell(HEADS, c.column).value == _("Name"))
    assert cell.data_type in "sn"  # nothing is left of what nobody sees
    assert cell.hyperlink is None
    assert (sheet.row_dimensions[HEADS + 1].height or 15) <= 409  # 15 is not written


# --- what a sheet looks like ---------------------------------------------------------------


def test_simulated_data_is_marked_on_every_sheet_and_every_printed_page(content):
    for sheet in opened(content):
        assert sheet["A1"].value.startswith(watermark())
        assert watermark() in sheet.oddHeader.center.text


def test_real_data_bears_no_such_mark(made):
    for sheet in opened(made("office")[1]):
        assert watermark() not in sheet["A1"].value + sheet.oddHeader.center.text


def test_what_files_assume_and_private_names_are_marked_on_every_sheet(made):
    files = ("a & b.csv", "c.csv")
    about = replace(made("odd")[0], internal=True, assumed=files)
    for sheet in opened(xlsx.render(about)):
        assert sheet["A1"].value == "LƯU HÀNH NỘI BỘ · GIẢ ĐỊNH (a & b.csv, c.csv)"
        assert "GIẢ ĐỊNH (a && b.csv, c.csv)" in sheet.oddHeader.center.text


@pytest.mark.parametrize("text", ["x" * 999, "&" * 999, "x" + "&" * 999])
def test_a_margin_holds_no_more_than_it_can_and_no_half_command(text):
    fitted = in_margin(text)
    assert len(fitted) <= 236
    assert fitted.replace("&&", "").count("&") == 0


def printed_width(sheet):
    """The inches that the columns of a sheet's print area take, as workbooks come."""
    (area,) = (cells.split("!")[1] for cells in [sheet.print_area])
    low, _top, high, _bottom = range_boundaries(area.replace("$", ""))
    every = sheet.column_dimensions.values()  # neighbours that are equally wide are one
    widths = {n: one.width for one in every for n in range(one.min, one.max + 1)}
    # A width that is read has the edges in it.
    return sum(round(widths[n] * 7) for n in range(low, high + 1)) / 96


PAPER = {"9": 11.69, "8": 16.54}  # inches across A4 and A3


@pytest.mark.parametrize("which", ["simulated", "odd", "public"])
def test_every_sheet_is_fit_to_read_and_to_print(which, made):
    first, *others = opened(made(which)[1])
    for sheet in others:
        assert sheet.freeze_panes == f"C{HEADS + 1}"
        assert sheet.auto_filter.ref.startswith(f"A{HEADS}:")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert (first.freeze_panes, first.auto_filter.ref) == (None, None)
    assert (first.page_setup.fitToWidth or 1, first.page_setup.fitToHeight or 1) == (1, 1)
    for sheet in (first, *others):
        room = PAPER[str(sheet.page_setup.paperSize)]
        room -= sheet.page_margins.left + sheet.page_margins.right
        assert 10 * room / printed_width(sheet) >= 8, sheet.title  # points
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${HEADS}:${HEADS}"
        assert sheet.column_dimensions["A"].width > 5


def test_numbers_and_days_are_numbers_and_days(odd):
    book = opened(odd, values=True)
    place = [cell.value for cell in book["T1"][HEADS]].index(_("Issued by the centre")) + 1
    cell = book["T1"].cell(HEADS + 1, place)
    assert cell.value == datetime(2024, 2, 1)  # noqa: DTZ001 - a cell has no time zone
    assert cell.number_format == r"dd\/mm\/yyyy"
    board = book[_("Board")]
    place = [cell.value for cell in board[HEADS]].index(_("Share")) + 1
    assert board.cell(HEADS + 1, place).number_format == "[$-42A]0.0%"
    assert isinstance(board.cell(HEADS + 1, place).value, int | float)


def test_the_notes_hold_facts_findings_and_method(simulated, content):
    texts = [row[_("Text")] for row in rows_of(opened(content)[_("Notes")])]
    assert set(simulated.facts) | set(simulated.findings) <= set(texts)
    assert {result.target.text for result in simulated.results} <= set(texts)


# --- the edges of a view -------------------------------------------------------------------


def test_an_empty_view_makes_a_whole_workbook():
    about = told(typed([site("S0", district_legacy="930")], []), unit="931")
    book = opened(xlsx.render(about), values=True)
    (nothing,) = rows_of(book[_("Sites")])
    assert nothing[_("Code")] is None
    # The units are those of the target, whatever unit is looked at.
    assert rows_of(book[_("Units")])[-1][_("Sites counted")] == 1
    (said,) = rows_of(book[_("Changes")])
    assert said[_("Name")] == _("No site changed its status between the two dates.")


def test_the_frozen_districts_say_so():
    about = told(typed([], []), as_of=date(2025, 9, 1), year=2025)
    row = board_rows(xlsx.render(about))["T5"]
    assert "30/06/2025" in row[_("Remark")]


def test_the_same_briefing_makes_the_same_file(simulated, content):
    assert xlsx.render(simulated) == content


def test_the_public_workbook_has_the_offices_figures_and_no_private_name(crowd, made):
    hidden = crowd[0].index.difference(public(crowd[0]).index)
    assert len(hidden)
    shown, office = made("public")[1], made("office")[1]
    theirs, ours = board_rows(office), board_rows(shown)
    for target, row in ours.items():
        assert {**row, _("Remark"): ""} == {**theirs[target], _("Remark"): ""}
    assert rows_of(opened(shown, values=True)[_("Units")]) == rows_of(
        opened(office, values=True)[_("Units")]
    )
    added = [text for text, _value in formulas(shown).values() if re.search(r"\)\+\d+$", text)]
    assert added
    assert not [text for text, _v in formulas(office).values() if re.search(r"\)\+\d+$", text)]
    names = set(crowd[0].loc[hidden, "name_vi"]) | set(hidden)
    cells = {
        cell for sheet in opened(shown) for row in sheet.iter_rows(values_only=True) for cell in row
    }
    assert not cells & names
