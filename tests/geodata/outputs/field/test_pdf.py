"""The field sheets on paper, read back: order, distances, a page a site, blanks, any name, tags."""

import re
import shutil
import subprocess
from datetime import date

import numpy as np
import pandas as pd
import pytest
import segno
from PIL import Image

from geodata.core.errors import WrongCallError
from geodata.core.text import number
from geodata.geography import units
from geodata.outputs.briefing.wording import watermark
from geodata.outputs.field import pdf as field_pdf
from geodata.outputs.field.day import MOST, DayMaterial, UnitNames, prepare
from geodata.register import evidence, sites
from geodata.rules import plan
from geodata.simulation import simulate
from tests.geodata.outputs import printed
from tests.geodata.outputs.printed import boxes, page_by_page, reader
from tests.shipped import EVIDENCE as RECORDS
from tests.shipped import SITES as REGISTER

BLOCKS, COMMUNES = units.load_blocks(), units.load_legacy_communes()
GEOGRAPHY = UnitNames.of({v.value: units.dissolve(BLOCKS, v) for v in units.Vintage}, COMMUNES)
PLANS = plan.shipped()
STOPS = ["HG-KCN-01", "HG-ST-01", "HG-TTTM-01", "HG-LN-01", "HG-MH-01", "HG-ST-02"]
MM = 72 / 25.4
READS = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler)")
HOSTILE = [
    '<b>Siêu thị</b><script>alert("1")</script> & co',
    "Dài " + "ô" * 480 + " hết",
    "Từ " * 170,
    "Dòng một\nDòng hai\r\n\tDòng ba\x00\x07",
    "<para><font size=90>To</font></para>",
    "Làng \u202egnort gnàl\u202c nghề",
    "سوق العربية 🎉 汉字",
    "W" * 500,
]


def day_of(
    chosen=STOPS, register=REGISTER, records=RECORDS, as_of=date(2025, 6, 1), *,
    simulated=False, assumed=(), known_at=None, **how
):  # fmt: skip
    rules = plan.default(PLANS, as_of)
    known = DayMaterial(
        register, records, rules, as_of, GEOGRAPHY, "7-abc", simulated, assumed, known_at
    )
    return prepare(chosen, known, **how)


def pages(day):
    """The words of each page of a day's file."""
    return page_by_page(field_pdf.render(day))


@pytest.fixture(scope="module")
def invented():
    return simulate.simulate(BLOCKS, COMMUNES, PLANS, 30, 1)


@pytest.fixture(scope="module")
def days(hostile, invented):
    """A usual day, one of texts of strangers, and one of very many stops."""
    register, records = invented[:2]
    many = day_of(list(register.index), register, records, address="https://a.vn/")
    return {"usual": day_of(start="31321", back=True), "hostile": hostile, "many": many}


@pytest.fixture(scope="module")
def files(days):
    return {name: field_pdf.render(day) for name, day in days.items()}


@pytest.fixture(scope="module")
def usual(days, files):
    return days["usual"], page_by_page(files["usual"])


@READS
def test_there_is_an_overview_and_a_page_a_site(usual):
    day, found = usual
    assert len(found) == 1 + len(day.stops) == 7
    for n, (stop, page) in enumerate(zip(day.stops, found[1:], strict=True), 1):
        assert f"Điểm {n}/6" in page
        assert stop.site["id"] in page
        assert f"Trang {n + 1}/7" in page


@READS
def test_the_order_and_the_distances_on_the_overview_are_those_of_the_route(usual):
    day, found = usual
    said = found[0]
    at = [said.index(site) for site in day.route.order]
    assert at == sorted(at)
    sums = np.cumsum(day.route.legs)
    for site, leg, whole in zip(day.route.order, day.route.legs, sums, strict=True):
        row = said[said.index(site) :]
        assert f"{number(leg / 1000, 1)} {number(whole / 1000, 1)}" in row
    assert f"Tổng cộng {number(day.route.total / 1000, 1)} km" in said
    assert "đã chứng minh" in said
    assert "Xuất phát: Phường Vị Thanh" in said


@READS
def test_a_page_tells_place_status_reason_and_last_record(usual):
    _day, found = usual
    page = next(page for page in found if "HG-MH-01" in page and "Điểm" in page[:99])
    for said in ("Xã Vị Thủy", "Huyện Vị Thủy", "VN-2000", "±3.000 m", "Đang xây dựng", "EV-030"):
        assert said in page
    assert re.search(r"X \(bắc\) 1\.081\.\d{3} m, Y \(đông\) 556\.\d{3} m", page)


@READS
def test_the_checklist_has_the_criteria_in_force_with_a_box_for_each_answer(usual):
    day, found = usual
    for stop, said in zip(day.stops, found[1:], strict=True):
        profile = stop.passport.profile
        criteria = profile.criteria if profile else {}
        assert all(f"{code} {words[:20]}" in said for code, words in criteria.items())
        others = 5 if stop.site["kind"] == "pilot_model" else 3  # stages, or topics
        assert said.count("☐") == 5 * len(criteria) + others
        assert "Số người tham dự" in said or stop.site["kind"] == "pilot_model"
        for blank in ("Ảnh số", "Biên bản số", "Đại diện cơ sở", "(ký, ghi rõ họ tên)"):
            assert blank in said


@READS
def test_from_2026_on_another_profile_is_checked():
    (_overview, page) = pages(day_of(["HG-ST-01"], as_of=date(2026, 2, 1)))
    assert "ND08-64" in page
    assert "P45" not in page


def test_the_paper_is_a4(files):
    for page in reader(files["usual"]).pages:
        assert [round(float(x)) for x in page.mediabox[2:]] == [595, 842]


@pytest.fixture(scope="module")
def hostile():
    count = len(HOSTILE)
    table = pd.DataFrame(
        {
            "id": [f"S-{k}" for k in range(count)],
            "kind": ["supermarket", "craft_village"] * (count // 2),
            "name_vi": HOSTILE,
            "operator": HOSTILE[::-1],
            "decision": HOSTILE,
            "commune_2025": "31321",
            "lat": "9.78",
            "lon": "105.47",
        }
    )
    records = pd.DataFrame(
        {
            "id": [f"E-{k}" for k in range(count)],
            "subject": table["id"],
            "axis": "outreach",
            "kind": "held",
            "event_date": "2025-03-01",
            "grade": "B",
            "topic": "scp",
            "organiser": HOSTILE,
            "summary_vi": HOSTILE[::-1],
            "doc_no": HOSTILE,
        }
    )
    typed = evidence.typed(records, date(2025, 3, 2))
    return day_of(list(table["id"]), sites.typed(table), typed)


@READS
def test_any_name_is_text_on_the_page_of_its_own_site(files):
    found = page_by_page(files["hostile"])
    assert len(found) == 1 + len(HOSTILE)
    whole = " ".join(found)
    assert "<b>Siêu thị</b><script>" in whole
    assert "<para><font size=90>To</font></para>" in whole
    assert "Dòng một Dòng hai Dòng ba" in whole
    assert "\u202e" not in whole


@READS
def test_nothing_is_written_outside_the_margins(hostile, files):
    words = [word for _size, each in boxes(files["hostile"]) for word in each]
    left, _top, right, bottom = np.array(words).T
    assert len(words) > 100 * len(hostile.stops)
    assert left.min() >= 14.9 * MM
    assert right.max() <= (210 - 14.9) * MM
    assert bottom.max() <= (297 - 6) * MM


@READS
def test_the_room_to_write_in_is_the_same_however_much_is_known(files):
    for name in ("hostile", "usual"):
        for page in printed.text(files[name], "-bbox").split("<page ")[2:]:
            tops = re.findall(r'yMin="([\d.]+)"[^>]*>(Ngày|dự|số|chú):</word>', page)
            at = {word: float(top) for top, word in tops}
            assert at["chú"] - at["số"] == pytest.approx(18.9, abs=0.01)
            if "dự" in at:
                assert at["dự"] - at["Ngày"] == pytest.approx(18.9, abs=0.01)


# --- for whom it can be read ---------------------------------------------------------------


EACH = pytest.mark.parametrize("name", ["usual", "hostile", "many"])


@EACH
def test_a_file_is_tagged_for_who_does_not_see_it(files, name):
    made = files[name]
    assert printed.declared_accessible(made)
    roles = printed.tags(made)
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= {role for role, _a in roles}
    assert all(alt for role, alt in roles if role == "/Figure")
    assert reader(made).root_object["/Lang"] == "vi-VN"


def test_the_bookmarks_are_the_stops_in_order(usual, files):
    top = [mark.title for mark in reader(files["usual"]).outline if not isinstance(mark, list)]
    assert top == ["Phiếu đi thực địa: 6 cơ sở", *(s.site["name_vi"] for s in usual[0].stops)]


@EACH
def test_all_fonts_are_embedded_and_are_those_of_the_screen(files, name):
    for font, descriptor in printed.fonts(files[name]):
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert font.startswith(("SourceSansPro", "DejaVuSans"))


@READS
@EACH
def test_no_letter_is_smaller_than_8_points(files, name):
    assert min(printed.sizes(files[name])) > 7.9


@READS
@EACH
def test_no_text_stands_on_another(files, name):
    assert not list(printed.overlapping(files[name]))


@READS
def test_a_sign_that_no_font_has_is_spelled(files):
    words = " ".join(printed.text(files["hostile"], "-raw").split())
    assert "[U+1F389] [U+6C49][U+5B57]" in words


@READS
def test_what_is_a_sentence_elsewhere_is_a_part_of_one_in_a_record(files):
    whole = " ".join(page_by_page(files["many"]))
    assert "; SIM-EV-" in whole
    assert ".;" not in whole


@READS
def test_every_page_of_simulated_data_says_so(invented, files):
    register, records = invented[:2]
    chosen = list(register.index[:3])
    for page in pages(day_of(chosen, register, records, simulated=True)):
        assert watermark() in page
        assert "DỮ LIỆU MÔ PHỎNG" in page
    for page in page_by_page(files["many"]):
        assert "MÔ PHỎNG" not in page


@READS
def test_what_files_assume_private_names_and_the_day_of_knowledge_are_on_every_page():
    register = REGISTER.assign(public=["no" if i == STOPS[1] else "yes" for i in REGISTER.index])
    how = {"assumed": ("a.csv",), "known_at": date(2025, 3, 1)}
    for page in pages(day_of(register=register, **how)):
        assert "LƯU HÀNH NỘI BỘ · GIẢ ĐỊNH (a.csv)" in page
        assert "Theo hồ sơ đã nhập đến ngày 01/03/2025" in page
    for page in pages(day_of([STOPS[0]], register)):
        assert "NỘI BỘ" not in page
        assert "Theo hồ sơ" not in page


@READS
def test_stops_without_a_position_stand_last_and_none_at_all_still_make_pages(invented):
    register, records = invented[:2]
    lost = register.index[3]
    register = register.copy()
    register.loc[lost, ["lat", "lon"]] = np.nan
    day = day_of(list(register.index[3:8]), register, records)
    assert day.stops[-1].site["id"] == lost
    said = pages(day)[0]
    assert said.rindex(str(lost)) == max(said.rindex(str(s.site["id"])) for s in day.stops)
    assert "chưa rõ vị trí" in said
    found = pages(day_of([lost], register, records))
    assert len(found) == 2
    assert "Chưa biết vị trí của điểm nào" in found[0]


@READS
def test_many_stops_are_ordered_without_a_claim_of_proof(days, files):
    assert not days["many"].route.proven
    found = page_by_page(files["many"])
    assert len(found) == 30 + 2  # the overview takes two
    assert "chưa chứng minh" in found[0] + found[1]


@READS
def test_the_code_on_a_page_leads_to_its_site_where_the_address_is_known(tmp_path):
    day = day_of(["HG-ST-01", "HG-LN-01"], address="https://ban-do.example.vn/")
    made = field_pdf.render(day)
    done = subprocess.run(
        ["pdftoppm", "-r", "254", "-gray", "-", tmp_path / "page"], input=made, check=True
    )
    assert done.returncode == 0
    for n, stop in enumerate(day.stops, 2):
        link = f"https://ban-do.example.vn/?site={stop.site['id']}"
        assert [note["/A"]["/URI"] for note in links(reader(made).pages[n - 1])] == [link]
        code = np.array(segno.make(link, error="m", micro=False).matrix, dtype=bool)
        picture = np.asarray(Image.open(tmp_path / f"page-{n}.pgm")) < 128
        corner, side = np.array([170, 1950 - 210]), 210  # a tenth of a millimetre
        at = (np.arange(len(code)) + 0.5) * side / len(code)
        rows, columns = (np.rint(start + at).astype(int) for start in corner)
        assert (picture[np.ix_(rows, columns)] == code).all()
    assert not links(reader(field_pdf.render(day_of(["HG-ST-01"]))).pages[1])


def links(page):
    notes = [note.get_object() for note in page.get("/Annots", [])]
    return [note for note in notes if note["/Subtype"] == "/Link"]


def test_the_same_day_makes_the_same_file():
    assert field_pdf.render(day_of(["HG-ST-01"])) == field_pdf.render(day_of(["HG-ST-01"]))


@pytest.mark.parametrize(
    ("chosen", "how", "said"),
    [
        ([], {}, "ít nhất một cơ sở"),
        (["HG-ST-01", "<b>x"], {}, "“<b>x”"),
        ([f"S{k}" for k in range(MOST + 1)], {}, "quá nhiều"),
        (["HG-ST-01"], {"start": "nowhere"}, "“nowhere”"),
    ],
)
def test_a_choice_that_makes_no_day_is_refused_in_a_sentence(chosen, how, said):
    with pytest.raises(WrongCallError, match=said):
        day_of(chosen, **how)


def test_a_site_named_twice_is_visited_once():
    assert len(day_of(["HG-ST-01", "HG-ST-01"]).stops) == 1


def test_codes_that_the_reform_used_again_keep_their_own_names():
    reused = set(COMMUNES.index) & set(GEOGRAPHY.units["2025"].index)
    code = next(
        code
        for code in sorted(reused)
        if COMMUNES.loc[code, "commune_legacy_name"] != GEOGRAPHY.units["2025"].loc[code, "name"]
    )
    register = REGISTER.copy()
    register.loc["HG-ST-01", ["commune_2025", "commune_legacy"]] = code
    (stop,) = day_of(["HG-ST-01"], register).stops
    assert stop.unit_now == GEOGRAPHY.units["2025"].loc[code, "name"]
    assert stop.unit_before.startswith(COMMUNES.loc[code, "commune_legacy_name"])
