"""The PDF read back: every figure of the briefing, fonts, pages, watermark, any text."""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from functools import cache

import pytest
from pypdf.generic import BooleanObject

from geodata import intake
from geodata.core.errors import WrongCallError
from geodata.core.text import _, day, number, share
from geodata.geography import units
from geodata.outputs import figure
from geodata.outputs.briefing import pdf, speech
from geodata.outputs.briefing.poster import numbers
from geodata.outputs.briefing.sections import ranked, sections
from geodata.outputs.briefing.wording import transitions, watermark
from geodata.outputs.legend import POSTER
from geodata.people.letterhead import Letterhead
from geodata.reading import briefing as briefings
from geodata.reading.imprint import Imprint
from geodata.reading.view import View
from geodata.rules import plan
from geodata.simulation import simulate
from tests.geodata.outputs.printed import (
    boxes,
    declared_accessible,
    fonts,
    overlapping,
    page_by_page,
    pictures,
    pieces,
    reader,
    sizes,
    tags,
    text,
)

BLOCKS = units.load_blocks()
COMMUNES = units.load_legacy_communes()
PLANS = plan.shipped()
MM = 72 / 25.4
SIZES = {"a4": (210, 297), "a4-landscape": (297, 210), "a3-poster": (420, 297)}
A4 = ("a4", "a4-landscape")
MADE = datetime(2025, 2, 3, 14, 5)  # noqa: DTZ001 - as the clocks in Việt Nam show it
IMPRINT = Imprint(
    Letterhead(body="SỞ CÔNG THƯƠNG"), made_at=MADE, link="https://ban-do.vn/?as_of=2024-12-31"
)
HOSTILE = [
    '<b>Siêu thị</b><script>alert("1")</script> & co',
    "=cmd|' /C calc'!A0",
    "Dài " + "ô" * 480 + " hết",
    "Từ " * 170,
    "Dòng một\nDòng hai\r\n\tDòng ba\x00\x07",
    "Làng \u202egnort gnàl\u202c nghề",
    "<para><font size=90>To</font></para>",
    "$\\frac{1}{2}$ {0} %s",
    "سوق العربية 🎉 汉字",
]

READS = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler)")
EACH = pytest.mark.parametrize("paper", SIZES)


def brief(sites, evidence, *, compared_to=None, year=2024, **choice):
    view = View(**{"as_of": date(2024, 12, 31), **choice})
    return briefings.brief(
        sites,
        evidence,
        plan.of_year(PLANS, year),
        view,
        units=units.dissolve(BLOCKS, view.units_of),
        districts=sorted(COMMUNES["district_legacy"].unique()),
        data_version="7-abc",
        compared_to=compared_to,
    )


@pytest.fixture(scope="module")
def shown(invented):
    return brief(*invented, workspace="simulated", compared_to=date(2024, 6, 30))


@pytest.fixture(scope="module")
def checked(invented):
    """The same data by their compliance, seen from the same two days."""
    return brief(*invented, axis="compliance", compared_to=date(2024, 6, 30))


@pytest.fixture(scope="module")
def new(invented):
    """The same data by the 28 communes of today."""
    return brief(*invented, vintage="2025")


@pytest.fixture(scope="module")
def real():
    """The shipped data on a day after the plan's end."""
    return brief(intake.shipped_sites(), intake.shipped_evidence(), as_of=date(2025, 6, 1))


@pytest.fixture(scope="module")
def empty(invented):
    """No site and no record."""
    return brief(invented[0].head(0), invented[1].head(0), compared_to=date(2024, 6, 30))


@pytest.fixture(scope="module")
def marked(real):
    """Real data without findings, of nobody, with what files assume, by what was known on a day."""
    files = ("cac-dia-diem-moi-de-xuat-nam-2024.csv", "minh-chung-bo-sung.csv", "khai-bao.csv")
    known = {"known_at": date(2025, 1, 31), "later": 12}
    return replace(real, findings=(), internal=True, assumed=files, **known)


@pytest.fixture(scope="module")
def marked_file(marked):
    return cache(lambda paper: pdf.render(marked, paper))


@pytest.fixture(scope="module")
def bare(marked_file):
    """The words of that file."""
    return said(marked_file("a4"))


@pytest.fixture(scope="module")
def hostile(shown):
    def bad(n):
        return [HOSTILE[k % len(HOSTILE)] for k in range(n)]

    names, notes = bad(len(shown.board)), HOSTILE[::-1]
    return replace(
        shown,
        data_version="<b>" + "9" * 300,
        findings=tuple(HOSTILE),
        board=tuple(
            replace(line, name=name, text=name, notes=(note,))
            for line, name, note in zip(shown.board, names, notes, strict=False)
        ),
        listed=shown.listed.assign(name_vi=bad(len(shown.listed))),
        units=shown.units.assign(name=bad(len(shown.units))),
        gaps=shown.gaps.assign(name=bad(len(shown.gaps))),
        changes=shown.changes.assign(
            name=bad(len(shown.changes)), evidence=bad(len(shown.changes))[::-1]
        ),
    )


@pytest.fixture(scope="module")
def made(shown, checked, new, real, hostile):
    """The files of the briefings above, each made once."""
    known = {"shown": shown, "checked": checked, "new": new, "real": real, "hostile": hostile}
    given = {name: replace(briefing, imprint=IMPRINT) for name, briefing in known.items()}
    return cache(lambda name, paper: pdf.render(given[name], paper))


def pages(made):
    return reader(made).pages


def said(made):
    return " ".join(text(made, "-raw").split())


def one_line(words):
    return " ".join(words.split())


def squeezed(words):
    return "".join(words.split())


# --- figures ---------------------------------------------------------------------------------


@READS
@pytest.mark.parametrize("paper", A4)
def test_the_board_and_the_findings_are_there_to_the_digit(made, shown, paper):
    found = said(made("shown", paper))
    for line in shown.board:
        for words in (line.name, line.counted, line.bounds, line.threshold, line.short):
            assert one_line(words) in found
        if line.verdict:
            assert line.verdict_text in found
    for sentence in shown.findings:
        assert one_line(sentence) in found


@READS
@pytest.mark.parametrize("paper", A4)
@pytest.mark.parametrize("axis", ["outreach", "compliance"])
def test_the_legend_is_there_with_its_counts(made, shown, checked, paper, axis):
    name, some = {"outreach": ("shown", shown), "compliance": ("checked", checked)}[axis]
    found = said(made(name, paper))
    for group in some.legend["groups"]:
        for row in group["rows"]:
            assert f"{row['label']} {number(row['count'])}" in found


@READS
@pytest.mark.parametrize("paper", A4)
def test_every_unit_is_told_with_count_before_share(made, shown, paper):
    found = said(made("shown", paper))
    for _code, row in shown.gaps.iterrows():
        whole = number(row["yes"]) + "/" + number(row["sites"])
        parts = [
            whole,
            share(row["yes"], row["sites"]),
            *map(number, row[["unknown", "no", "open"]]),
        ]
        assert f"{row['name']} {' '.join(parts)}" in found
    yes, sites = shown.gaps["yes"].sum(), shown.gaps["sites"].sum()
    assert f"{number(yes)}/{number(sites)} {share(yes, sites)}" in found
    assert "Mục tiêu 3, ngưỡng 70%: " in found


@READS
def test_units_of_which_nothing_is_known_and_sites_without_unit_are_rows_too():
    told = brief(intake.shipped_sites(), intake.shipped_evidence(), vintage="2025")
    assert told.gaps["rank"].isna().all()
    (nowhere,) = told.gaps.loc[[""], "open"]
    assert nowhere > 0
    assert f"– Chưa rõ địa bàn 0/0 – 0 0 {nowhere}" in said(pdf.render(told))


@READS
@pytest.mark.parametrize("paper", A4)
def test_both_dates_stand_side_by_side(made, shown, paper):
    found = said(made("shown", paper))
    assert _("{before} beside {after}").format(before="30/06/2024", after="31/12/2024") in found
    for row in shown.compared:
        assert one_line(f"{row.then} {row.now} {row.change or '–'} {row.verdict}") in found


@READS
@pytest.mark.parametrize("paper", A4)
def test_changes_are_counted_and_the_first_are_named(made, shown, paper):
    found = said(made("shown", paper))
    assert day(date(2024, 6, 30)) in found
    for *names, n in transitions(shown):
        assert f"{' '.join(names)} {number(n)}" in found
    assert number(len(shown.changes)) in found
    assert all(name in found for name in shown.changes["name"].head(40))


@READS
def test_two_dates_without_a_change_say_so_and_one_date_says_nothing(made, shown):
    same = replace(shown, changes=shown.changes.head(0))
    none = _("No site changed its status between the two dates.")
    assert none in said(pdf.render(same))
    assert none not in said(made("real", A4[0]))


@pytest.fixture(scope="module")
def narrowed(invented):
    """A view of some sites of a unit, and its file."""
    some = brief(*invented, unit="931", kinds=("supermarket",), statuses=("reached",))
    return some, pdf.render(some)


@READS
def test_what_the_view_was_narrowed_to_is_said(narrowed):
    some, found = narrowed[0], said(narrowed[1])
    for words in sections(some).narrowed:
        assert words in found
    assert _("the targets count the whole province, whatever the view shows") in found


@READS
def test_the_map_of_a_unit_is_headed_by_how_that_unit_stands(narrowed):
    some, file = narrowed
    row = some.gaps.loc["931"]
    whole = f"{number(row['yes'])}/{number(row['sites'])} ({share(row['yes'], row['sites'])})"
    second = page_by_page(file)[1]
    assert f"{row['name']}: {whole} cơ sở – đã được phổ biến" in second
    assert f"{_('Whole province')}: " in second


@READS
def test_sites_without_a_position_are_named(made, shown):
    missing = shown.sites[shown.sites["lat"].isna()]
    found = said(made("shown", A4[0]))
    assert 0 < len(missing) <= 12
    assert all(name in found for name in missing["name_vi"])


# --- pages -----------------------------------------------------------------------------------


@EACH
def test_every_page_has_the_size_asked_for(made, paper):
    for page in pages(made("shown", paper)):
        size = tuple(round(float(edge) / MM) for edge in page.mediabox[2:])
        assert size == SIZES[paper]


@READS
def test_a_poster_is_one_page_and_a_briefing_starts_with_board_and_map(made, shown):
    assert len(pages(made("shown", "a3-poster"))) == 1
    for paper in A4:
        first, second = page_by_page(made("shown", paper))[:2]
        assert shown.board[6].name in first
        assert shown.legend["title"] in second


@READS
def test_page_1_says_what_every_target_that_is_not_met_needs(made, shown):
    first = page_by_page(made("shown", "a4"))[0]
    needs = speech.needs(shown)
    assert len(needs) == sum(line.verdict not in {None, "met"} for line in shown.board) > 0
    for row, need in needs:
        assert one_line(need) in first
        assert row.line.name in first


@READS
@EACH
def test_a_share_stands_on_one_line(made, paper):
    for name in ("shown", "checked", "real"):
        lines = [line.strip() for line in text(made(name, paper), "-raw").splitlines()]
        assert [line for line in lines if re.match(r"%|\d%", line) and line[:2] != "0%"] == []


@READS
@pytest.mark.parametrize("paper", A4)
def test_no_page_is_left_for_a_few_rows(made, paper):
    for name in ("shown", "checked", "real"):
        file = made(name, paper)
        for words in [list(words) for _size, words in boxes(file)][2:-1]:
            height = SIZES[paper][1] * MM
            lowest = max(bottom for *_left, bottom in words if bottom < height - 19 * MM)
            assert lowest > height / 2


@READS
@EACH
def test_each_page_has_the_facts_and_its_number(made, shown, paper):
    file = made("shown", paper)
    n = len(pages(file))
    for page, found in zip(range(1, n + 1), page_by_page(file), strict=True):
        assert _("Page {page}/{pages}").format(page=page, pages=n) in found
        assert " · ".join(shown.facts) in found


@READS
@EACH
def test_simulated_data_is_marked_on_each_page_and_real_data_never(made, paper):
    for name in ("shown", "real"):
        for found in page_by_page(made(name, paper)):
            assert (watermark() in found) is (name == "shown")


@READS
@EACH
def test_every_mark_and_the_day_of_knowledge_are_on_each_page(marked, marked_file, paper):
    files = ", ".join(marked.assumed)
    words = "Theo hồ sơ đã nhập đến ngày 31/01/2025 (12 minh chứng của kỳ này nhập sau ngày đó)"
    for found in page_by_page(marked_file(paper)):
        assert f"LƯU HÀNH NỘI BỘ · GIẢ ĐỊNH ({files})" in found
        assert words in found
        assert squeezed(" · ".join(marked.facts)) in squeezed(found)


@READS
@EACH
def test_where_the_plan_is_over_the_map_is_said_to_be_of_another_day(made, paper):
    words = "Kế hoạch 45/KH-UBND chốt ngày 31/12/2024; bản đồ cho thấy tình trạng ngày 01/06/2025."
    assert words in said(made("real", paper))


@READS
@EACH
def test_nobody_is_called_a_violator(made, paper):
    assert "vi phạm" not in said(made("checked", paper)).lower()


# --- the file --------------------------------------------------------------------------------


@READS
@EACH
def test_all_fonts_are_embedded_and_nothing_is_a_picture(made, paper):
    file = made("shown", paper)
    assert not pictures(file)
    for name, descriptor in fonts(file):
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert name.startswith(("SourceSansPro", "DejaVuSans"))


def test_the_file_says_its_title_and_language_and_no_author(made, real):
    file = reader(made("real", A4[0]))
    assert file.metadata.title.startswith(real.title)
    assert file.metadata.author is None
    assert file.root_object["/Lang"] == "vi-VN"


def test_the_same_briefing_makes_the_same_bytes_in_any_thread(made, shown):
    given = replace(shown, imprint=IMPRINT)
    both = "a4", "a3-poster"
    with ThreadPoolExecutor(2) as pool:
        again = list(pool.map(lambda name: pdf.render(given, name), both))
    assert again == [made("shown", name) for name in both]


def test_however_many_sites_make_a_small_file(made):
    many = brief(*simulate.simulate(BLOCKS, COMMUNES, PLANS, 1000, 1), workspace="simulated")
    for file in (made("shown", "a4"), pdf.render(many)):  # up to 400 are drawn each
        assert len(file) < 1_000_000


def test_an_unknown_paper_is_refused_with_those_there_are(real):
    with pytest.raises(WrongCallError, match="a4-landscape"):
        pdf.render(real, "A5")


# --- bad input -------------------------------------------------------------------------------


@READS
@EACH
def test_any_text_is_text_and_stays_on_the_page(made, paper):
    file = made("hostile", paper)
    found = said(file)
    for words in (
        '<b>Siêu thị</b><script>alert("1")</script> & co',
        "=cmd|' /C calc'!A0",
        "Dòng một Dòng hai Dòng ba",
        "Làng gnort gnàl nghề",
        "<para><font size=90>To</font></para>",
        "$\\frac{1}{2}$ {0} %s",
    ):
        assert words in found or paper not in A4
    for (width, height), words in boxes(file):
        for left, top, right, bottom in words:
            assert -1 <= left <= right <= width + 1
            assert -1 <= top <= bottom <= height + 1


@READS
@EACH
def test_a_view_without_sites_is_still_a_briefing(empty, paper):
    none, found = empty, said(pdf.render(empty, paper))
    assert paper not in A4 or one_line(none.board[0].name) in found
    assert paper not in A4 or none.legend["notes"][0] in found


@READS
def test_a_plan_without_evidence_has_no_findings_and_says_so(bare):
    assert _("The data on record cannot carry a finding yet.") in bare


# --- who hands it out, and for whom it can be read -----------------------------------------


@READS
@EACH
def test_the_first_page_says_who_hands_it_out_when_and_by_which_records(made, paper):
    first = page_by_page(made("real", paper))[0]
    assert "Đơn vị lập: SỞ CÔNG THƯƠNG" in first
    assert "Lập lúc 14:05, 03/02/2025" in first
    assert "Theo hồ sơ đã nhập đến ngày 03/02/2025" in first


@READS
def test_a_body_that_is_not_set_stays_a_blank(bare):
    assert "Cơ quan ban hành: ..." in bare


@EACH
def test_a_file_is_tagged_for_who_does_not_see_it(made, shown, paper):
    file = made("shown", paper)
    assert declared_accessible(file)
    # A boolean, as ISO 32000 has it: poppler before 23 wrongly calls it an object of a wrong type.
    marks = reader(file).root_object["/MarkInfo"]
    assert marks["/Suspects"] == BooleanObject(value=False)
    roles = tags(file)
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD"} <= {role for role, _alt in roles}
    assert sections(shown).map in [alt for role, alt in roles if role == "/Figure"]
    assert all(alt for role, alt in roles if role == "/Figure")
    assert reader(file).outline


@READS
@EACH
def test_no_letter_is_smaller_than_8_points_nor_on_a_poster_than_14(made, paper):
    for name in ("shown", "new", "real"):
        assert min(sizes(made(name, paper))) > (7.9 if paper in A4 else 13.9)


@READS
@pytest.mark.parametrize("name", ["shown", "new", "real"])
def test_a_poster_is_read_from_a_step_and_a_half_away(made, name):
    """Heads of tables, sources and running lines are the only ones below 18 points."""
    every = pieces(made(name, "a3-poster"))
    counts = [size for words, size in every if re.fullmatch(r"\d+/\d+", words.strip())]
    assert len(counts) >= 8
    assert min(counts) > 17.9
    assert max(size for _words, size in every) == pytest.approx(60)
    assert all(size < 15.4 or size > 17.9 for _words, size in every)


@READS
def test_a_poster_of_many_units_ranks_them_all_and_numbers_them_on_its_map(made, new):
    (found,) = page_by_page(made("new", "a3-poster"))
    counted = ranked(new)
    assert len(counted) > 20
    for n, (_code, row) in enumerate(counted.iterrows(), 1):
        assert f"{n} {row['name']} {number(row['yes'])}/{number(row['sites'])}" in found
    drawn = figure.map_figure(
        new, 240, 164, alone=False, text_pt=18, content=POSTER, numbers=numbers(new)
    )
    texts = [text.get_text() for axes in drawn.axes for text in axes.texts]
    assert set(map(str, range(1, len(counted) + 1))) <= set(texts)


@READS
@EACH
@pytest.mark.parametrize("name", ["checked", "new", "real"])
def test_no_text_stands_on_another(made, paper, name):
    assert not list(overlapping(made(name, paper)))


@READS
def test_a_sign_that_no_font_has_is_spelled(made):
    found = said(made("hostile", "a4"))
    assert "[U+1F389]" in found
    assert "[U+6C49]" in found
