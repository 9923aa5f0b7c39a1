"""Files on the command line: what is wrong is said, what is right becomes a draft, whole."""

import argparse
import importlib
import json

import openpyxl
import pandas as pd
import pytest

from geodata import intake
from geodata.commands.main import COMMANDS, main
from geodata.core.text import _
from geodata.geography import units
from geodata.intake.reading import apart, files
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.store import REAL, SIMULATED, Store
from geodata.store.headings import Headings
from tests.entering import STEWARD
from tests.geodata.store.samples import drafted, said

KEYS = {"kind", "rows", "ok", "errors", "notices", "left_out", "notes", "blanks", "diff"}
FINDING = {"sheet", "row", "column", "place", "value", "rule", "message", "suggestion", "level"}
FINDING |= {"kind", "is_layer"}
GOOD = {
    "Loại cơ sở": "Siêu thị",
    "Tên cơ sở": "Siêu thị Thử Nghiệm",
    "Xã, phường, thị trấn": "Phường Vị Tân",
    "Tọa độ": "9,7845; 105,4701",
    "Sai số vị trí (m)": 20,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    store = Store(f"sqlite:///{path}")
    store.create(intake.shipped_sites(), intake.shipped_evidence())
    geography = units.load_blocks(), units.load_legacy_communes()
    store.fill(SIMULATED, *simulate.simulate(*geography, plan.shipped(), 30, 1))
    return path.read_bytes()


@pytest.fixture
def store(made, tmp_path, monkeypatch):
    path = tmp_path / "store.sqlite"
    path.write_bytes(made)
    monkeypatch.setenv("HG_STORE", str(path))
    monkeypatch.setenv("HG_ROLES", str(tmp_path / "roles.toml"))
    return Store(f"sqlite:///{path}")


@pytest.fixture
def table(tmp_path):
    """Make a workbook of rows."""

    def make(*rows, name="tệp.xlsx"):
        path = tmp_path / name
        pd.DataFrame(list(rows)).to_excel(path, index=False)
        return path

    return make


@pytest.fixture
def run_whole(store, capsys):  # noqa: ARG001 - the store is found by the environment
    def call(*words):
        code = main([str(word) for word in words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def run(run_whole, monkeypatch):
    """Run a command that reads files right here, not in a process that takes a second to start."""
    monkeypatch.setattr(apart, "read", files.read)
    return run_whole


def actions(store):
    return store.journal(REAL)["action"].tolist()


def test_a_check_is_told_as_json_and_saves_nothing(run, store, table):
    before = store.path.read_bytes()
    wrong = GOOD | {"Tên cơ sở": "Siêu thị Hai", "Ngày quyết định": "31/02/2024"}
    code, out, err = run("check", table(GOOD, wrong), "--json")
    answer = json.loads(out)
    assert code == 1
    assert (set(answer), answer["kind"], answer["rows"], answer["ok"]) == (KEYS, "sites", 2, False)
    (error,) = (one for one in answer["errors"] if one["column"] == "decision_date")
    assert FINDING | {"choices"} == set(error)
    assert (error["sheet"], error["row"], error["value"]) == ("Sheet1", 3, "31/02/2024")
    assert "không phải là ngày" in error["message"]
    assert set(answer["diff"]) == {"new", "changed", "unchanged", "missing"}
    assert "%" in err
    assert store.path.read_bytes() == before


def test_a_clean_check_ends_with_0_and_tells_what_is_new(run, table):
    code, out, _err = run("check", table(GOOD), "--json")
    answer = json.loads(out)
    assert (code, answer["ok"], answer["errors"]) == (0, True, [])
    assert answer["diff"]["new"] == ["HG-ST-04"]
    code, out, _err = run("check", table(GOOD))
    assert code == 0
    assert "1 mới" in out


def test_in_words_a_check_names_sheet_and_cell(run, table):
    code, out, _err = run("check", table(GOOD | {"Ngày quyết định": "31/02/2024"}))
    assert code == 1
    assert "trang tính “Sheet1”, dòng 2, cột “Ngày quyết định”: " in out


def test_a_feature_of_a_layer_is_named_as_one_and_not_by_a_code(run, tmp_path):
    path = tmp_path / "lớp.geojson"
    point = {"type": "Point", "coordinates": [105.4701, 9.7845]}
    cells = {"Loại cơ sở": "Siêu thij", "Tên cơ sở": "Siêu thị Thử"}
    feature = {"type": "Feature", "geometry": point, "properties": cells}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    code, out, _err = run("check", path)
    assert code == 1
    assert "đối tượng 1, “Loại cơ sở”: " in out
    assert "!" not in out


def test_the_marked_copy_is_written_beside(run, table, tmp_path):
    copy = tmp_path / "nhận xét.xlsx"
    run("check", table(GOOD | {"Ngày quyết định": "31/02/2024"}), "--marked", copy)
    assert "không phải là ngày" in openpyxl.load_workbook(copy).active["F2"].comment.text


def test_import_writes_a_draft_of_all_rows_and_the_same_file_again_nothing(run, store, table):
    known = {"Mã cơ sở": "HG-ST-01", "Tên cơ sở": "Tên mới", "Loại cơ sở": "Siêu thị"}
    path = table(GOOD | {"Mã cơ sở": ""}, known)
    code, out, _err = run("import", path, "--note", "đợt 1")
    assert code == 0
    assert "1 mới, 1 thay đổi" in out
    entry = store.journal(REAL).iloc[0]
    assert (entry["origin"], entry["action"], entry["note"], entry["sites"]) == (
        "tệp.xlsx",
        "import",
        "đợt 1",
        2,
    )
    assert entry["who"].startswith("cli:")
    assert store.load(REAL).sites.loc["HG-ST-01", "name_vi"] == "Tên mới"
    assert "HG-ST-04" not in store.load(REAL, published=True).sites.index
    code, out, _err = run("import", path)
    assert (code, out.strip()) == (0, _("The file changes nothing."))
    assert actions(store) == ["import", "fill"]


@pytest.mark.parametrize(
    "second",
    [
        {"Ngày quyết định": "31/02/2024", "Tên cơ sở": "Khác"},
        {},  # the same site twice: a question
    ],
    ids=["error", "question"],
)
def test_a_file_with_an_error_or_an_open_question_saves_no_row(run, store, table, second):
    before = store.version(REAL)
    code, out, err = run("import", table(GOOD, GOOD | second))
    assert code == 1
    assert "trang tính “Sheet1”, dòng 3, cột “" in out
    assert _("Nothing was saved; correct the file and try again.") in err
    assert store.version(REAL) == before


def test_publishing_at_once_needs_an_office_of_one_person(run, store, made, table, tmp_path):
    code, _out, err = run("import", table(GOOD), "--publish")
    assert code == 1
    assert "one_person" in err
    assert "HG-ST-04" not in store.load(REAL).sites.index  # decided before anything was saved
    (tmp_path / "roles.toml").write_text("one_person = true\n", "utf-8")
    store.path.write_bytes(made)
    code, out, _err = run("import", table(GOOD), "--publish")
    assert (code, out.splitlines()[-1]) == (0, _("Reviewed and published."))
    assert "HG-ST-04" in store.load(REAL, published=True).sites.index


def test_publishing_at_once_saves_nothing_while_others_wait_for_review(run, store, table, tmp_path):
    (tmp_path / "roles.toml").write_text("one_person = true\n", "utf-8")
    drafted(store, said("E1"))
    before = store.version(REAL)
    code, _out, err = run("import", table(GOOD), "--publish")
    assert (code, store.version(REAL)) == (1, before)
    assert "chưa được duyệt" in err


def test_the_simulated_workspace_is_another_one(run, store, table):
    before = store.version(REAL)
    assert run("import", table(GOOD), "--demo")[0] == 0
    assert store.version(REAL) == before
    assert store.journal(SIMULATED)["action"].tolist()[0] == "import"


@pytest.mark.parametrize("kind", ["xlsx", "gpkg"])  # of all kinds: intake, in this process
def test_what_is_exported_changes_nothing_when_it_is_imported(run_whole, store, tmp_path, kind):
    path = tmp_path / "out" / f"dữ liệu.{kind}"
    code, out, _err = run_whole("export", path)
    assert (code, out.splitlines()[0]) == (0, str(path))
    code, out, _err = run_whole("import", path)
    assert (code, out.strip()) == (0, _("The file changes nothing."))
    assert actions(store) == ["fill"]


def test_a_table_is_exported_by_name(run, tmp_path):
    path = tmp_path / "e.CSV"
    assert run("export", path, "--table", "evidence")[0] == 0
    assert "event_date" in path.read_text("utf-8-sig").splitlines()[0]


def test_beside_a_csv_file_stands_where_it_comes_from(run, tmp_path):
    path = tmp_path / "a.csv"
    code, out, _err = run("export", path, "--as-of", "2024-12-31", "--public")
    beside = tmp_path / "a.csv-metadata.json"
    assert (code, out.splitlines()) == (0, [str(path), str(beside)])
    (notes,) = json.loads(beside.read_text("utf-8"))["notes"]
    assert (notes["as_of"], notes["access"]) == ("2024-12-31", "public")
    assert "made_by" not in notes


def test_what_has_no_point_on_a_map_is_counted_and_named(run, tmp_path):
    code, _out, err = run("export", tmp_path / "a.geojson")
    features = json.loads((tmp_path / "a.geojson").read_text("utf-8"))["features"]
    missing = [one["properties"]["id"] for one in features if one["geometry"] is None]
    assert code == 0
    assert missing
    assert err.startswith(f"{len(missing)} dòng")
    assert all(code in err for code in missing)
    assert run("export", tmp_path / "a.csv")[2] == ""


def test_what_was_entered_later_is_left_out(run, tmp_path):
    path = tmp_path / "e.csv"
    assert run("export", path, "--table", "evidence", "--known-at", "2001-01-01")[0] == 0
    assert len(path.read_text("utf-8-sig").splitlines()) == 1


def test_the_template_is_written_and_is_in_order(run, tmp_path):
    path = tmp_path / "mẫu.xlsx"
    assert run("template", path)[0] == 0
    code, out, _err = run("import", path)
    assert (code, out.strip()) == (0, _("The file changes nothing."))


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("export", "a.ods"), 2, "xlsx, csv, geojson, gpkg, kml"),
        (("export", "a"), 2, "xlsx"),
        (("export", "a.csv", "--table", "people"), 2, "--table"),
        (("export", "a.csv", "--table", "declarations", "--public"), 2, "--public"),
        (("check",), 2, "FILE"),
        (("check", "không-có.xlsx"), 1, "không-có.xlsx"),
        (("import", "không-có.xlsx"), 1, "không-có.xlsx"),
        (("export", "/proc/không-được/a.csv"), 1, "/proc/không-được/a.csv"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run, words, code, named):
    ended, out, err = run(*words)
    assert (ended, out) == (code, "")
    assert named in err
    assert "Traceback" not in err


def test_without_a_store_a_check_says_how_to_make_one(run, store, table):
    store.path.unlink()
    code, _out, err = run("check", table(GOOD), "--json")
    assert code == 1
    assert "python -m geodata init" in err


def test_blank_cells_keep_what_is_known_or_empty_it_when_told_to(run, table, store):
    name = store.load(REAL).sites.loc["HG-ST-01", "name_vi"]
    row = {"Mã cơ sở": "HG-ST-01", "Tên cơ sở": name, "Loại cơ sở": "Siêu thị"}
    path = table(row | {"Chủ đầu tư, đơn vị quản lý": None, "Tọa độ": None})
    kept = json.loads(run("check", str(path), "--json")[1])
    assert kept["blanks"] == {"operator": 1, "lat": 1, "lon": 1}
    assert kept["diff"]["unchanged"] == ["HG-ST-01"]
    cleared = json.loads(run("check", str(path), "--json", "--blank-clears")[1])
    assert set(cleared["diff"]["changed"]["HG-ST-01"]) == {"operator", "lat", "lon"}
    code, out, _err = run("import", str(path), "--blank-clears")
    assert code == 0
    assert "Ô trống sẽ xóa 3 giá trị đang có" in out
    assert pd.isna(store.load(REAL).sites.loc["HG-ST-01", "operator"])


def test_what_is_not_taken_in_is_told_before_anything_is_saved(run, table):
    path = table(GOOD | {"Doanh thu": "1.234"})
    for command in ("check", "import"):
        code, _out, err = run(command, path)
        assert code == 0
        assert "1 cột không đưa vào: Doanh thu" in err
    _code, out, _err = run("check", path, "--json")
    (part,) = json.loads(out)["left_out"]
    assert (part["part"], part["items"]) == ("column", ["Doanh thu (F)"])


def test_columns_that_a_person_explained_once_need_no_word_more(run, store, table, tmp_path):
    row = {"Chợ hay quầy": "Siêu thị Một", "Thuộc nhóm nào": "Siêu thị", "Ghim": GOOD["Tọa độ"]}
    path = table(row)
    code, _out, err = run("check", path)
    assert code == 1
    assert "Các cột trong tệp: Chợ hay quầy; Thuộc nhóm nào; Ghim." in err
    columns = {"Chợ hay quầy": "name_vi", "Thuộc nhóm nào": "kind", "Ghim": "position"}
    ways = {("sites", header): column for header, column in columns.items()}
    Headings(store, REAL).remember(ways, who=STEWARD)
    code, out, _err = run("check", path, "--json")
    answer = json.loads(out)
    assert (code, answer["kind"], answer["diff"]["new"]) == (0, "sites", ["HG-ST-04"])

    code, _out, _err = run("headings", tmp_path / "cột.csv")
    listed = pd.read_csv(tmp_path / "cột.csv", dtype="string")
    assert (code, dict(zip(listed["header"], listed["column"], strict=True))) == (0, columns)
    assert set(listed["who"]) == {STEWARD.email}


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_option_of_a_command_says_what_it_is_for(command):
    parser = argparse.ArgumentParser()
    importlib.import_module(f"geodata.commands.{COMMANDS[command].module}").add(parser)
    silent = [one.dest for one in parser._actions if one.option_strings and not one.help]
    assert silent == []
