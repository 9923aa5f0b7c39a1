"""Data as files: what is written comes back as it was, and no cell becomes a formula."""

import csv
import io
import json
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from geodata.core.errors import WrongCallError
from geodata.core.files import OutputError
from geodata.geography import units
from geodata.intake.judging import diagnosis
from geodata.intake.reading import files
from geodata.outputs.data import exchange
from geodata.outputs.data.origin import file_name
from geodata.people.letterhead import Letterhead
from geodata.register import declarations, evidence, sites
from geodata.register.lifecycle import Statement, spelled
from geodata.rules import plan
from geodata.rules.status import status_of
from geodata.simulation import simulate
from geodata.store import Snapshot
from tests.examples import examples
from tests.exporting import ORIGIN
from tests.exporting import exported as render
from tests.shipped import EVIDENCE, SITES

TODAY = date(2026, 3, 1)
ALONE = "csv", "geojson", "gpkg", "kml"  # kinds that hold one table a file
MAPS = "geojson", "gpkg", "kml"
STARTS = ("", "", "=", "+", "-", "@", "'", "''=", '"', "=HYPERLINK(", "- ", "_x0041_", "{", "[1, ")
LETTERS = (
    "Đường số 5, ấp Mỹ Hiệp; thửa 12 (tờ 3) – “Hậu Giang” \"a\" 'b' \n | <b>&amp; 🏭 ≥ _x000D_ \\"
)
# One example writes and reads five files: to make a failing one smaller would take minutes.
QUICK = examples(3, phases=(Phase.explicit, Phase.generate))
SOME = date(1850, 1, 1), date(2100, 12, 31)


def snapshot(register=None, records=None, declared=None):
    return Snapshot(
        "real",
        "1-x",
        SITES if register is None else register,
        EVIDENCE if records is None else records,
        declarations.none() if declared is None else declared,
        pd.DataFrame(),
        EVIDENCE.head(0),
    )


def taken_in(content, of, kind="xlsx"):
    """What taking a file in would change in the data that it was made of."""
    known = diagnosis.Holdings(of.sites, of.evidence, of.declarations)
    return diagnosis.diagnose(files.read(content, f"a.{kind}"), known, TODAY)


def same(content, of, kind="xlsx", tables=("sites",)):
    """Assert that a file read back is the data, whole."""
    found = taken_in(content, of, kind)
    assert found.ok, found.open[:3]
    for table in tables:
        part = found.difference[table]
        assert (part.new, dict(part.changed), part.missing) == ((), {}, ())
        assert len(part.unchanged) == len(getattr(of, table))


@pytest.fixture(scope="module")
def simulated():
    geography = units.load_blocks(), units.load_legacy_communes()
    register, records = simulate.simulate(*geography, plan.shipped(), 40, 3)
    assert (register["public"] == "no").any()
    return snapshot(register, records, simulate.declare())


@pytest.mark.parametrize(
    ("kind", "data"),
    [*((kind, "simulated") for kind in exchange.KINDS), ("xlsx", "shipped"), ("csv", "shipped")],
)
def test_what_is_written_is_read_back_unchanged(kind, data, simulated):
    of = simulated if data == "simulated" else snapshot()
    for table in exchange.TABLES:
        if kind == "xlsx":  # one file holds them all
            same(render(of, kind), of, kind, exchange.TABLES)
            break
        if kind in MAPS and getattr(of, table).empty:
            continue  # a map file without a feature names no column
        same(render(of, kind, table), of, kind, (table,))


def words(most=60):
    ends = st.text(st.sampled_from(LETTERS), max_size=most)
    forms = st.sampled_from(("NFC", "NFD"))
    return st.tuples(st.sampled_from(STARTS), ends, forms).map(
        lambda parts: unicodedata.normalize(parts[2], parts[0] + parts[1])
    )


def register_of(texts, numbers, day):
    """One site with texts and numbers wherever it can have any."""
    columns = "name_vi", "name_en", "decision", "sectors", "operator", "details", "source"
    row = {
        "id": "HG-CCN-99",
        "kind": "industrial_cluster",
        **dict(zip(columns, texts, strict=True)),
        **{column: str(value) for column, value in numbers.items()},
        "name_vi": texts[0].strip() or "CCN",
        "decision_date": day.isoformat(),
        "valid_from": "2024-02-01",
        "history": spelled([Statement("operating", day, texts[2], day, texts[6])]),
    }
    return sites.typed(pd.DataFrame([row], dtype="string"))


def register_of_many(drawn):
    """Several such sites."""
    every = pd.concat([register_of(*one) for one in drawn])
    every["id"] = [f"HG-CCN-{at}" for at in range(len(every))]
    return every.set_index("id", drop=False).rename_axis(None)


NUMBERS = st.fixed_dictionaries(
    {
        "lat": st.floats(9.6, 10.0),
        "lon": st.floats(105.3, 105.9),
        "area_ha": st.floats(1e-6, 1e6),
        "position_accuracy_m": st.floats(0.1, 900),
        "enterprises": st.integers(0, 10_000),
    }
)


@QUICK
@given(
    st.lists(
        st.tuples(
            st.tuples(*[words()] * 5, words(500), words()),
            NUMBERS,
            st.dates(*SOME),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_odd_texts_numbers_and_days_of_sites_come_back(drawn):
    of = snapshot(register_of_many(drawn))
    for kind in exchange.KINDS:
        same(render(of, kind), of, kind)


@QUICK
@given(
    st.lists(
        st.tuples(st.tuples(*[words()] * 5, words(500)), st.dates(*SOME)), min_size=1, max_size=12
    )
)
def test_odd_texts_and_days_of_records_come_back(drawn):
    rows = [record_of(at, *one) for at, one in enumerate(drawn)]
    of = snapshot(records=evidence.typed(pd.DataFrame(rows, dtype="string"), TODAY))
    for kind in ("xlsx", "csv"):
        same(render(of, kind, "evidence"), of, kind, ("evidence",))


def record_of(at, texts, day):
    """One record with texts wherever it can have any."""
    columns = "topic", "organiser", "participants", "doc_no", "date_text", "summary_vi"
    return {
        "id": f"EV-{at}",
        "subject": "HG-ST-01",
        "axis": "compliance",
        "kind": "check",
        "grade": "B",
        "event_date": day.isoformat(),
        "recorded_at": "2101-01-01",
        "answers": "R1=yes;R2=partial",
        **dict(zip(columns, texts, strict=True)),
    }


def test_no_cell_of_a_csv_file_begins_as_a_formula():
    texts = ["=1+1", "+84 293", "-a", "@SUM(A1)", "'=1", "''-x", "=x"]
    of = snapshot(register_of(texts, {}, TODAY))
    content = render(of, "csv").decode("utf-8-sig")
    _head, row = csv.reader(io.StringIO(content, newline=""))
    assert {f"'{text}" for text in texts} <= set(row)
    assert not [cell for cell in row if cell.startswith(tuple("=+-@"))]
    same(content.encode(), of, "csv")


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    texts = ["=1+1", "@x", "https://example.vn", "=HYPERLINK(1)", "+1", "-1", "mailto:a@example.vn"]
    content = render(snapshot(register_of(texts, {}, TODAY)), "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    filled = [cell for cell in next(sheet.iter_rows(min_row=2)) if cell.value is not None]
    assert {"=1+1", "+1", "https://example.vn"} <= {cell.value for cell in filled}
    assert {cell.data_type for cell in filled} <= {"s", "n", "d"}
    assert not [cell for cell in filled if cell.hyperlink]


def test_a_workbook_speaks_as_the_office_does():
    content = render(snapshot(register_of(["x"] * 7, {}, date(2024, 12, 31))), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Danh mục cơ sở", "Minh chứng", "Số liệu khai báo", "Nguồn gốc"]
    head, row = book.worksheets[0].iter_rows()
    said = {one.value: other for one, other in zip(head, row, strict=True)}
    assert said["Loại cơ sở"].value == "Cụm công nghiệp"
    assert said["Công khai"].value == "Có"
    assert said["Ngày quyết định"].value.date() == date(2024, 12, 31)
    assert said["Ngày quyết định"].number_format == "dd/mm/yyyy"
    earlier = said["Các mốc tình trạng trước đó"].value
    assert earlier == "Đang hoạt động | 31/12/2024 | x | 31/12/2024 | x"


def test_a_text_that_no_cell_of_excel_holds_is_refused_with_row_and_column():
    of = snapshot(register_of([*["x"] * 5, "a" * 32_768, "x"], {}, TODAY))
    with pytest.raises(OutputError, match=r"dòng 2.*Thông tin thêm.*CSV"):
        render(of, "xlsx")
    same(render(of, "csv"), of, "csv")


def test_a_map_file_shows_names_and_has_no_place_for_sites_without_position():
    content = render(snapshot(), "kml").decode()
    assert "<name>KCN Sông Hậu - giai đoạn 1</name>" in content
    unplaced = int((~sites.placed(SITES)).sum())
    assert content.count("<Placemark") - content.count("<Point") == unplaced


@pytest.mark.parametrize(("kind", "table"), [("ods", "sites"), ("csv", "people")])
def test_another_kind_or_table_is_refused_with_those_there_are(kind, table):
    with pytest.raises(WrongCallError, match="sites" if kind == "csv" else "gpkg"):
        render(snapshot(), kind, table)


@pytest.mark.parametrize(
    ("kind", "driver"),
    [
        *(("gpkg", "GPKG"), ("gpkg", "KML")),
        *(("geojson", "GeoJSON"), ("geojson", "GPKG")),
        *(("kml", "LIBKML"), ("kml", "GeoJSON")),
    ],
)
def test_a_layer_saved_again_by_a_map_program_comes_back_unchanged(kind, driver, tmp_path):
    of = snapshot()
    first, again = tmp_path / f"a.{kind}", tmp_path / f"b.{driver.removeprefix('LIB').lower()}"
    first.write_bytes(render(of, kind))
    pyogrio.write_dataframe(pyogrio.read_dataframe(first), again, driver=driver)
    same(again.read_bytes(), of, kind)


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory, simulated):
    """Give a file that LibreOffice opened and saved as another kind; all of a kind at once."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice (soffice) is not installed: nothing saves the files again")
    folder = tmp_path_factory.mktemp("office")
    tables = {table: (simulated, table) for table in exchange.TABLES}
    given = {
        ("xlsx", "xlsx"): {"shipped": (snapshot(), "sites")},
        ("xlsx", "ods"): {"simulated": (simulated, "sites")},
        ("xlsx", "xls"): {"shipped": (snapshot(), "sites")},
        ("csv", "xlsx"): tables,
    }

    @cache
    def save(kind, ending):
        paths = [folder / f"{name}.{kind}" for name in given[kind, ending]]
        for path in paths:
            of, table = given[kind, ending][path.stem]
            path.write_bytes(render(of, kind, table))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        into = ["--convert-to", ending, "--outdir", str(folder / kind)]
        # Comma, quotation mark, UTF-8, as we write CSV.
        reading = ["--infilter=CSV:44,34,76,1"] if kind == "csv" else []
        command = [office, profile, "--headless", *reading, *into, *map(str, paths)]
        subprocess.run(command, capture_output=True, check=True, timeout=240)
        return folder / kind

    return lambda name, kind, ending: (save(kind, ending) / f"{name}.{ending}").read_bytes()


@pytest.mark.parametrize(
    ("data", "ending"), [("shipped", "xlsx"), ("simulated", "ods"), ("shipped", "xls")]
)
def test_what_libreoffice_saved_again_is_still_no_change(saved_again, ending, data, simulated):
    of = simulated if data == "simulated" else snapshot()
    same(saved_again(data, "xlsx", ending), of, ending, exchange.TABLES)


@pytest.mark.parametrize("table", exchange.TABLES)
def test_what_libreoffice_made_of_csv_is_still_no_change(saved_again, table, simulated):
    same(saved_again(table, "csv", "xlsx"), simulated, "xlsx", (table,))


# --- where a file says it comes from -------------------------------------------------------


GIVEN = {
    "workspace": "simulated",
    "as_of": "2024-12-31",
    "known_at": "2026-03-01",
    "plan": "45/KH-UBND (2024)",
    "data_version": "1-x",
    "access": "internal",
}


def told_by(content, kind, path):
    """What a file of a kind says of itself, where its format has a place for it."""
    path.write_bytes(content)
    if kind == "geojson":
        return json.loads(content)["metadata"]
    if kind == "gpkg":
        return pyogrio.read_info(path)["layer_metadata"]
    if kind == "kml":
        return re.search(r"<description><!\[CDATA\[(.*?)\]\]></description>", content.decode())[1]
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(cell.value for (cell,) in book["Nguồn gốc"].iter_rows())


@pytest.mark.parametrize("table", exchange.TABLES)
@pytest.mark.parametrize("kind", ["geojson", "gpkg"])
def test_a_layer_says_where_it_comes_from_for_machines(kind, table, simulated, tmp_path):
    of = replace(simulated, workspace="simulated")
    known = told_by(render(of, kind, table), kind, tmp_path / f"a.{kind}")
    assert GIVEN.items() <= dict(known).items()
    assert known["licence"]
    assert known["source"]


@pytest.mark.parametrize("kind", ["kml", "xlsx"])
def test_other_files_say_it_for_people(kind, simulated, tmp_path):
    office = replace(ORIGIN, letterhead=Letterhead(body="=Sở <Công Thương>"), maker="Bà Tám")
    of = replace(simulated, workspace="simulated")
    text = told_by(render(of, kind, origin=office), kind, tmp_path / f"a.{kind}")
    for part in ("31/12/2024", "01/03/2026", "45/KH-UBND (2024)", "1-x", "Bà Tám", "MÔ PHỎNG"):
        assert part in text
    assert ("Sở &lt;Công Thương&gt;" if kind == "kml" else "Sở <Công Thương>") in text


def test_beside_a_csv_file_stands_what_it_says_of_itself():
    known = json.loads(exchange.companion(snapshot(), ORIGIN, "a.csv"))
    assert (known["url"], known["@context"][0]) == ("a.csv", "http://www.w3.org/ns/csvw")
    assert known["dc:license"]
    (notes,) = known["notes"]
    assert (GIVEN | {"workspace": "real"}).items() <= notes.items()


@pytest.mark.parametrize("table", exchange.TABLES)
@pytest.mark.parametrize("kind", ["csv", *MAPS])
def test_each_row_has_the_status_of_its_site_on_both_axes(kind, table, simulated, tmp_path):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(render(simulated, kind, table))
    rows = pd.read_csv(path, dtype=str) if kind == "csv" else gpd.read_file(path)
    status = status_of(simulated.sites, simulated.evidence, ORIGIN.plan, ORIGIN.as_of)
    subjects = rows["code" if kind == "kml" and table == "sites" else exchange.SUBJECTS[table]]
    for axis in ("outreach", "compliance", "stage"):
        expected = status[axis].astype(object).reindex(subjects)
        given = rows[f"status_{axis}"].astype(object)
        assert [one or None for one in given.where(given.notna(), None)] == [
            None if pd.isna(one) else one for one in expected
        ]


@pytest.mark.parametrize("kind", MAPS)
def test_evidence_stands_where_its_site_is_and_none_is_lost(kind, simulated, tmp_path):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(render(simulated, kind, "evidence"))
    rows = gpd.read_file(path)
    assert rows["code" if kind == "kml" else "id"].tolist() == simulated.evidence["id"].tolist()
    places = simulated.sites.geometry.reindex(rows["subject"])
    assert places.notna().any()
    same_place = rows.geometry.geom_equals_exact(places.reset_index(drop=True), 1e-9)
    assert (same_place | (rows.geometry.isna() & places.isna().to_numpy())).all()
    missing = exchange.unplaced(simulated, ORIGIN, "evidence")
    assert missing.total() == rows.geometry.isna().sum() > 0
    assert "Thành phố Vị Thanh" in missing


# --- what all may see ----------------------------------------------------------------------

OPEN = replace(ORIGIN, public=True, maker="Bà Tám")


@pytest.fixture(scope="module")
def closed(simulated):
    """Data with a private site, contacts and head-counts."""
    register, records = simulated.sites.copy(), simulated.evidence.copy()
    private = records["subject"][records["subject"].isin(register.index)].iloc[0]
    register["public"] = "yes"
    register.loc[private, ["public", "name_vi"]] = ["no", "KÍN"]
    register["contact_phone"] = "0999888777"
    register["source_note"] = "GHI CHÚ KÍN"
    records["participants"] = "424242"
    return private, replace(simulated, sites=register, evidence=records)


@pytest.mark.parametrize(
    ("kind", "table"),
    [("xlsx", "both"), *((kind, table) for kind in ALONE for table in ("sites", "evidence"))],
)
def test_a_public_file_has_nothing_private(kind, table, closed, tmp_path):
    private, of = closed
    for origin, holds in ((ORIGIN, True), (OPEN, False)):
        content = render(of, kind, "sites" if table == "both" else table, origin)
        if kind == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content))
            cells = [c for s in book for row in s.iter_rows(values_only=True) for c in row]
            text = "\n".join(map(str, cells))
        elif kind == "gpkg":
            (tmp_path / "a.gpkg").write_bytes(content)
            info = pyogrio.read_info(tmp_path / "a.gpkg")
            text = f"{pyogrio.read_dataframe(tmp_path / 'a.gpkg').to_csv()}{info}"
        else:
            text = content.decode("utf-8-sig")
        hidden = {"sites": ("0999888777", "GHI CHÚ KÍN"), "evidence": ("424242",)}
        hidden["both"] = (*hidden["sites"], *hidden["evidence"])
        for word in (private, *hidden[table]):
            assert (word in text) is holds, word
        assert "KÍN" not in text or holds
        if not holds:
            assert "Bà Tám" not in text


def test_declarations_are_not_public(simulated):
    with pytest.raises(WrongCallError, match="--public"):
        render(simulated, "csv", "declarations", OPEN)
    book = openpyxl.load_workbook(io.BytesIO(render(simulated, "xlsx", origin=OPEN)))
    assert book.sheetnames == ["Danh mục cơ sở", "Minh chứng", "Nguồn gốc"]


def test_a_name_says_workspace_day_and_version(simulated):
    of = replace(simulated, workspace="simulated")
    assert file_name(of, ORIGIN, "xlsx") == "hau-giang-mo-phong-du-lieu-2024-12-31-1-x.xlsx"
    assert file_name(snapshot(), OPEN, "csv", "Minh chứng") == (
        "hau-giang-cong-khai-minh-chung-2024-12-31-1-x.csv"
    )


# --- what strangers write ------------------------------------------------------------------

STRANGE = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=80),
    st.sampled_from(["=1+1", "+84", "-a", "@SUM(A1)", "\u202eסוף", "🏭🌾", "a\nb", "Đ" * 500]),
)


@QUICK
@given(st.lists(st.tuples(*[STRANGE] * 6, STRANGE), min_size=1, max_size=8))
def test_strangers_words_break_no_layer_of_evidence(drawn):
    rows = [record_of(at, texts[:6], TODAY) for at, texts in enumerate(drawn)]
    of = snapshot(records=evidence.typed(pd.DataFrame(rows, dtype="string"), TODAY))
    for kind in MAPS:
        content = render(of, kind, "evidence")
        with NamedTemporaryFile(suffix=f".{kind}") as file:
            Path(file.name).write_bytes(content)
            read_back = gpd.read_file(file.name)
        for column in ("organiser", "doc_no", "summary_vi"):
            texts = [of.evidence[column], read_back[column]]
            given, come_back = ([" ".join(t.split()) for t in c.fillna("")] for c in texts)
            assert come_back == given
