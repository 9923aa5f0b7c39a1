"""Any cell, in any habit: kept, converted aloud, or named – never changed in silence."""

import unicodedata
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.judging import dated, letters, mistyped, numbers
from geodata.intake.judging.rows import gather
from geodata.intake.reading.grid import Sheet, Type
from geodata.register import evidence, sites, vocabulary

NOTHING = pd.DataFrame(columns=list(sites.COLUMNS)).astype("string")
NO_RECORDS = pd.DataFrame(columns=list(evidence.COLUMNS)).astype("string")
VIETNAMESE = str.maketrans(",.", ".,")
WIDE = {digit: digit - ord("0") + ord("０") for digit in range(ord("0"), ord("9") + 1)}


def rows_of(kind, column, header, cells):
    """One column of a sheet as rows, from pairs of text and type."""
    index = range(2, len(cells) + 2)
    table = pd.DataFrame({column: [text for text, _letter in cells]}, index=index).astype("string")
    types = pd.DataFrame({column: [str(letter) for _text, letter in cells]}, index=index)
    unit = vocabulary.unit_of(header)
    sheet = Sheet(
        *("B", kind, table, {column: "A"}, {column: header}, (), ()),
        types=types,
        units={column: unit} if unit else {},
    )
    return gather([sheet], sites.COLUMNS if kind == "sites" else evidence.COLUMNS, {})


def spoken_of(rows, column):
    """Whether something is said of each row; what is said of a column is of all its rows."""
    whole = any(
        len(rows.table) > 1 and ("ô)" in r.message or "ô trong" in r.message) for r in rows.remarks
    )
    named = {r.at for r in rows.remarks if r.column == column}
    return [whole or at in named for at in range(len(rows.table))]


# --- numbers -------------------------------------------------------------------------------


def _spaced(value):
    return f"{value:,.2f}".replace(",", " ").replace(".", ",")


IN_WRITING = {
    "english": lambda v: (f"{v:,.2f}", Type.TEXT),
    "vietnamese": lambda v: (f"{v:,.2f}".translate(VIETNAMESE), Type.TEXT),
    "whole, vietnamese": lambda v: (f"{round(v):,}".translate(VIETNAMESE), Type.UNTYPED),
    "whole, english": lambda v: (f"{round(v):,}", Type.UNTYPED),
    "three decimals": lambda v: (f"{v:.3f}", Type.TEXT),
    "three decimals, comma": lambda v: (f"{v:.3f}".replace(".", ","), Type.TEXT),
    "spaces": lambda v: (_spaced(v), Type.TEXT),
    "wide": lambda v: (f"{v:.2f}".translate(WIDE), Type.TEXT),
    "a number": lambda v: (repr(v), Type.NUMBER),
    "square metres": lambda v: (f"{v * 1e4:,.0f} m²".translate(VIETNAMESE), Type.TEXT),
    "hectares": lambda v: (f"{v:.2f} ha".replace(".", ","), Type.TEXT),
    "about": lambda v: (f"khoảng {v:.2f}", Type.TEXT),
}
TRUE = {"whole, vietnamese": round, "whole, english": round}
HEADERS = {"Diện tích (ha)": 1, "Diện tích (m2)": 1e-4, "Diện tích (nghìn m2)": 0.1, "Diện tích": 1}


@given(
    st.lists(
        st.tuples(
            st.integers(1, 10**7).map(lambda n: n / 1000), st.sampled_from(sorted(IN_WRITING))
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(sorted(HEADERS)),
)
def test_an_area_is_what_was_written_or_something_is_said(cells, header):
    factor = HEADERS[header]
    written = [IN_WRITING[habit](value) for value, habit in cells]
    rows = rows_of("sites", "area_ha", header, written)
    numbers.read_columns(rows, ["area_ha"], NOTHING)
    said = spoken_of(rows, "area_ha")
    for at, (value, habit) in enumerate(cells):
        unit = 1 if habit in {"square metres", "hectares"} else factor
        plain = rows.table["area_ha"].iloc[at]
        exact = TRUE.get(habit, float)(value) * unit
        precise = {"three decimals": 1e-3, "three decimals, comma": 1e-3, "a number": 1e-9}
        off = max(precise.get(habit, 1e-2) * unit, 1e-4 if habit == "square metres" else 0)
        right = pd.notna(plain) and abs(float(plain) - exact) <= off * 0.51 + 1e-9 * exact
        assert right or said[at], (written[at], plain, exact)


@given(
    st.lists(
        st.text("0123456789.,- '’½²³mhaMHAđ%()/+~", max_size=10) | st.text(max_size=8),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["area_ha", "enterprises", "year", "position_accuracy_m"]),
    st.sampled_from([Type.TEXT, Type.UNTYPED, Type.SHOWN]),
)
def test_any_text_in_a_column_of_numbers_is_one_or_is_named(texts, column, letter):
    rows = rows_of("sites", column, "x (ha)", [(text, letter) for text in texts])
    before = rows.table[column].copy()
    numbers.read_columns(rows, [column], NOTHING)
    said = spoken_of(rows, column)
    for at, (text, plain) in enumerate(zip(before, rows.table[column], strict=True)):
        if pd.isna(text):
            continue
        assert (pd.notna(plain) and float(plain) is not None) or said[at], text


# --- days ----------------------------------------------------------------------------------

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
IN_WORDS = {
    "vietnamese": lambda d: (f"{d:%d/%m/%Y}", Type.TEXT),
    "short": lambda d: (f"{d.day}.{d.month}.{d:%y}", Type.UNTYPED),
    "iso": lambda d: (d.isoformat(), Type.UNTYPED),
    "a day": lambda d: (d.isoformat(), Type.DAY),
    "a day with its hour": lambda d: (f"{d.isoformat()} 08:30", Type.DAY),
    "words": lambda d: (f"ngày {d.day} tháng {d.month} năm {d.year}", Type.TEXT),
    "english": lambda d: (f"{NAMES[d.month - 1]} {d.day}, {d.year}", Type.TEXT),
    "hour": lambda d: (f"{d:%d/%m/%Y} 8h30", Type.TEXT),
    "weekday": lambda d: (f"Thứ Hai, {d:%d/%m/%Y}", Type.TEXT),
    "serial": lambda d: (str((d - date(1899, 12, 30)) // timedelta(days=1)), Type.NUMBER),
    "solid": lambda d: (f"{d:%Y%m%d}", Type.NUMBER),
    "moment": lambda d: (f"{d - timedelta(days=1)}T23:30:00Z", Type.TEXT),
    "american": lambda d: (f"{d.month}/{max(d.day, 13)}/{d.year}", Type.TEXT),
    "range": lambda d: (f"{d.day}-{d.day + 1}/{d.month}/{d.year}", Type.TEXT),
}


@given(
    st.lists(
        st.tuples(
            st.dates(date(2001, 1, 1), date(2060, 12, 31)), st.sampled_from(sorted(IN_WORDS))
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_day_is_what_was_written_or_something_is_said(cells):
    cells = [(when.replace(day=min(when.day, 27)), habit) for when, habit in cells]
    written = [IN_WORDS[habit](when) for when, habit in cells]
    rows = rows_of("evidence", "event_date", "Ngày", written)
    dated.read(rows, "event_date", keeps_words=True)
    said = spoken_of(rows, "event_date")
    for at, (when, _habit) in enumerate(cells):
        plain = rows.table["event_date"].iloc[at]
        assert plain == when.isoformat() if pd.notna(plain) and not said[at] else said[at]


@given(
    st.lists(st.text("0123456789/.-: thángnămquýIVđến,&–Oo", max_size=14), min_size=1, max_size=4)
)
def test_any_text_in_a_column_of_days_is_one_or_is_named(texts):
    rows = rows_of("evidence", "doc_date", "Ngày", [(text, Type.TEXT) for text in texts])
    before = rows.table["doc_date"].copy()
    dated.read(rows, "doc_date")
    said = spoken_of(rows, "doc_date")
    for at, (text, plain) in enumerate(zip(before, rows.table["doc_date"], strict=True)):
        if pd.notna(text) and not said[at]:
            assert date.fromisoformat(plain)


# --- texts ---------------------------------------------------------------------------------


@given(
    st.text(max_size=20) | st.sampled_from(["X? V? Tân", "TrÃ ng", "Siêu thị 🙂", "12/5", "Có?"]),
    st.sampled_from([Type.TEXT, Type.UNTYPED, Type.NUMBER, Type.SHOWN]),
)
def test_a_text_is_kept_to_the_letter(text, letter):
    rows = rows_of("evidence", "organiser", "Đơn vị", [(text, letter)])
    mistyped.days_as_text(rows, ["organiser"], NO_RECORDS)
    letters.check(rows, ["organiser"], NO_RECORDS)
    kept = rows.table["organiser"].fillna("").iloc[0]
    assert kept == unicodedata.normalize("NFC", text).strip()


@pytest.mark.parametrize("text", ["2024-10-05", "1905-07-16", "1899-12-31"])
def test_a_day_in_a_text_is_named(text):
    rows = rows_of("evidence", "organiser", "Đơn vị", [(text, Type.DAY)])
    mistyped.days_as_text(rows, ["organiser"], NO_RECORDS)
    assert [remark.column for remark in rows.remarks] == ["organiser"]
