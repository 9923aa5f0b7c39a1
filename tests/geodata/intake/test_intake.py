"""Foreign files: what is read as it is, and what is refused in one sentence."""

import codecs
from datetime import date
from importlib.resources import files

import pandas as pd
import pytest

from geodata import intake
from geodata.core.errors import DataError
from geodata.core.names import unaccent
from geodata.register import evidence, sites

ENTERED = date(2026, 11, 22)
# The columns of the figures that the register was compiled from.
FIGURES = (
    *("id", "kind", "name_vi", "name_en", "lifecycle", "district_legacy", "commune_legacy"),
    *("commune_2025", "lat", "lon", "position_accuracy_m", "area_ha", "year", "decision"),
    *("sectors", "operator", "details", "source", "source_note", "confidence"),
)
SITE = "id,kind,name_vi\nS1,supermarket,Siêu thị Thủy Hòa\n"
RECORD = "id,subject,axis,kind,event_date,grade\nE1,S1,outreach,held,2024-05-01,A\n"
# Which kind of event speaks on which axis, as files may say it.
CONTRACT = {
    "outreach": {"planned", "held", "cancelled", "none_confirmed"},
    "compliance": {"check"},
    "model": {"milestone"},
    "policy": {"document"},
}
ON_ANY_AXIS = {"withdraw", "self_declared"}
# What the public reads in Vietnamese, and words that a remark in English cannot do without.
VIETNAMESE = {
    "sites.csv": ("name_vi", "decision", "sectors", "operator", "details"),
    "evidence.csv": ("organiser", "participants", "doc_no", "date_text", "summary_vi"),
}
ENGLISH = r"(?i)\b(?:the|of|and|not|with|by|only|per|unverified|planned|date|plan|plant|none)\b"


def shipped_text(name):
    with files("geodata").joinpath("data", name).open("rb") as lines:
        return pd.read_csv(lines, dtype=str, keep_default_na=False)


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "dữ liệu.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal(reader, *arguments):
    """The one sentence with which a file is refused."""
    with pytest.raises(DataError) as refused:
        reader(*arguments)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert unaccent(sentence) != sentence.lower()
    return sentence


@pytest.mark.parametrize(
    "content",
    [
        SITE,
        codecs.BOM_UTF8 + SITE.encode(),
        SITE.replace("\n", "\r\n"),
        SITE.rstrip("\n"),
        'kind,name_vi,id,of_ours\nsupermarket,"Siêu thị Thủy Hòa", S1 ,x\n',
    ],
    ids=["plain", "BOM", "Windows", "no last line end", "other order, more columns"],
)
def test_the_ways_in_which_a_table_is_saved_as_csv_are_read_alike(file, content):
    site = intake.read_sites(file(content)).loc["S1"]
    assert (site["kind"], site["name_vi"]) == ("supermarket", "Siêu thị Thủy Hòa")


def test_a_record_is_read_as_entered_on_the_day_it_is_read(file):
    record = intake.read_evidence(file(RECORD), ENTERED).iloc[0]
    assert record["event_date"] == pd.Timestamp("2024-05-01")
    assert record["recorded_at"] == pd.Timestamp(ENTERED)


def test_the_columns_of_the_figures_are_enough(file):
    shipped = intake.shipped_sites()
    figures = pd.DataFrame(shipped.drop(columns="geometry"))[list(FIGURES)]
    register = intake.read_sites(file(figures.to_csv(index=False)))
    assert list(register.columns) == [*sites.COLUMNS, "geometry"]
    pd.testing.assert_frame_equal(pd.DataFrame(register[list(FIGURES)]), figures)


def test_a_table_without_rows_is_no_error(file):
    assert intake.read_sites(file("id,kind,name_vi\n")).empty
    assert intake.read_evidence(file("id,subject\n"), ENTERED).empty


def test_topics_of_a_what_if_may_be_spelled_anyhow_and_none_is_refused(file):
    head, row = RECORD.splitlines()
    rows = [f"{head},topic", f'{row},"SXTDBV, phòng cháy"', f"{row.replace('E1', 'E2')},khác lạ"]
    records = intake.read_evidence(file("\n".join(rows)), ENTERED)
    assert records["topic"].tolist() == ["scp;phòng cháy", "khác lạ"]


def test_what_is_shipped_was_entered_when_it_says():
    shipped = intake.shipped_evidence()
    assert list(shipped.columns) == list(evidence.COLUMNS)
    days = shipped["recorded_at"].dt.strftime("%Y-%m-%d")
    assert list(days) == list(shipped_text("evidence.csv")["recorded_at"])


def test_a_shipped_decision_is_one_that_establishes_the_place():
    register = intake.shipped_sites()
    decided = set(register.index[register["founding"] == "decided"])
    assert decided
    assert set(register.index[register["decision"].notna()]) == decided


def test_every_shipped_record_speaks_on_an_axis_of_its_kind():
    pairs = intake.shipped_evidence()[["id", "axis", "kind"]].itertuples(index=False, name=None)
    odd = [id_ for id_, axis, kind in pairs if kind not in CONTRACT.get(axis, set()) | ON_ANY_AXIS]
    assert odd == []


@pytest.mark.parametrize(
    ("name", "column"),
    [(name, column) for name, columns in VIETNAMESE.items() for column in columns],
)
def test_what_the_public_reads_of_the_shipped_data_is_vietnamese(name, column):
    table = shipped_text(name)
    assert list(table.loc[table[column].str.contains(ENGLISH), "id"]) == []


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "CSV UTF-8"),
        (SITE.encode("cp1258", "replace"), "CSV UTF-8"),
        (SITE.encode("utf-16"), "CSV UTF-8"),
        (b'id,kind,name_vi\nS1,supermarket,"never closed\n', "CSV UTF-8"),
        (b"PK\x03\x04\x14\x00\x06\x00\xff\xfe", "CSV UTF-8"),
        (SITE.replace(",", ";"), "id, kind"),
        (SITE.replace("kind", "type"), "kind"),
        ("S1,supermarket,Siêu thị\n", "id, kind"),
        (SITE + "S1,supermarket,Siêu thị khác\n", "S1"),
        (SITE.replace("supermarket", "casino"), "casino"),
        (SITE.replace("S1", ""), "id"),
        (SITE.replace("Siêu thị Thủy Hòa", " "), "name_vi"),
        ("id,kind,name_vi,lat,lon\nS1,supermarket,A,105.6,9.7\n", "105.6"),
    ],
    ids=[
        *("empty", "Windows-1258", "UTF-16", "open quote", "XLSX", "semicolons", "column missing"),
        *("no header", "id twice", "unknown kind", "no id", "no name", "lat and lon swapped"),
    ],
)
def test_a_wrong_table_of_sites_is_refused_in_one_sentence(file, content, named):
    assert named in refusal(intake.read_sites, file(content))


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (RECORD.replace("subject", "site"), "subject"),
        (RECORD + RECORD.splitlines()[1], "E1"),
        (RECORD.replace("held", "rumour"), "rumour"),
        (RECORD.replace("outreach", "weather"), "weather"),
        (RECORD.replace("2024-05-01", "01/05/2024"), "01/05/2024"),
        (RECORD.replace(",A\n", ",E\n"), "grade"),
    ],
    ids=["column missing", "id twice", "unknown kind", "unknown axis", "day not ISO", "grade"],
)
def test_a_wrong_table_of_records_is_refused_in_one_sentence(file, content, named):
    assert named in refusal(intake.read_evidence, file(content), ENTERED)


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "lost.csv" in refusal(intake.read_sites, tmp_path / "lost.csv")


def test_a_folder_is_not_a_file(tmp_path):
    assert tmp_path.name in refusal(intake.read_sites, tmp_path)


def test_many_wrong_cells_are_counted_and_the_first_ones_listed(file):
    rows = "".join(f"S{n},casino,A\n" for n in range(1000))
    sentence = refusal(intake.read_sites, file("id,kind,name_vi\n" + rows))
    assert "1000" in sentence.replace(".", "")
    assert len(sentence) < 1000
