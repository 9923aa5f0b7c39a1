"""What a file is, its content tells: each habit read, each attack refused in one sentence."""

import contextlib
import io
import random
import runpy
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from geodata.core.errors import DataError
from geodata.intake.reading import files
from geodata.intake.reading.grid import CELLS, COLUMNS

HERE = Path(__file__).parents[1]
MESSY = sorted(p for p in (HERE / "messy").iterdir() if p.suffix != ".py")
SITES = "Mã cơ sở;Tên cơ sở;Loại cơ sở\nS1;Siêu thị Vị Thanh;Siêu thị\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def packed(members, compression=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def book(sheet, *, stored=False, **more):
    """The least that is an XLSX, with a sheet of one's own."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f"<Relationships><Relationship Id='rId1' Type='{link}/officeDocument' "
        "Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{link}"><sheets>'
        '<sheet name="Bảng" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='rId1' "
        f"Type='{link}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}>{sheet}</worksheet>",
    }
    return packed(parts | more, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)


def cells(*rows):
    """Rows of texts as the XML of a sheet."""
    return (
        "<sheetData>"
        + "".join(
            "<row>" + "".join(f'<c t="str"><v>{text}</v></c>' for text in row) + "</row>"
            for row in rows
        )
        + "</sheetData>"
    )


TABLE = [line.split(";") for line in SITES.splitlines()]


@pytest.mark.parametrize("path", MESSY, ids=lambda path: path.name)
def test_the_messy_files_are_what_their_script_makes(path):
    assert path.read_bytes() == made()[path.name]


def made(kept=[]):  # noqa: B006 - made once
    if not kept:
        kept.append(runpy.run_path(str(HERE / "messy" / "make.py"))["files"]())
    return kept[0]


def test_every_messy_file_is_read_in_one_go_and_reading_tells_how_far_it_is():
    assert {path.name for path in MESSY} == set(made())
    for path in MESSY:
        heard = []
        sheets = files.read(
            path.read_bytes(), path.name, lambda *report, to=heard: to.append(report)
        )
        assert sheets
        assert all(
            sheet.cells.map(lambda v: v is None or v != "").all(axis=None) for sheet in sheets
        )
        assert [heard[0][0], heard[-1][0]] == [0.0, 1.0]


@pytest.mark.parametrize("name", ["bảng.xlsx", "bảng.png", "bảng", "C:\\thư mục\\bảng.csv"])
def test_content_decides_and_not_the_name(name):
    (sheet,) = files.read(SITES.encode(), name)
    assert sheet.cells.to_dict("list") == {
        "id": ["S1"],
        "name_vi": ["Siêu thị Vị Thanh"],
        "kind": ["Siêu thị"],
    }


def test_a_file_may_be_given_as_a_path(tmp_path):
    path = tmp_path / "bảng.csv"
    path.write_text(SITES, "utf-8")
    assert files.read(path, "bảng.csv") is not None


def test_a_path_that_is_not_there_is_told(tmp_path, refusal):
    assert "không mở được" in refusal(tmp_path / "không có.csv", "không có.csv").lower()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (PNG, "là tệp ảnh"),
        (b"%PDF-1.7", "là tệp PDF"),
        (b"Rar!\x1a\x07", "không phải bảng hay lớp bản đồ"),
        (b"<html><table></table></html>", "là trang web"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML của Excel 2003",
        ),
        (packed({"word/document.xml": ""}), "là văn bản Word"),
        (OLE, "không phải bảng hay lớp bản đồ"),
    ],
    ids=["picture", "PDF", "RAR", "HTML", "XML 2003", "Word", "OLE"],
)
def test_what_is_no_table_is_called_by_its_name(content, what, refusal):
    assert what in refusal(content)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf\r\n \r\n"], ids=["no byte", "blank"])
def test_an_empty_file_is_refused(content, refusal):
    assert "rỗng" in refusal(content)


def test_a_table_of_something_else_is_told_what_is_needed(refusal):
    message = refusal("Họ tên;Ngày sinh\nNguyễn Văn A;1/1/1990\n".encode(), "nhân sự.csv")
    assert "“nhân sự.csv”" in message
    assert "“Mã cơ sở”" in message


def test_nul_bytes_are_refused(refusal):
    assert "không phải chữ" in refusal(SITES.encode().replace(b"S1", b"S\x001"))


def test_two_hundred_megabytes_are_refused_unread(tmp_path, refusal):
    path = tmp_path / "to.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert "lớn hơn 50 MB" in refusal(path)
    assert "lớn hơn 50 MB" in refusal(bytes(files.LARGEST + 1))


def test_a_workbook_with_a_password_says_so(refusal):
    locked = OLE + "EncryptedPackage".encode("utf-16-le")
    assert "mật khẩu" in refusal(locked)


def test_an_archive_with_a_password_is_refused(refusal):
    content = bytearray(packed({"a.shp": b"x"}))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + flags] |= 1
    assert "mật khẩu" in refusal(bytes(content))


@pytest.mark.parametrize(
    "name", ["../../ra.shp", "/etc/ra.shp", "..\\ra.shp", "C:\\ra.shp", "a/../../ra.shp"]
)
def test_names_that_lead_out_of_an_archive_are_refused(name, refusal, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "ra ngoài thư mục" in refusal(packed({name: b"x", "xl/workbook.xml": b""}))
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_an_archive_is_refused(refusal):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        link = zipfile.ZipInfo("layer.shp")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "ra ngoài thư mục" in refusal(content.getvalue())


def test_an_archive_of_very_many_members_is_refused(refusal):
    assert "giải nén" in refusal(packed({f"{n}.kml": b"" for n in range(3000)}))


def test_a_broken_archive_is_refused(refusal):
    whole = book(cells(*TABLE))
    assert "hỏng" in refusal(whole[: len(whole) // 2])
    assert "hỏng" in refusal(book("<sheetData><row>"))


def test_macros_are_refused(refusal):
    content = book(cells(*TABLE), **{"xl/vbaProject.bin": b"x"})
    assert "macro" in refusal(content, "bảng.xlsm")


def test_a_formula_is_taken_by_the_value_excel_kept_and_named():
    sheet = cells(*TABLE).replace(
        "</sheetData>",
        '<row r="7"><c r="A7" t="str"><v>S2</v></c><c r="B7" t="str"><f>A1&amp;"x"</f>'
        '<v>Siêu thị B</v></c><c r="C7" t="str"><v>ST</v></c><c r="D7"><f>1+1</f></c></row>'
        "</sheetData>",
    )
    (table,) = files.read(book(sheet), "a.xlsx")
    assert table.cells.loc[7, "name_vi"] == "Siêu thị B"
    assert "B7" in " ".join(table.notes)
    assert ("D7",) in [part.items for part in table.left_out]


def test_a_drop_down_list_is_no_formula():
    more = '<x14:dataValidations xmlns:x14="x14" xmlns:xm="xm"><xm:f>Danh!A1</xm:f>'
    (sheet,) = files.read(
        book(cells(*TABLE) + f"<extLst>{more}</x14:dataValidations></extLst>"), "a"
    )
    assert len(sheet.cells) == 1


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_entities_in_a_workbook_are_refused(part, refusal):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert "thực thể XML" in refusal(book(cells(*TABLE), **{part: laughs}))


def test_sixteen_thousand_columns_are_refused(refusal):
    wide = '<sheetData><row r="1"><c r="XFD1" t="str"><v>x</v></c></row></sheetData>'
    assert "hơn 200 cột" in refusal(book(wide))
    assert "hơn 200 cột" in refusal((";".join(f"c{n}" for n in range(16_384)) + "\n").encode())


def test_a_last_row_far_down_is_refused_without_a_sheet_that_large(refusal):
    deep = cells(*TABLE).replace(
        "</sheetData>", '<row r="1048576"><c r="A1048576" t="str"><v>x</v></c></row></sheetData>'
    )
    assert "200.000 dòng" in refusal(book(deep))


def test_formats_without_content_do_not_make_a_table_large():
    blank = '<dimension ref="A1:XFD1048576"/>' + cells(*TABLE).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )
    (sheet,) = files.read(book(blank), "bảng.xlsx")
    assert list(sheet.cells.index) == [2]


@pytest.mark.parametrize("path", MESSY, ids=lambda path: path.name)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(path):
    chance = random.Random(path.name)  # noqa: S311 - the same damage every time
    for _time in range(10):
        content = bytearray(path.read_bytes())
        for _byte in range(chance.choice((1, 20))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        cut = chance.choice((len(content), chance.randrange(len(content))))
        with contextlib.suppress(DataError):
            assert files.read(bytes(content[:cut]), path.name)


# What a file can be blown up to, and the sentence against it. They are read in a process of their
# own, so that its memory can be told.
def deflated_zeros(size):
    packer = zlib.compressobj(9)
    piece = bytes(1 << 20)
    return b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()


def lying_zip():
    """A member that declares a few bytes and unpacks to hundreds of megabytes."""
    name, packed_zeros = b"xl/workbook.xml", deflated_zeros(100 << 20)[2:-4]
    common = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 33, 0, len(packed_zeros), 9, len(name), 0)
    start = b"PK\x03\x04" + common + name + packed_zeros
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, 0)
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 1, 1, len(entry + name), len(start), 0)
    return start + entry + name + end


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "'
    + "ha" * 50
    + '">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + ']><kml xmlns="http://www.opengis.net/kml/2.2"><name>&i;</name></kml>'
).encode()
ROW = '<row r="{0}"><c r="GH{0}"><v>1</v></c></row>'  # one cell in column 190
ROWS = "".join(map(ROW.format, range(1, 20_000)))
MANY = 1_200_000
BOMBS = {
    "zip": (lambda: packed({"doc.kml": bytes(50 << 20)}), "giải nén"),
    "lying zip": (lying_zip, "hỏng"),
    "cells": (
        lambda: book(f"<sheetData>{ROWS}</sheetData>", stored=True),
        "1.500.000 ô",
    ),
    "an endless row": (lambda: book("<sheetData><row>" + "<c/>" * MANY, stored=True), "hỏng"),
    "merged cells": (
        lambda: book("<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 300_000, stored=True),
        "hỏng",
    ),
    "strings": (
        lambda: book("", stored=True, **{"xl/sharedStrings.xml": "<sst>" + "<si/>" * MANY}),
        "hỏng",
    ),
    "laughs": (lambda: LAUGHS, "thực thể XML"),
    "placemarks": (lambda: b"<kml>" + b"<Placemark/>" * 300_000, "200.000 dòng"),
    "a placemark": (lambda: b"<kml><Placemark>" + b"<a/>" * MANY, "hỏng"),
    "delimiters": (lambda: b"a" + b";" * MANY, "Không nhận ra"),
    "properties": (
        lambda: (
            b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {'
            + b",".join(b'"p%d": 1' % n for n in range(MANY // 10))
            + b'}, "geometry": null}]}'
        ),
        "hơn 200 cột",
    ),
    "quotation": (lambda: SITES.encode() + b'"' + b"x\n" * MANY, "ngoặc kép"),
}
CHILD = """
import pathlib, resource, sys
from geodata.core.errors import DataError
from geodata.intake.reading import files
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    try:
        print(files.read(pathlib.Path(path), "bomb"))
    except DataError as error:
        print(error)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) // 1024)
"""


def test_bombs_are_refused_in_bounded_memory(tmp_path):
    for name, (build, _sentence) in BOMBS.items():
        (tmp_path / name).write_bytes(build())
    paths = [str(tmp_path / name) for name in BOMBS]
    child = subprocess.run([sys.executable, "-c", CHILD, *paths], capture_output=True, check=True)
    *messages, megabytes = child.stdout.decode().splitlines()
    expected = {name: sentence for name, (_build, sentence) in BOMBS.items()}
    unlike = {n: s for (n, e), s in zip(expected.items(), messages, strict=True) if e not in s}
    assert unlike == {}
    assert int(megabytes) < 100


def test_the_limits_allow_what_offices_have():
    assert COLUMNS >= 100
    assert CELLS >= 10_000 * 24
