"""History in words: what two states differ in, what an entry did, which briefing came before."""

from datetime import date, datetime
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import intake
from geodata.commands.main import main
from geodata.core.text import day
from geodata.reading.view import View
from geodata.register import declarations, sites
from geodata.register import evidence as ev
from geodata.stewardship import history
from geodata.store import REAL, Store
from tests.examples import examples

NO_RECORDS = ev.typed(pd.DataFrame(), date.max)
UNDECLARED = declarations.none()
NO_DOCUMENTS = pd.DataFrame(columns=["id", "evidence", "name", "type", "size"])
PLACE = {"kind": "supermarket", "name_vi": "Siêu thị A", "lat": "9.78", "year": "2024"}


def register(**changed):
    return sites.typed(pd.DataFrame([{"id": "S1", **PLACE, **changed}]))


def records(*ids, **cells):
    row = {"axis": "outreach", "kind": "held", "event_date": "2024-05-01", "grade": "A", **cells}
    return ev.typed(pd.DataFrame([{"id": key, **row} for key in ids]), date(2024, 6, 1))


def state(register, records=NO_RECORDS, documents=NO_DOCUMENTS):
    return SimpleNamespace(
        sites=register, evidence=records, declarations=UNDECLARED, documents=documents
    )


def cells(before, after, **named):
    differences = history.compared(before, after, **named)
    return {row["column"]: (row["before"], row["after"]) for row in differences.to_dict("records")}


# --- two states ----------------------------------------------------------------------------


def test_the_same_state_differs_in_nothing():
    both = state(intake.shipped_sites(), intake.shipped_evidence())
    assert history.compared(both, both).empty


@pytest.mark.parametrize(
    ("column", "was", "now", "shown"),
    [
        ("name_vi", "Siêu thị A", "Siêu thị B", ("Siêu thị A", "Siêu thị B")),
        ("kind", "supermarket", "shopping_centre", ("Siêu thị", "Trung tâm thương mại")),
        ("lifecycle", "", "operating", ("Chưa rõ", "Đang hoạt động")),
        ("valid_from", "", "2024-02-01", ("", "01/02/2024")),
        ("history", "", "operating | 2019-05-01", ("", "Đang hoạt động | 01/05/2019")),
        ("lat", "9.78", "9.7845", ("9,78", "9,7845")),
        ("area_ha", "1290.5", "", ("1.290,5", "")),
        ("year", "2024", "2025", ("2024", "2025")),
        ("public", "yes", "no", ("Có", "Không")),
    ],
)
def test_a_changed_cell_is_told_as_people_write_it(column, was, now, shown):
    before, after = state(register(**{column: was})), state(register(**{column: now}))
    assert cells(before, after) == {column: shown}


def test_a_new_record_is_one_row_with_all_that_it_says_under_the_name_of_its_site():
    differences = history.compared(
        state(register()), state(register(), records("E1", subject="S1"))
    )
    (row,) = differences.to_dict("records")
    assert (row["table"], row["change"], row["name"]) == ("evidence", "added", "Siêu thị A")
    assert row["before"] == ""
    for part in ("Ngày diễn ra: 01/05/2024", "Loại sự kiện: Đã tổ chức", "Hạng minh chứng: A"):
        assert part in row["after"]


def test_a_site_that_went_is_told_with_what_it_was():
    differences = history.compared(state(register()), state(register().head(0)))
    (row,) = differences.to_dict("records")
    assert (row["change"], row["name"], row["after"]) == ("removed", "Siêu thị A", "")
    assert "Vĩ độ: 9,78" in row["before"]


def test_a_document_is_about_the_site_its_record_speaks_of():
    scanned = pd.DataFrame(
        [{"id": "f" * 64, "evidence": "E1", "name": "biên bản.pdf", "type": "pdf", "size": 3.0}]
    )
    recorded = records("E1", subject="S1")
    differences = history.compared(
        state(register(), recorded), state(register(), recorded, scanned)
    )
    assert differences[["table", "about", "name"]].to_numpy().tolist() == [
        ["document", "S1", "Siêu thị A"]
    ]


def test_evidence_about_a_district_bears_its_name():
    recorded = state(register(), records("E1", subject="930"))
    differences = history.compared(state(register()), recorded, {"930": "Thành phố Vị Thanh"})
    assert differences["name"].tolist() == ["Thành phố Vị Thanh"]


def test_before_anything_was_entered_all_is_new():
    differences = history.compared(None, state(register(), records("E1", "E2", subject="S1")))
    assert differences["change"].tolist() == ["added"] * 3


def test_one_sites_history_leaves_out_the_others():
    both = pd.concat([register(), register(id="S2").set_index(pd.Index(["S2"]))])
    recorded = records("E1", subject="S1")
    differences = history.compared(None, state(sites.located(pd.DataFrame(both)), recorded))
    assert history.of_site(differences, "S1")["id"].tolist() == ["S1", "E1"]


def test_a_summary_counts_records_not_cells_and_names_only_the_first():
    before = state(register())
    many = records(*(f"E{n}" for n in range(1200)), subject="S1")
    differences = history.compared(
        before, state(register(name_vi="B", valid_from="2024-01-01"), many)
    )
    assert history.summary(differences) == [
        "Sửa đổi: 1 cơ sở – B",
        "Thêm mới: 1.200 minh chứng – B",
    ]


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip)


NOWHERE = register().head(0)
REGISTERS = st.dictionaries(st.sampled_from("ABCDE"), NAMES)


@examples(10)
@given(REGISTERS, REGISTERS)
def test_what_is_told_adds_up_to_what_changed(before, after):
    def state_of(names):
        frame = NOWHERE.drop(columns="geometry")
        rows = [{"id": key, "name_vi": name, "kind": "supermarket"} for key, name in names.items()]
        return state(sites.located(pd.concat([frame, pd.DataFrame(rows, dtype="string")])))

    differences = history.compared(state_of(before), state_of(after))
    ids_by_change = {kind: set(rows["id"]) for kind, rows in differences.groupby("change")}
    both = before.keys() & after.keys()
    assert ids_by_change.get("added", set()) == after.keys() - before.keys()
    assert ids_by_change.get("removed", set()) == before.keys() - after.keys()
    assert ids_by_change.get("changed", set()) == {key for key in both if before[key] != after[key]}


# --- the journal ---------------------------------------------------------------------------

FILLED, IMPORTED, NOTED = (
    datetime.fromisoformat(f"2026-11-{text}") for text in ("01T03:00", "10T16:59", "10T17:01")
)
DEFAULTS = {"who": "lan@example.vn", "origin": "", "about": pd.NA, "note": ""}
DEFAULTS |= dict.fromkeys(("sites", "evidence", "declarations", "documents"), 0)
DEFAULTS |= dict.fromkeys(("reviewed", "published", "undone"), False)


def entry(**values):
    return {**DEFAULTS, **values}


JOURNAL = pd.DataFrame(
    [
        entry(entry=3, at=NOTED, action="briefing", note="as_of=2026-11-10"),
        entry(entry=2, at=IMPORTED, action="import", origin="a.xlsx", sites=2, evidence=1),
        entry(entry=1, at=FILLED, action="fill", who="init", reviewed=True, published=True),
    ]
)


@pytest.mark.parametrize(
    ("on", "last"), [("2026-10-31", None), ("2026-11-09", 1), ("2026-11-10", 2), ("2026-11-11", 3)]
)
def test_a_day_ends_by_the_clocks_of_viet_nam(on, last):
    assert history.entry_on(JOURNAL, date.fromisoformat(on)) == last


def test_every_entry_is_told_in_words():
    sentences = [history.entry_text(row) for row in JOURNAL.to_dict("records")]
    assert sentences == [
        "Đã trình báo cáo, số liệu đến 10/11/2026",
        "Nhập từ tệp: a.xlsx",
        "Dữ liệu có sẵn theo phần mềm",
    ]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"action": "import"}, "draft"),
        ({"action": "import", "reviewed": True}, "reviewed"),
        ({"action": "edit", "reviewed": True, "published": True}, "published"),
        ({"action": "import", "published": True, "undone": True}, "undone"),
        ({"action": "review", "published": True}, "note"),
    ],
)
def test_the_state_of_an_entry_is_the_furthest_it_came(values, state):
    assert history.state_of(entry(**values)) == state


def test_only_data_waits_for_publication_and_the_oldest_comes_first():
    more = pd.DataFrame([entry(entry=4, at=NOTED, action="edit")])
    waits = history.unpublished(pd.concat([more, JOURNAL], ignore_index=True))
    assert waits["entry"].tolist() == [2, 4]


def test_the_entry_before_the_first_is_none():
    before = [history.entry_before(JOURNAL, number) for number in (3, 2, 1)]
    assert before == [2, 1, None]


# --- briefings given -----------------------------------------------------------------------


@given(st.dates(date(2024, 1, 1), date(2026, 1, 1)))
def test_what_is_noted_of_a_briefing_tells_its_day(as_of):
    assert history.given_on(history.noted(View(as_of, unit="930"))) == as_of


@pytest.mark.parametrize("note", ["", "as_of=", "as_of=yesterday", "kinds=supermarket"])
def test_a_note_without_a_day_is_no_briefing_to_compare_with(note):
    assert history.given_on(note) is None


@pytest.mark.parametrize(
    ("before", "expected"), [("2024-07-01", "2024-06-30"), ("2024-06-30", "2024-03-31"),
                          ("2024-03-31", None)]
)  # fmt: skip
def test_the_last_briefing_before_a_day_is_found(before, expected):
    notes = ["as_of=2024-06-30&unit=930", "as_of=2024-03-31"]
    last = history.last_given(notes, date.fromisoformat(before))
    assert (last and last.isoformat()) == expected


def test_the_command_line_notes_that_a_briefing_was_given(tmp_path, monkeypatch, capsys):
    url = f"sqlite:///{tmp_path}/store.sqlite"
    Store(url).create(intake.shipped_sites(), intake.shipped_evidence())
    monkeypatch.setenv("HG_STORE", url)
    monkeypatch.setenv("HG_ROLES", str(tmp_path / "roles.toml"))
    out = str(tmp_path / "b.xlsx")
    assert main(["briefing", out, "--as-of", "2024-12-31", "--given"]) == 0
    (row,) = Store(url).journal(REAL).query("action == 'briefing'").to_dict("records")
    assert day(history.given_on(row["note"])) == "31/12/2024"
    assert row["who"].startswith("cli:")
    empty = tmp_path / "evidence.csv"
    empty.write_text("id,subject,axis,kind\n", "utf-8")
    asked = ["briefing", out, "--as-of", "2024-12-31", "--given", "--evidence", str(empty)]
    capsys.readouterr()
    assert main(asked) == 2
    assert "--given" in capsys.readouterr().err
    assert len(Store(url).given(REAL)) == 1
