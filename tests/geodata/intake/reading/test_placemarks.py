"""KML and KMZ: folders say what places are, one bad placemark is named, nothing is followed."""

import io
import time
import zipfile

import pytest

from geodata.intake.reading import files, hypertext
from geodata.intake.reading.grid import Part, Type
from geodata.register import vocabulary

LON, LAT = 105.4701, 9.7845
WHERE = f"<Point><coordinates>{LON},{LAT},0</coordinates></Point>"


def mark(inside=WHERE, name="A", kind="Siêu thị"):
    data = f"<ExtendedData><Data name='Loại cơ sở'><value>{kind}</value></Data></ExtendedData>"
    return f"<Placemark><name>{name}</name>{data if kind else ''}{inside}</Placemark>"


def folder(name, *inside):
    return f"<Folder><name>{name}</name>{''.join(inside)}</Folder>"


def kml(*inside):
    start = '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="gx"><Document><name>Tệp</name>'
    return (start + "".join(inside) + "</Document></kml>").encode()


def kmz(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def read(*inside):
    (sheet,) = files.read(kml(*inside), "a.kml")
    return sheet


def left_out(sheet):
    return [(part.part, part.items) for part in sheet.left_out]


def test_the_innermost_folder_named_after_a_kind_says_the_kind():
    sheet = read(
        folder("Siêu thị", mark(kind=""), folder("Phường 1", mark(kind="", name="B"))),
        folder("LÀNG NGHỀ", mark(kind="", name="C"), mark(kind="Siêu thị", name="D")),
        mark(kind="Siêu thị", name="E"),
    )
    kinds = [vocabulary.value_of("kind", text) for text in sheet.cells["kind"]]
    assert kinds == ["supermarket", "supermarket", "craft_village", "supermarket", "supermarket"]
    (note,) = [note for note in sheet.notes if "thư mục" in note]
    assert "“Siêu thị” (2), “LÀNG NGHỀ” (1)" in note
    assert (Part.CELL, ("Phường 1",)) in left_out(sheet)


def test_html_in_a_description_becomes_text():
    html = "<b>ĐT</b>: 0293 387 6543<br>Mở cửa 2019 <a href='http://a.vn'>xem</a>"
    sheet = read(mark(f"<description><![CDATA[{html}]]></description>{WHERE}"))
    assert sheet.cells.loc[1, "details"] == "ĐT: 0293 387 6543\nMở cửa 2019 xem (http://a.vn)"
    assert "HTML" in " ".join(sheet.notes)


@pytest.mark.parametrize("html", ["<b>" * 30_000, "<a href='b'>x" * 8_000, "<p " * 30_000])
def test_html_without_end_takes_no_time(html):
    start = time.monotonic()
    hypertext.plain(html)
    assert time.monotonic() - start < 2


def test_folders_without_end_take_no_time():
    start = time.monotonic()
    sheet = read("<Folder><name>x</name>" * 20_000, mark() * 2_000, "</Folder>" * 20_000)
    assert len(sheet.cells) == 2_000
    assert time.monotonic() - start < 5


def test_a_table_in_a_description_keeps_its_rows():
    html = "<html><style>td{}</style><table><tr><td>Chủ</td><td>Cty &amp; A</td></tr></table>"
    assert hypertext.plain(html) == "Chủ: Cty & A"


@pytest.mark.parametrize("text", ["S < 5 ha", "a <b", "Nguyễn <A>", "<B>", "x > y & z", ""])
def test_a_sign_alone_is_no_html(text):
    assert hypertext.plain(text) is None


@pytest.mark.parametrize(
    "coordinates",
    ["105.4701, 9.7845, 0", "105.4701,9.7845", "\n 105.4701 ,9.7845\n", "105.4701 9.7845"],
)
def test_spaces_around_commas_part_nothing(coordinates):
    sheet = read(mark(f"<Point><coordinates>{coordinates}</coordinates></Point>"))
    assert sheet.cells.loc[1, ["lon", "lat"]].to_list() == ["105.4701", "9.7845"]


@pytest.mark.parametrize("bad", ["a,b", "105.4701", "105.4701;9.7845", "NaN,9", "1,2,3,4"])
def test_a_bad_placemark_is_named_and_the_others_are_read(bad):
    sheet = read(mark(f"<Point><coordinates>{bad}</coordinates></Point>"), mark())
    assert sheet.cells.loc[1, "position"] == bad
    assert sheet.cells.loc[2, "lat"] == str(LAT)
    assert "đối tượng 1" in " ".join(sheet.notes)


def polygon(outer, inner=""):
    def ring(text, side):
        ring = f"<LinearRing><coordinates>{text}</coordinates></LinearRing>"
        return f"<{side}BoundaryIs>{ring}</{side}BoundaryIs>" if text else ""

    return f"<Polygon>{ring(outer, 'outer')}{ring(inner, 'inner')}</Polygon>"


def test_an_open_outline_is_closed_and_a_point_stands_in_no_hole():
    outer = "105,9 106,9,0 106,10 105,10"
    sheet = read(mark(polygon(outer, "105.1,9.1 105.9,9.1 105.9,9.9 105.1,9.9 105.1,9.1")))
    lon, lat = sheet.cells.loc[1, ["lon", "lat"]].astype(float)
    assert not (105.1 < lon < 105.9 and 9.1 < lat < 9.9)
    assert "khép" in " ".join(sheet.notes)


def test_what_is_no_place_is_named():
    sheet = read(
        mark(),
        mark("<gx:Track><gx:coord>105 9 0</gx:coord></gx:Track>", "Tuần tra"),
        "<NetworkLink><Link><href>http://a.vn/b.kml</href></Link></NetworkLink>",
        "<GroundOverlay><name>Ảnh</name><Icon><href>a.png</href></Icon></GroundOverlay>",
    )
    assert len(sheet.cells) == 1
    assert left_out(sheet) == [
        (Part.FILE, ("http://a.vn/b.kml",)),
        (Part.LAYER, ("“Ảnh”",)),
        (Part.FEATURE, ("“Tuần tra”",)),
    ]


def test_a_schema_says_which_fields_are_numbers():
    schema = (
        "<Schema id='s'><SimpleField type='double' name='Diện tích (ha)'/>"
        "<SimpleField type='string' name='Năm'/></Schema>"
    )
    data = (
        "<ExtendedData><SchemaData schemaUrl='#s'><SimpleData name='Diện tích (ha)'>{}</SimpleData>"
        "<SimpleData name='Năm'>2015</SimpleData></SchemaData></ExtendedData>"
    )
    sheet = read(schema, *(mark(data.format(n) + WHERE) for n in ("1.200", "1e-3", "x")))
    assert sheet.cells["area_ha"].to_list() == ["1.2", "0.001", "x"]
    assert sheet.types["area_ha"].to_list() == [Type.NUMBER, Type.NUMBER, Type.UNTYPED]
    assert set(sheet.types["year"]) == {Type.UNTYPED}


def test_a_time_is_a_field_and_other_texts_are_kept_or_listed():
    sheet = read(
        mark(f"<TimeStamp><when>2024-12-31T23:30:00Z</when></TimeStamp>{WHERE}"),
        mark(f"<phoneNumber>0293</phoneNumber>{WHERE}"),
    )
    assert (Part.COLUMN, ("Thời gian", "phoneNumber")) in left_out(sheet)


def test_a_placemark_without_a_place_is_a_row():
    assert read(mark(""), mark()).cells["lat"].isna().to_list() == [True, False]


def test_all_documents_of_a_kmz_are_read_the_main_one_first():
    content = kmz(
        **{
            "files/b.kml": kml(mark(name="phụ")),
            "doc.kml": kml(mark(name="chính")),
            "files/icon.png": b"x",
            "__MACOSX/._doc.kml": b"\0",
            "files/._b.kml": b"\0",
        }
    )
    main, second = files.read(content, "a.kmz")
    assert [main.name, second.name] == ["doc.kml", "files/b.kml"]
    assert [main.cells.loc[1, "name_vi"], second.cells.loc[1, "name_vi"]] == ["chính", "phụ"]
    assert left_out(main) == [(Part.FILE, ("files/icon.png",))]


def test_a_damaged_document_of_several_costs_itself_only():
    (sheet,) = files.read(kmz(**{"doc.kml": b"<kml><x>", "b.kml": kml(mark())}), "a.kmz")
    assert (sheet.name, left_out(sheet)) == ("b.kml", [(Part.FILE, ("doc.kml",))])


def test_a_document_without_sites_is_named(refusal):
    content = kmz(**{"doc.kml": kml(mark()), "b.kml": kml("<Placemark/>")})
    (sheet,) = files.read(content, "a.kmz")
    assert (Part.LAYER, ("b.kml",)) in left_out(sheet)
    assert "trường" in refusal(kml("<Placemark/>"), "a.kml")
