"""The diagnosis of a file: every wrong cell named in its place, every question answerable."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from geodata.geography import units
from geodata.geography.coordinates import to_vn2000
from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import Holdings, diagnose
from geodata.intake.judging.difference import as_text
from geodata.intake.reading.grid import Sheet
from geodata.register import declarations, evidence, ids, sites
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.stewardship import entering
from tests.examples import examples
from tests.shipped import KNOWN

TODAY = date(2026, 11, 22)
FIRST = 5  # the row of the first record in the sheet
FULL = {"sites": sites.COLUMNS, "evidence": evidence.COLUMNS}
BLOCKS = units.load_blocks()
POINT = BLOCKS[BLOCKS["unit"] == "935-31441"].iloc[0].geometry.representative_point()


def sheet(rows, kind="sites", name="Biểu 1"):
    cells = (rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows)).astype("string")
    cells = cells.set_axis(range(FIRST, FIRST + len(cells)))
    letters = {column: chr(65 + at % 26) for at, column in enumerate(cells)}
    return Sheet(name, kind, cells, letters, {c: c for c in cells}, (), ())


def diagnosed(*rows, kind="sites", answers=None, known=KNOWN):
    return diagnose([sheet(list(rows), kind)], known, TODAY, answers)


def findings(diagnosis, level=None):
    return [(f.row, f.column) for f in diagnosis.findings if level in (None, f.level)]


def answer(diagnosis, pick=0):
    """Answer every open question with one of its choices."""
    asked = [f for f in diagnosis.findings if f.level is Level.QUESTION]
    return {(f.sheet, f.row, f.column): f.choices[pick].value for f in asked}


def site(**cells):
    return {"name_vi": "Siêu thị Mới", "kind": "Siêu thị", "commune_2025": "31441", **cells}


def event(**cells):
    return {
        "subject": "HG-ST-01",
        "axis": "outreach",
        "kind": "held",
        "event_date": "30/06/2024",
        "grade": "B",
        "scope": "site",
        "topic": "scp",
        "organiser": "Sở Công Thương",
        **cells,
    }


def test_what_was_exported_comes_back_unchanged():
    tables = [
        sheet(as_text(KNOWN.sites, sites.COLUMNS), "sites", "Cơ sở"),
        sheet(as_text(KNOWN.evidence, evidence.COLUMNS), "evidence", "Minh chứng"),
    ]
    diagnosis = diagnose(tables, KNOWN, TODAY)
    assert (diagnosis.ok, diagnosis.findings) == (True, ())
    assert diagnosis.kind == "sites+evidence"
    assert diagnosis.rows == len(KNOWN.sites) + len(KNOWN.evidence)
    for kind, difference in diagnosis.difference.items():
        assert (difference.new, dict(difference.changed), difference.missing) == ((), {}, ()), kind
    assert diagnosis.changes().sites.empty
    assert diagnosis.changes().evidence.empty


@examples(4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.integers(0, 10**6), st.data())
def test_any_register_comes_back_unchanged_in_any_order_and_with_any_columns(seed, data):
    made = simulate.simulate(BLOCKS, units.load_legacy_communes(), plan.shipped(), 40, seed)
    known = Holdings(*made, declarations.none())
    for kind, frame in (("sites", known.sites), ("evidence", known.evidence)):
        kept = data.draw(st.sets(st.sampled_from([c for c in FULL[kind] if c != "id"])))
        order = data.draw(st.permutations(range(len(frame))))
        text = as_text(frame, FULL[kind]).iloc[order][["id", *kept]]
        diagnosis = diagnose([sheet(text, kind)], known, TODAY)
        difference = diagnosis.difference[kind]
        assert diagnosis.ok, diagnosis.open[:3]
        assert (difference.new, dict(difference.changed), difference.missing) == ((), {}, ())


def test_what_was_exported_without_codes_comes_back_unchanged():
    tables = [
        sheet(as_text(KNOWN.sites, sites.COLUMNS).drop(columns="id"), "sites", "Cơ sở"),
        sheet(as_text(KNOWN.evidence, evidence.COLUMNS).drop(columns="id"), "evidence", "MC"),
    ]
    diagnosis = diagnose(tables, KNOWN, TODAY)
    assert diagnosis.ok
    for kind, difference in diagnosis.difference.items():
        assert (difference.new, dict(difference.changed), difference.missing) == ((), {}, ()), kind


def test_every_wrong_cell_is_named_by_sheet_row_column_and_place():
    diagnosis = diagnosed(
        site(),
        site(name_vi="Siêu thị Hai", kind="Siêu thịi", area_ha="to", decision_date="30/02/2024"),
        site(name_vi="", public="perhaps", commune_2025="99999"),
    )
    assert not diagnosis.ok
    wrong = [f for f in diagnosis.findings if f.level is Level.ERROR]
    assert {(f.row, f.column) for f in wrong} == {
        (6, "kind"),
        (6, "area_ha"),
        (6, "decision_date"),
        (7, "name_vi"),
        (7, "public"),
        (7, "commune_2025"),
    }
    first = next(f for f in wrong if f.column == "kind")
    assert (first.sheet, first.place, first.value) == ("Biểu 1", "B", "Siêu thịi")
    assert first.suggestion == "Siêu thị"
    assert all(f.rule and f.message for f in wrong)


def test_the_plain_form_says_what_the_command_line_promises():
    plain = diagnosed(site(kind="?"), {**site(), "name_vi": "Siêu thị Hai"}).as_dict()
    assert set(plain) >= {"kind", "rows", "ok", "errors", "diff"}
    assert (plain["kind"], plain["rows"], plain["ok"]) == ("sites", 2, False)
    wanted = {"sheet", "row", "column", "value", "rule", "message", "suggestion"}
    assert [set(error) >= wanted for error in plain["errors"]] == [True]
    assert (plain["errors"][0]["row"], plain["errors"][0]["column"]) == (5, "kind")
    assert set(plain["diff"]) == {"new", "changed", "unchanged", "missing"}
    assert "HG-ST-04" in plain["diff"]["new"]


def test_a_new_site_gets_the_next_code_and_its_units():
    diagnosis = diagnosed(
        site(commune="xã Vị Thắng", district="Vị Thủy", commune_2025=None),
        {"name_vi": "Làng nghề Mới", "kind": "Làng nghề", "commune": "Xã Hỏa Lựu"},
    )
    assert diagnosis.ok
    made = diagnosis.changes().sites
    codes = made[["district_legacy", "commune_legacy", "commune_2025"]].fillna("")
    assert list(made["id"]) == ["HG-ST-04", "HG-LN-14"]
    assert codes.to_numpy().tolist() == [["935", "31450", "31441"], ["930", "", "31338"]]


def test_a_blank_cell_and_an_absent_column_leave_what_is_known():
    name = KNOWN.sites.loc["HG-ST-01", "name_vi"]
    row = {"id": "HG-ST-01", "kind": "supermarket", "name_vi": name, "source": ""}
    assert diagnosed(row).difference["sites"].unchanged == ("HG-ST-01",)


def test_positions_are_read_by_the_commune_of_the_row_and_said():
    paper = to_vn2000(POINT.x, POINT.y, 105.5)
    diagnosis = diagnosed(site(vn2000_x=f"{paper.north_x:.3f}", vn2000_y=f"{paper.east_y:.3f}"))
    assert diagnosis.ok
    assert (diagnosis.sites["lon"].iloc[0], diagnosis.sites["lat"].iloc[0]) == pytest.approx(
        (POINT.x, POINT.y), abs=1e-7
    )
    (notice,) = diagnosis.notices
    assert (notice.row, notice.column) == (FIRST, "vn2000_x")
    assert "105°30′" in notice.message


def test_a_known_site_is_tried_on_its_own_commune_where_the_file_names_none():
    x, y = (f"{v:.2f}" for v in (1_082_058.463, 551_374.634))
    row = {"id": "HG-KCN-01", "vn2000_x": x, "vn2000_y": y, "name_vi": "KCN Sông Hậu"}
    diagnosis = diagnosed({**row, "kind": "KCN"})
    assert findings(diagnosis, Level.ERROR) == [(FIRST, "vn2000_x")]


def test_an_ambiguous_position_is_asked_about_and_its_answer_is_taken():
    row = site(commune_2025=None, vn2000_x="1082000", vn2000_y="504000")
    diagnosis = diagnosed(row)
    assert findings(diagnosis, Level.QUESTION) == [(FIRST, "vn2000_x")]
    assert diagnosis.sites["lat"].isna().all()
    places = set()
    for pick in range(len(diagnosis.open[0].choices)):
        settled = diagnosed(row, answers=answer(diagnosis, pick))
        assert settled.ok
        places.add((settled.sites["lat"].iloc[0], settled.sites["lon"].iloc[0]))
    assert len(places) == len(diagnosis.open[0].choices)


def test_a_name_of_two_communes_is_asked_about_and_its_answer_is_taken():
    row = site(commune="Vị Thủy", commune_2025=None)
    diagnosis = diagnosed(row)
    assert findings(diagnosis, Level.QUESTION) == [(FIRST, "commune")]
    settled = [diagnosed(row, answers=answer(diagnosis, pick)) for pick in (0, 1)]
    assert [d.ok for d in settled] == [True, True]
    assert [d.sites["commune_2025"].iloc[0] for d in settled] == ["31453", "31441"]


def test_a_typed_correction_takes_the_place_of_a_cell():
    wrong = diagnosed(site(decision_date="31/31/2024"))
    assert not wrong.ok
    right = diagnosed(
        site(decision_date="31/31/2024"), answers={("Biểu 1", FIRST, "decision_date"): "31/12/2024"}
    )
    assert right.ok
    assert right.sites["decision_date"].iloc[0] == pd.Timestamp("2024-12-31")


def test_a_duplicate_in_the_file_is_left_out_or_kept():
    rows = (site(), site(name_vi="SIÊU THỊ MỚI"))
    diagnosis = diagnosed(*rows)
    ((row, column),) = findings(diagnosis, Level.QUESTION)
    assert column == "id"
    assert row in (5, 6)
    one, both = (diagnosed(*rows, answers=answer(diagnosis, pick)) for pick in (0, 1))
    assert (one.ok, list(one.sites["id"])) == (True, ["HG-ST-04"])
    assert (both.ok, sorted(both.sites["id"])) == (True, ["HG-ST-04", "HG-ST-05"])


def test_a_near_duplicate_of_the_register_becomes_it_or_a_new_site():
    known = KNOWN.sites.loc["HG-ST-01"]
    row = {
        "name_vi": "Coopmart Vị Thanh",
        "kind": "Siêu thị",
        "lat": str(known["lat"] + 0.001),
        "lon": str(known["lon"]),
    }
    diagnosis = diagnosed(row)
    assert "HG-ST-01" in diagnosis.open[0].suggestion
    same, new = (diagnosed(row, answers=answer(diagnosis, pick)) for pick in (0, 1))
    assert set(same.difference["sites"].changed["HG-ST-01"]) == {"name_vi", "lat"}
    assert (new.ok, new.difference["sites"].new) == (True, ("HG-ST-04",))


def test_two_rows_that_claim_one_known_site_by_name_are_asked_about():
    name = KNOWN.sites.loc["HG-ST-01", "name_vi"]
    row = {"name_vi": name, "kind": "Siêu thị"}
    diagnosis = diagnosed(row, {**row, "commune_2025": "31340"})
    assert findings(diagnosis, Level.QUESTION) == [(5, "id"), (6, "id")]


def test_a_code_given_twice_is_an_error_in_both_rows():
    diagnosis = diagnosed(site(id="A"), site(id="A", name_vi="Chợ Khác", commune_2025="31340"))
    assert findings(diagnosis, Level.ERROR) == [(5, "id"), (6, "id")]


def test_dates_of_evidence_come_in_every_habit():
    texts = ["30/06/2024", "2024-06-29", "45471", "tháng 6/2024", "quý II/2024"]
    diagnosis = diagnosed(*(event(event_date=text) for text in texts), kind="evidence")
    assert diagnosis.ok
    made = diagnosis.changes().evidence
    days = made["event_date"].dt.strftime("%d/%m").fillna("").tolist()
    assert days == ["30/06", "29/06", "28/06", "", ""]
    assert made["date_text"].fillna("").tolist() == ["", "", "", *texts[3:]]
    assert made["grade"].astype(str).tolist() == ["B", "B", "B", "D", "D"]
    assert findings(diagnosis, Level.NOTICE) == [(row, "event_date") for row in (7, 8, 9)]


def each_of(rows, answers=None):
    """The diagnosis of records on sheets of their own, and of each what there is to say."""
    tables = [sheet([row], "evidence", str(at)) for at, row in enumerate(rows)]
    diagnosis = diagnose(tables, KNOWN, TODAY, answers)
    of_sheet = {
        table.name: [f for f in diagnosis.findings if f.sheet == table.name] for table in tables
    }
    return diagnosis, list(of_sheet.values())


BROKEN = [
    ({"subject": "HG-ST-99"}, "subject"),
    ({"subject": ""}, "subject"),
    ({"event_date": "01/01/2027"}, "event_date"),
    ({"event_date": "30/06/2024", "recorded_at": "29/06/2024"}, "event_date"),
    ({"supersedes": "EV-999"}, "supersedes"),
    ({"kind": "withdraw", "refers_to": "EV-999"}, "refers_to"),
    ({"grade": "Z"}, "grade"),
    ({"axis": "chưa rõ"}, "axis"),
    ({"recorded_at": "tháng 6/2024"}, "recorded_at"),
    ({"answers": "R1=maybe"}, "answers"),
]


def test_a_rule_of_evidence_that_is_broken_names_its_cell():
    rows = [event(organiser=f"Cơ quan {at}") | cells for at, (cells, _c) in enumerate(BROKEN)]
    _diagnosis, found = each_of([event(organiser="A"), *rows])
    wrong = [[f.column for f in some if f.level is Level.ERROR] for some in found]
    assert wrong == [[], *([column] for _cells, column in BROKEN)]


def test_a_subject_may_be_given_by_name():
    subjects = {
        "CO.OPMART VỊ THANH": "HG-ST-01",
        "Thị xã Long Mỹ": "937",
        "930": "930",
        "province": "province",
        "Toàn tỉnh": "province",
    }
    days = (f"{at}/06/2024" for at in range(10, 30))  # each is an event of its own
    rows = [event(subject=text, event_date=next(days)) for text in subjects]
    diagnosis, found = each_of(rows)
    assert diagnosis.ok, diagnosis.open
    assert diagnosis.evidence["subject"].tolist() == [*subjects.values()]
    assert [bool(some) for some in found] == [text != one for text, one in subjects.items()]


def test_evidence_may_speak_of_a_site_of_the_same_file():
    tables = [sheet([site()]), sheet([event(subject="Siêu thị Mới")], "evidence", "MC")]
    diagnosis = diagnose(tables, KNOWN, TODAY)
    assert diagnosis.ok
    assert diagnosis.evidence["subject"].tolist() == ["HG-ST-04"]


def test_answers_may_be_vietnamese():
    row = event(axis="compliance", kind="check", profile="P45", method="inspection")
    diagnosis = diagnosed({**row, "answers": "R1=có; R2=một phần"}, kind="evidence")
    assert diagnosis.ok
    assert diagnosis.evidence["answers"].astype(str).tolist() == ["R1=yes;R2=partial"]


LIFESTYLE = "sustainable_lifestyle"
CHECK = {"axis": "compliance", "kind": "check", "profile": "P45", "method": "inspection"}


UNCOUNTED = [
    ({"topic": ""}, "topic", Level.QUESTION),
    ({"topic": "Phòng cháy, chữa cháy"}, "topic", Level.QUESTION),
    ({"topic": "Khác; phòng cháy, chữa cháy"}, "topic", Level.NOTICE),
    ({"topic": "Rác thải nhựa"}, "topic", Level.NOTICE),
    ({"topic": "SCP; phòng cháy"}, "topic", Level.NOTICE),
    ({"topic": "Tập huấn SCP"}, "topic", Level.NOTICE),
    ({"scope": ""}, "scope", Level.QUESTION),
    ({"kind": "Văn bản"}, "kind", Level.QUESTION),
    ({**CHECK, "profile": ""}, "profile", Level.QUESTION),
    ({**CHECK, "profile": "P46"}, "profile", Level.QUESTION),
    ({**CHECK, "method": ""}, "method", Level.QUESTION),
    ({"kind": "withdraw"}, "refers_to", Level.ERROR),
    ({"kind": "cancelled"}, "refers_to", Level.ERROR),
    ({"id": "M1", "supersedes": "M1"}, "supersedes", Level.ERROR),
    ({"supersedes": "EV-001"}, "supersedes", Level.ERROR),
    ({"kind": "self_declared"}, "kind", Level.NOTICE),
    ({"event_date": "23/06/2020"}, "event_date", Level.NOTICE),
]


def test_a_record_that_cannot_count_is_named_before_it_is_taken():
    days = (f"{at}/06/2024" for at in range(10, 30))
    _diagnosis, found = each_of([event(event_date=next(days)) | row for row, *_of in UNCOUNTED])
    named = [[(f.row, f.column, f.level) for f in some] for some in found]
    assert named == [[(FIRST, column, level)] for _row, column, level in UNCOUNTED]


ANSWERED = [
    ({"topic": ""}, "topic", 0, "scp"),
    ({"topic": "", "summary_vi": "Thi về lối sống bền vững"}, "topic", 0, LIFESTYLE),
    ({"topic": "Lối sống bền vữngg"}, "topic", 0, LIFESTYLE),
    ({"topic": "Phòng cháy"}, "topic", -1, "other;Phòng cháy"),
    ({"scope": ""}, "scope", 1, "group"),
    ({"kind": "check"}, "kind", 0, "held"),
    ({**CHECK, "profile": ""}, "profile", 0, "P45"),
    ({**CHECK, "method": ""}, "method", 1, "document"),
]


def test_an_answer_makes_a_record_count_or_says_that_it_is_not_meant_to():
    days = (f"{at}/06/2024" for at in range(10, 30))
    rows = [event(subject="930", event_date=next(days)) | cells for cells, *_of in ANSWERED]
    _diagnosis, asked = each_of(rows)
    questions = [[f for f in some if f.level is Level.QUESTION] for some in asked]
    answers = {
        (f.sheet, f.row, f.column): f.choices[pick].value
        for some, (_cells, _column, pick, _value) in zip(questions, ANSWERED, strict=True)
        for f in some
    }
    settled, _found = each_of(rows, answers)
    assert settled.ok, settled.open
    made = settled.evidence.to_dict("records")
    values = [record[column] for record, (_c, column, *_v) in zip(made, ANSWERED, strict=True)]
    assert values == [value for *_of, value in ANSWERED]


def test_a_record_of_grade_d_is_kept_as_it_is():
    diagnosis = diagnosed(event(grade="D", scope="", topic="Phòng cháy; SCP"), kind="evidence")
    assert diagnosis.ok
    assert diagnosis.evidence["topic"].tolist() == ["Phòng cháy;scp"]


def test_records_entered_before_they_were_looked_at_come_back_without_a_word():
    old = event(id="EV-1", recorded_at="2024-07-01", event_date="2024-06-30", topic="SCP , Rác")
    rows = [old, {**old, "id": "EV-2", "scope": "", "topic": ""}, {**old, "id": "EV-3", **CHECK}]
    known = KNOWN._replace(evidence=evidence.typed(pd.DataFrame(rows), TODAY))
    diagnosis = diagnosed(*rows, kind="evidence", known=known)
    assert diagnosis.findings == ()
    difference = diagnosis.difference["evidence"]
    assert (difference.new, dict(difference.changed)) == ((), {})


def test_what_weakens_a_record_is_noted():
    undated, bare = event(event_date=""), event(grade="A", organiser="B")
    diagnosis = diagnosed(undated, bare, kind="evidence")
    assert diagnosis.ok
    assert findings(diagnosis, Level.NOTICE) == [(5, "event_date"), (6, "doc_no")]


def test_a_known_record_is_never_changed_but_replaced_or_left():
    row = as_text(KNOWN.evidence, evidence.COLUMNS).iloc[[15]].assign(organiser="Sở khác")
    name = row["id"].iloc[0]
    asked = diagnose([sheet(row, "evidence")], KNOWN, TODAY)
    assert findings(asked, Level.QUESTION) == [(FIRST, "id")]
    new, kept = (
        diagnose([sheet(row, "evidence")], KNOWN, TODAY, answer(asked, pick)) for pick in (0, 1)
    )
    assert new.ok
    assert new.difference["evidence"].new == (ids.of_record("real", KNOWN.evidence["id"]),)
    assert new.changes().evidence["supersedes"].tolist() == [name]
    assert kept.ok
    assert kept.difference["evidence"].unchanged == (name,)
    assert kept.changes().evidence.empty


def test_an_event_entered_twice_is_asked_about():
    diagnosis = diagnosed(event(), event(grade="C"), kind="evidence")
    assert findings(diagnosis, Level.QUESTION) == [(6, "id")]
    one, both = (
        diagnosed(event(), event(grade="C"), kind="evidence", answers=answer(diagnosis, pick))
        for pick in (0, 1)
    )
    assert [len(d.changes().evidence) for d in (one, both)] == [1, 2]
    assert (one.ok, both.ok) == (True, True)


def test_declarations_are_judged_like_evidence():
    row = {
        "plant": "HG-KCN-01", "sector": "giấy", "input": "điện", "year": "2.024",
        "consumption": "1.234,5", "consumption_unit": "kWh", "output": "10", "output_unit": "tấn",
        "grade": "B",
    }  # fmt: skip
    diagnosis = diagnosed(
        row, {**row, "input": "nước", "consumption": "nhiều"}, kind="declarations"
    )
    assert findings(diagnosis) == [(6, "consumption")]
    assert diagnosis.declarations["consumption"].iloc[0] == 1234.5
    assert diagnosis.declarations["year"].iloc[0] == 2024


@examples(5)
@given(st.permutations(range(5)))
def test_the_order_of_rows_does_not_matter(order):
    rows = [
        site(),
        site(name_vi="Siêu thị Mớii", lat=str(POINT.y), lon=str(POINT.x)),
        site(name_vi="Siêu thị Khác", commune_2025=None, commune="Vị Thủy"),
        site(name_vi="Làng nghề", kind="Làng nghề", area_ha="?"),
        site(name_vi="Siêu thị Mới", lat=str(POINT.y), lon=str(POINT.x)),
    ]

    def outcome(diagnosis, at):
        place = {row: at[row - FIRST] for row in range(FIRST, FIRST + len(at))}
        remarks = {(place[f.row], f.column, f.level, f.value) for f in diagnosis.findings}
        made = {place[i + FIRST]: name for i, name in enumerate(diagnosis.sites["id"])}
        return remarks, made

    plain = outcome(diagnosed(*rows), list(range(5)))
    assert outcome(diagnosed(*(rows[at] for at in order)), list(order)) == plain


def test_progress_is_told_from_nothing_to_the_whole():
    heard = []
    diagnose(
        [sheet([site()])],
        KNOWN,
        TODAY,
        listener=lambda share, sentence: heard.append((share, sentence)),
    )
    shares = [share for share, _sentence in heard]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert all(sentence for _share, sentence in heard)


@pytest.mark.parametrize(
    ("written", "level"), [("Dệt May", None), ("giày", "error"), ("Chế biến gạo", "error")]
)
def test_a_declaration_names_a_sector_of_the_plan(written, level):
    row = {"plant": "Nhà máy A", "sector": written, "input": "điện", "year": "2024", "grade": "A"}
    row |= {"consumption": "10", "consumption_unit": "kWh", "output": "2", "output_unit": "tấn"}
    on_sector = [f for f in diagnosed(row, kind="declarations").findings if f.column == "sector"]
    assert [f.level for f in on_sector] == ([level] if level else [])


# --- what a person reads -------------------------------------------------------------------


def test_sites_offered_for_an_unknown_one_bear_their_names_as_the_register_has_them():
    (finding,) = diagnosed(event(subject="HG-ST-O9"), kind="evidence").findings
    assert finding.choices
    for choice in finding.choices:
        assert choice.label == f"{choice.value} ({KNOWN.sites.loc[choice.value, 'name_vi']})"
    assert finding.suggestion == ", ".join(choice.label for choice in finding.choices)


def test_the_province_is_never_called_by_its_code():
    (finding,) = diagnosed(event(subject="Tỉnh"), kind="evidence").notices
    assert "toàn tỉnh" in finding.message
    assert "province" not in finding.message + finding.suggestion


@pytest.mark.parametrize(
    ("cells", "kind", "header"),
    [(site(kind=""), "sites", "Loại cơ sở"), (event(kind=""), "evidence", "Loại sự kiện")],
)
def test_a_blank_cell_is_named_by_the_header_of_its_own_table(cells, kind, header):
    every = diagnosed(cells, kind=kind).findings
    (finding,) = (one for one in every if one.column == "kind" and one.level is Level.ERROR)
    assert finding.message == f"“{header}” không được để trống; hãy điền."
    assert entering.place_text(finding) == f"trang tính “Biểu 1”, dòng {FIRST}, cột “{header}”"
