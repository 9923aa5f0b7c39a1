"""The field sheets on paper, read back: order, distances, a page a site, blanks, any name."""

import io
import re
import shutil
import subprocess
from datetime import date

import numpy as np
import pandas as pd
import pytest
from pypdf import PdfReader

from geodata.core.errors import WrongCallError
from geodata.core.text import number
from geodata.geography import units
from geodata.outputs.briefing.wording import watermark
from geodata.outputs.field import pdf as field_pdf
from geodata.outputs.field.day import MOST, DayMaterial, UnitNames, prepare
from geodata.register import evidence, sites
from geodata.rules import plan
from geodata.simulation import simulate
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
    return PdfReader(io.BytesIO(field_pdf.render(day))).pages


def text(page):
    return " ".join(page.extract_text().split())


@pytest.fixture(scope="module")
def invented():
    return simulate.simulate(BLOCKS, COMMUNES, PLANS, 60, 1)


@pytest.fixture(scope="module")
def usual():
    day = day_of(start="31321", back=True)
    return day, pages(day)


def test_there_is_an_overview_and_a_page_a_site(usual):
    day, found = usual
    assert len(found) == 1 + len(day.stops) == 7
    for n, (stop, page) in enumerate(zip(day.stops, found[1:], strict=True), 1):
        assert f"Điểm {n}/6" in text(page)
        assert stop.site["id"] in text(page)
        assert f"Trang {n + 1}/7" in text(page)


def test_the_order_and_the_distances_on_the_overview_are_those_of_the_route(usual):
    day, found = usual
    said = text(found[0])
    at = [said.index(site) for site in day.route.order]
    assert at == sorted(at)
    sums = np.cumsum(day.route.legs)
    for site, leg, whole in zip(day.route.order, day.route.legs, sums, strict=True):
        row = said[said.index(site) :]
        assert f"{number(leg / 1000, 1)} {number(whole / 1000, 1)}" in row
    assert f"Tổng cộng {number(day.route.total / 1000, 1)} km" in said
    assert "đã chứng minh" in said
    assert "Xuất phát: Phường Vị Thanh" in said


def test_a_page_tells_place_status_reason_and_last_record(usual):
    _day, found = usual
    page = next(
        text(page) for page in found if "HG-MH-01" in text(page) and "Điểm" in text(page)[:99]
    )
    for said in ("Xã Vị Thủy", "Huyện Vị Thủy", "VN-2000", "±3.000 m", "Đang xây dựng", "EV-030"):
        assert said in page
    assert re.search(r"X \(bắc\) 1\.081\.\d{3} m, Y \(đông\) 556\.\d{3} m", page)


def test_the_checklist_has_the_criteria_in_force_with_a_box_for_each_answer(usual):
    day, found = usual
    for stop, page in zip(day.stops, found[1:], strict=True):
        profile = stop.passport.profile
        said = text(page)
        criteria = profile.criteria if profile else {}
        assert all(f"{code} {words[:20]}" in said for code, words in criteria.items())
        others = 5 if stop.site["kind"] == "pilot_model" else 3  # stages, or topics
        assert said.count("☐") == 5 * len(criteria) + others
        assert "Số người tham dự" in said or stop.site["kind"] == "pilot_model"
        for blank in ("Ảnh số", "Biên bản số", "Đại diện cơ sở", "(ký, ghi rõ họ tên)"):
            assert blank in said


def test_from_2026_on_another_profile_is_checked():
    (_overview, page) = pages(day_of(["HG-ST-01"], as_of=date(2026, 2, 1)))
    assert "ND08-64" in text(page)
    assert "P45" not in text(page)


def test_letters_are_embedded_and_the_paper_is_a4(usual):
    _day, found = usual
    for page in found:
        assert [round(float(x)) for x in page.mediabox[2:]] == [595, 842]
        fonts = [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]
        used = [font for font in fonts if "DejaVu" in str(font["/BaseFont"])]
        assert used
        for font in used:
            assert "/FontFile2" in font["/FontDescriptor"].get_object()


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


def test_any_name_is_text_on_the_page_of_its_own_site(hostile):
    found = pages(hostile)
    assert len(found) == 1 + len(HOSTILE)
    whole = " ".join(text(page) for page in found)
    assert "<b>Siêu thị</b><script>" in whole
    assert "<para><font size=90>To</font></para>" in whole
    assert "Dòng một Dòng hai Dòng ba" in whole
    assert "\u202e" not in whole


@READS
def test_nothing_is_written_outside_the_margins(hostile, tmp_path):
    path = tmp_path / "day.pdf"
    path.write_bytes(field_pdf.render(hostile))
    told = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    )
    words = re.findall(r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax', told.stdout)
    words = np.array(words, dtype=float)
    assert len(words) > 100 * len(hostile.stops)
    assert words[:, 0].min() >= 14.9 * MM
    assert words[:, 2].max() <= (210 - 14.9) * MM


def test_every_page_of_simulated_data_says_so(invented):
    register, records = invented[:2]
    chosen = list(register.index[:3])
    for page in pages(day_of(chosen, register, records, simulated=True)):
        assert watermark() in text(page)
        assert "DỮ LIỆU MÔ PHỎNG" in text(page)
    for page in pages(day_of(chosen, register, records)):
        assert "MÔ PHỎNG" not in text(page)


def test_what_files_assume_private_names_and_the_day_of_knowledge_are_on_every_page():
    register = REGISTER.assign(public=["no" if i == STOPS[1] else "yes" for i in REGISTER.index])
    how = {"assumed": ("a.csv",), "known_at": date(2025, 3, 1)}
    for page in pages(day_of(register=register, **how)):
        assert "LƯU HÀNH NỘI BỘ · GIẢ ĐỊNH (a.csv)" in text(page)
        assert "Theo hồ sơ đã nhập đến ngày 01/03/2025" in text(page)
    for page in pages(day_of([STOPS[0]], register)):
        assert "NỘI BỘ" not in text(page)
        assert "Theo hồ sơ" not in text(page)


def test_stops_without_a_position_stand_last_and_none_at_all_still_make_pages(invented):
    register, records = invented[:2]
    lost = register.index[3]
    register = register.copy()
    register.loc[lost, ["lat", "lon"]] = np.nan
    day = day_of(list(register.index[3:8]), register, records)
    assert day.stops[-1].site["id"] == lost
    said = text(pages(day)[0])
    assert said.rindex(str(lost)) == max(said.rindex(str(s.site["id"])) for s in day.stops)
    assert "chưa rõ vị trí" in said
    found = pages(day_of([lost], register, records))
    assert len(found) == 2
    assert "Chưa biết vị trí của điểm nào" in text(found[0])


def test_many_stops_are_ordered_without_a_claim_of_proof(invented):
    register, records = invented[:2]
    day = day_of(list(register.index[:16]), register, records)
    assert not day.route.proven
    found = pages(day)
    assert len(found) == 16 + 2  # the overview takes two
    assert "chưa chứng minh" in text(found[0]) + text(found[1])


def test_a_page_points_to_the_app_only_where_that_is_known():
    plain, pointing = (
        pages(day_of(["HG-ST-01"], address=address))[1].get_contents().get_data()
        for address in ("", "https://ban-do.example.vn/")
    )
    assert len(pointing) > len(plain) + 1000  # the squares of the code


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
