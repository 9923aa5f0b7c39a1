"""Lifecycle out of a file: a change is asked for its day, and no year before it is rewritten."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from geodata import intake
from geodata.intake.judging import statements
from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import Holdings, diagnose
from geodata.intake.reading.grid import Sheet
from geodata.register import declarations, lifecycle, sites, vocabulary
from tests.examples import examples

TODAY = date(2026, 11, 22)
FIRST = 5  # the row of the first site in the sheet
PLAIN = {"id": "HG-ST-01", "kind": "supermarket", "name_vi": "Siêu thị Một"}
PARK = {"id": "HG-KCN-01", "kind": "industrial_park", "name_vi": "KCN Một"}


def known(*rows):
    register = sites.typed(pd.DataFrame(list(rows)))
    return Holdings(register, intake.shipped_evidence().head(0), declarations.none())


def diagnosed(register, *rows, **answers):
    cells = pd.DataFrame(list(rows)).astype("string")
    cells = cells.set_axis(range(FIRST, FIRST + len(cells)))
    letters = {column: chr(65 + at) for at, column in enumerate(cells)}
    table = Sheet("Biểu 1", "sites", cells, letters, {c: c for c in cells}, (), ())
    given = {("Biểu 1", FIRST, column): value for column, value in answers.items()}
    return diagnose([table], register, TODAY, given)


def states(register, *days):
    """The lifecycle of the one site on some days."""
    on = map(date.fromisoformat, days)
    return [lifecycle.lifecycle_on(register, day).iloc[0] for day in on]


# --- the cell ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "operating | 2019-05-01 | 12/QĐ-UBND | 2019-04-20; suspended | 2024-02-01",
        "Đang hoạt động | 01/05/2019 | 12/QĐ-UBND | 20/4/2019 ; Tạm ngưng|1/2/2024|",
        "ĐANG HOẠT ĐỘNG|43586|12/QĐ-UBND|2019-04-20\ntam ngung | ngày 1 tháng 2 năm 2024",
    ],
)
def test_earlier_states_are_read_as_people_write_them(text):
    canonical = "operating | 2019-05-01 | 12/QĐ-UBND | 2019-04-20; suspended | 2024-02-01"
    assert statements.read_history(text).text == canonical


def test_what_is_exported_in_words_is_read_back():
    text = "planned; decided | 2019-01-02 | 1/QĐ | 2019-01-02 | web; unknown | 2024-02-01"
    words = vocabulary.label_of("history", text)
    assert words.startswith("Quy hoạch; Đã có quyết định | 02/01/2019 | 1/QĐ")
    assert statements.read_history(words).text == text
    assert vocabulary.label_of("history", "tự viết | gì đó") == "tự viết | gì đó"


@pytest.mark.parametrize(
    "text", ["mở cửa | 01/05/2019", "Tạm ngừng | tháng 5/2019", "a | b | c | d | e | f"]
)
def test_what_is_no_statement_gets_a_sentence_with_an_example(text):
    diagnosis = diagnosed(known(PLAIN), {**PLAIN, "history": text})
    (error,) = diagnosis.open
    assert (error.row, error.column, error.value) == (FIRST, "history", text)
    assert "Đang hoạt động | 01/05/2019; Tạm ngừng | 01/02/2024" in error.message


# --- a change ------------------------------------------------------------------------------


def test_another_state_without_a_day_is_asked_from_which_day():
    register = known({**PLAIN, "lifecycle": "operating"})
    row = {**PLAIN, "lifecycle": "Đã đóng cửa"}
    diagnosis = diagnosed(register, row)
    (error,) = diagnosis.open
    assert (error.row, error.column, error.level) == (FIRST, "valid_from", Level.ERROR)
    parts = "Siêu thị Một", "Đang hoạt động", "Đã dừng hoạt động", "từ ngày nào"
    assert all(part in error.message for part in (*parts, "Tình trạng có từ ngày"))
    settled = diagnosed(register, row, valid_from="1/3/2025")
    assert settled.ok
    assert settled.sites["history"].tolist() == ["operating"]
    assert states(settled.sites, "2024-12-31", "2025-02-28", "2025-03-01") == [
        "operating",
        "operating",
        "closed",
    ]


@pytest.mark.parametrize(
    "column",
    ["", "lifecycle", "valid_from", "valid_to", "founding", "decision", "decision_date", "history"],
)
def test_a_file_that_says_nothing_of_it_takes_nothing_away(column):
    register = known(
        {
            **PARK,
            "lifecycle": "suspended",
            "valid_from": "2024-02-01",
            "valid_to": "2025-12-31",
            "decision": "1/QĐ",
            "decision_date": "2007-01-31",
            "history": "operating | 2008-01-01",
        }
    )
    row = {"operator": "Công ty Hai", **PARK} | ({column: ""} if column else {})
    diagnosis = diagnosed(register, row)
    assert diagnosis.ok
    assert list(diagnosis.difference["sites"].changed["HG-KCN-01"]) == ["operator"]


def test_a_change_joins_what_was_known_and_what_the_file_tells_of_earlier():
    register = known(
        {**PLAIN, "lifecycle": "suspended", "valid_from": "2024-02-01", "history": "operating"}
    )
    diagnosis = diagnosed(
        register,
        {
            **PLAIN,
            "lifecycle": "Đang hoạt động",
            "valid_from": "01/06/2024",
            "history": "Quy hoạch | 01/01/2001",
        },
    )
    assert diagnosis.ok
    assert (
        diagnosis.sites["history"].iloc[0]
        == "operating; planned | 2001-01-01; suspended | 2024-02-01"
    )


def test_a_state_that_ended_is_kept_when_another_begins():
    register = known({**PLAIN, "lifecycle": "operating", "valid_to": "2024-09-30"})
    row = {**PLAIN, "lifecycle": "Đang hoạt động", "valid_from": "01/03/2025", "valid_to": ""}
    diagnosis = diagnosed(register, row)
    assert diagnosis.ok
    assert diagnosis.sites["valid_to"].isna().all()
    days = "2024-09-30", "2024-10-01", "2025-02-28", "2025-03-01"
    assert states(diagnosis.sites, *days) == ["operating", "closed", "closed", "operating"]


def test_the_same_state_from_another_day_is_added_and_that_is_said():
    register = known({**PLAIN, "lifecycle": "operating"})
    diagnosis = diagnosed(register, {**PLAIN, "lifecycle": "operating", "valid_from": "01/05/2024"})
    assert diagnosis.ok
    (note,) = diagnosis.notices
    assert (note.column, note.value) == ("valid_from", "2024-05-01")
    assert "Đính chính" in note.message or "đính chính" in note.message
    assert states(diagnosis.sites, "2024-04-30") == ["operating"]


@pytest.mark.parametrize(
    ("before", "row", "column", "words"),
    [
        (
            {"lifecycle": "closed", "valid_from": "2025-01-01"},
            {"lifecycle": "operating", "valid_from": "01/01/2005"},
            "valid_from",
            "từ ngày 01/01/2025",
        ),
        (
            {"lifecycle": "operating", "valid_to": "2024-09-30"},
            {"valid_to": "31/12/2025"},
            "valid_from",
            "từ ngày 01/10/2024",
        ),
        ({"lifecycle": "operating"}, {"lifecycle": "Chưa rõ"}, "valid_from", "để trống"),
        ({"founding": "not_decided"}, {"founding": "Có"}, "decision_date", "ngày nào"),
        ({"decision": "1/QĐ"}, {"founding": "Không"}, "founding", "để trống"),
        ({}, {"valid_from": "01/01/2024", "valid_to": "31/12/2023"}, "valid_to", "trước ngày"),
        (
            {},
            {"history": "Tạm ngừng | 01/02/2024", "lifecycle": "operating"},
            "valid_from",
            "từ ngày nào",
        ),
    ],
)
def test_what_would_reach_into_earlier_days_is_an_error(before, row, column, words):
    diagnosis = diagnosed(known({**PARK, **before}), {**PARK, **row})
    (error,) = diagnosis.open
    assert error.column == column
    assert words in error.message


def test_what_was_not_known_is_learned_without_a_day():
    diagnosis = diagnosed(known(PARK), {**PARK, "lifecycle": "Đang hoạt động", "decision": "1/QĐ"})
    assert diagnosis.ok
    assert diagnosis.notices == ()
    assert diagnosis.sites[["lifecycle", "founding"]].iloc[0].tolist() == ["operating", "decided"]
    assert diagnosis.sites["history"].isna().all()


def test_a_new_site_may_come_with_what_it_was_earlier():
    row = {"kind": "Siêu thị", "name_vi": "Siêu thị Hai", "commune_2025": "31441"}
    row |= {"lifecycle": "Tạm ngừng", "valid_from": "01/02/2024", "history": "Đang hoạt động"}
    diagnosis = diagnosed(known(PLAIN), row)
    assert diagnosis.ok
    assert states(diagnosis.sites, "2023-12-31", "2024-12-31") == ["operating", "suspended"]
    row |= {"history": "Đang hoạt động | 01/06/2024"}
    assert [f.column for f in diagnosed(known(PLAIN), row).open] == ["valid_from"]


# --- any file ------------------------------------------------------------------------------

SOME_DAYS = st.dates(date(2018, 1, 1), date(2026, 11, 1))
MAYBE = st.none() | SOME_DAYS
STATE = st.sampled_from(lifecycle.LIFECYCLES)
FOUNDING = st.sampled_from(lifecycle.FOUNDINGS)
COLUMNS = ("lifecycle", "founding", "valid_from", "valid_to", "decision_date")


@st.composite
def pairs(draw):
    """What the register says of a site, and what a file says of it."""
    old, new = (
        {
            "lifecycle": draw(STATE),
            "founding": draw(FOUNDING),
            "valid_from": str(draw(MAYBE) or ""),
            "valid_to": str(draw(MAYBE) or ""),
            "decision": "1/QĐ",
            "decision_date": str(draw(MAYBE) or ""),
        }
        for _turn in range(2)
    )
    if old["valid_to"] and old["valid_to"] < old["valid_from"]:
        old["valid_to"] = ""
    earlier = draw(st.lists(st.tuples(STATE, SOME_DAYS), max_size=2))
    first = old["valid_from"] or "1900-01-01"
    old["history"] = "; ".join(f"{s} | {d}" for s, d in earlier if str(d) < first)
    blank = draw(st.sets(st.sampled_from(COLUMNS)))
    return old, new | dict.fromkeys(blank, "")


@examples(10, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(pairs(), min_size=20, max_size=20), SOME_DAYS)
def test_whatever_a_file_says_the_days_before_its_own_stay_as_they_were(drawn, on):
    names = [
        {"id": f"HG-CCN-{at}", "kind": "industrial_cluster", "name_vi": f"CCN {at}"}
        for at in range(100, 120)
    ]
    register = known(*(name | old for name, (old, _new) in zip(names, drawn, strict=True)))
    diagnosis = diagnosed(
        register, *(name | new for name, (_old, new) in zip(names, drawn, strict=True))
    )
    refused = {f.row for f in diagnosis.open}
    was = lifecycle.lifecycle_on(register.sites, on).tolist()
    now = lifecycle.lifecycle_on(diagnosis.sites, on).tolist()
    for at, (old, new) in enumerate(drawn):
        new_days = [new[c] for c in ("valid_from", "valid_to") if new[c] and new[c] != old[c]]
        if FIRST + at in refused or was[at] == "unknown" or any(day <= str(on) for day in new_days):
            continue
        assert now[at] == was[at], (old, new)
