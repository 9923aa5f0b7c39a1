"""Data as files: what is written comes back as it was, and no cell becomes a formula."""

import csv
import io
import shutil
import subprocess
import unicodedata
from datetime import date
from functools import cache

import openpyxl
import pandas as pd
import pyogrio
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from geodata import intake
from geodata.core.errors import WrongCallError
from geodata.core.files import OutputError
from geodata.geography import units
from geodata.intake.judging import diagnosis
from geodata.intake.reading import files
from geodata.outputs.data import exchange
from geodata.register import declarations, evidence, sites
from geodata.register.lifecycle import Statement, spelled
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.store import Snapshot
from tests.examples import examples

TODAY = date(2026, 3, 1)
ALONE = "csv", "geojson", "gpkg", "kml"  # kinds that hold one table a file
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
        intake.shipped_sites() if register is None else register,
        intake.shipped_evidence() if records is None else records,
        declarations.none() if declared is None else declared,
        pd.DataFrame(),
        intake.shipped_evidence().head(0),
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


@pytest.mark.parametrize("data", ["shipped", "simulated"])
@pytest.mark.parametrize("kind", exchange.KINDS)
def test_what_is_written_is_read_back_unchanged(kind, data, simulated):
    of = simulated if data == "simulated" else snapshot()
    tables = exchange.TABLES if kind in ("xlsx", "csv") else ("sites",)
    for table in tables if kind == "csv" else tables[:1]:
        same(exchange.render(of, kind, table), of, kind, (table,) if kind == "csv" else tables)


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
        same(exchange.render(of, kind), of, kind)


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
        same(exchange.render(of, kind, "evidence"), of, kind, ("evidence",))


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


@pytest.mark.parametrize("text", ["=1+1", "+84 293", "-a", "@SUM(A1)", "'=1", "''-x"])
def test_no_cell_of_a_csv_file_begins_as_a_formula(text):
    of = snapshot(register_of([text] * 7, {}, TODAY))
    content = exchange.render(of, "csv").decode("utf-8-sig")
    _head, row = csv.reader(io.StringIO(content, newline=""))
    assert f"'{text}" in row
    assert not [cell for cell in row if cell.startswith(tuple("=+-@"))]
    same(content.encode(), of, "csv")


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    texts = ["=1+1", "@x", "https://example.vn", "=HYPERLINK(1)", "+1", "-1", "mailto:a@example.vn"]
    content = exchange.render(snapshot(register_of(texts, {}, TODAY)), "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    filled = [cell for cell in next(sheet.iter_rows(min_row=2)) if cell.value is not None]
    assert {"=1+1", "+1", "https://example.vn"} <= {cell.value for cell in filled}
    assert {cell.data_type for cell in filled} <= {"s", "n", "d"}
    assert not [cell for cell in filled if cell.hyperlink]


def test_a_workbook_speaks_as_the_office_does():
    content = exchange.render(snapshot(register_of(["x"] * 7, {}, date(2024, 12, 31))), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Danh mục cơ sở", "Minh chứng", "Số liệu khai báo"]
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
        exchange.render(of, "xlsx")
    same(exchange.render(of, "csv"), of, "csv")


def test_a_map_file_shows_names_and_has_no_place_for_sites_without_position():
    content = exchange.render(snapshot(), "kml").decode()
    assert "<name>KCN Sông Hậu - giai đoạn 1</name>" in content
    unplaced = int((~sites.placed(intake.shipped_sites())).sum())
    assert content.count("<Placemark") - content.count("<Point") == unplaced


@pytest.mark.parametrize(("kind", "table"), [("ods", "sites"), ("csv", "people")])
def test_another_kind_or_table_is_refused_with_those_there_are(kind, table):
    with pytest.raises(WrongCallError, match="sites" if kind == "csv" else "gpkg"):
        exchange.render(snapshot(), kind, table)


@pytest.mark.parametrize("driver", ["GPKG", "GeoJSON", "LIBKML", "KML"])
@pytest.mark.parametrize("kind", ["gpkg", "geojson", "kml"])
def test_a_layer_saved_again_by_a_map_program_comes_back_unchanged(kind, driver, tmp_path):
    of = snapshot()
    first, again = tmp_path / f"a.{kind}", tmp_path / f"b.{driver.removeprefix('LIB').lower()}"
    first.write_bytes(exchange.render(of, kind))
    pyogrio.write_dataframe(pyogrio.read_dataframe(first), again, driver=driver)
    same(again.read_bytes(), of, kind)


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory, simulated):
    """Give a file that LibreOffice opened and saved as another kind; all of a kind at once."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice (soffice) is not installed: nothing saves the files again")
    folder = tmp_path_factory.mktemp("office")
    given = {
        "xlsx": {"shipped": (snapshot(), "sites"), "simulated": (simulated, "sites")},
        "csv": {table: (simulated, table) for table in exchange.TABLES},
    }

    @cache
    def save(kind, ending):
        paths = [folder / f"{name}.{kind}" for name in given[kind]]
        for path in paths:
            of, table = given[kind][path.stem]
            path.write_bytes(exchange.render(of, kind, table))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        into = ["--convert-to", ending, "--outdir", str(folder / kind)]
        # Comma, quotation mark, UTF-8, as we write CSV.
        reading = ["--infilter=CSV:44,34,76,1"] if kind == "csv" else []
        command = [office, profile, "--headless", *reading, *into, *map(str, paths)]
        subprocess.run(command, capture_output=True, check=True, timeout=240)
        return folder / kind

    return lambda name, kind, ending: (save(kind, ending) / f"{name}.{ending}").read_bytes()


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("data", ["shipped", "simulated"])
def test_what_libreoffice_saved_again_is_still_no_change(saved_again, ending, data, simulated):
    of = simulated if data == "simulated" else snapshot()
    same(saved_again(data, "xlsx", ending), of, ending, exchange.TABLES)


@pytest.mark.parametrize("table", exchange.TABLES)
def test_what_libreoffice_made_of_csv_is_still_no_change(saved_again, table, simulated):
    same(saved_again(table, "csv", "xlsx"), simulated, "xlsx", (table,))
