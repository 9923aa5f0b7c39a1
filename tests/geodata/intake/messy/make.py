"""Make the messy files beside this script, always byte for byte the same.

Run it from the project: ``python tests/geodata/intake/messy/make.py [FOLDER]``. Each file has the
habits of a real office; what is in it is invented.
"""

import io
import json
import sys
import unicodedata
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd
import pyogrio
import xlsxwriter
from shapely import LineString, Point, Polygon

from geodata.geography.coordinates import from_vn2000, to_vn2000, vn2000

HERE = Path(__file__).parent
THEN = datetime(2025, 1, 2, tzinfo=UTC)
TONES = "\u0300\u0301\u0303\u0309\u0323"

# The old sets, as tables of their own: a converter cannot be tested by itself.
LETTERS = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ"
TCVN3 = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ¡¢§£¤¥¦"
VNI = (
    "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä ñ eù eø eû eõ eï eâ eá eà eå eã eä "
    "í ì æ ó ò où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï "
    "yù yø yû yõ î AÊ AÂ Ñ EÂ OÂ Ô Ö"
)


def tcvn3(text):
    return text.translate(str.maketrans(dict(zip(LETTERS, TCVN3, strict=True))))


def vni(text):
    return text.translate(str.maketrans(dict(zip(LETTERS, VNI.split(), strict=True))))


def windows_1258(text):
    """Vietnamese Windows: a letter with its hat, then its tone."""
    apart = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            letter.encode("cp1258")
            apart.append(letter)
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            base = "".join(mark for mark in marks if mark not in TONES)
            tones = "".join(mark for mark in marks if mark in TONES)
            apart.append(unicodedata.normalize("NFC", base) + tones)
    return "".join(apart).encode("cp1258")


def workbook(sheets):
    """An XLSX of sheets, each a function that fills it; no clock in it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": THEN.replace(tzinfo=None)})
        for title, fill in sheets.items():
            fill(book, book.add_worksheet(title))
    return content.getvalue()


def zipped(members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 2, 0, 0, 0)), member)
    return content.getvalue()


def lines(rows, delimiter=","):
    return "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"


def office_form(book, sheet):
    """Title rows, merged cells, a header of two rows, numbered columns, sections, a signature."""
    bold = book.add_format({"bold": True, "align": "center"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range("A1:C1", "UBND TỈNH HẬU GIANG", bold)
    sheet.merge_range("A2:C2", "SỞ CÔNG THƯƠNG", bold)
    sheet.merge_range("A4:J4", "DANH SÁCH KHU, CỤM CÔNG NGHIỆP, LÀNG NGHỀ", bold)
    sheet.merge_range("A5:J5", "(Kèm theo Công văn số 12/SCT-QLCN ngày 10/6/2024)", bold)
    for cells, text in {
        "A7:A8": "STT",
        "B7:B8": "Tên cơ sở",
        "C7:C8": "Huyện,\nthị xã, thành phố",
        "D7:D8": "Xã, phường,\nthị trấn",
        "E7:F7": "Tọa độ VN-2000",
        "G7:H7": "Quyết định thành lập",
        "I7:I8": "Diện tích\n(ha)",
        "J7:J8": "Tình trạng",
    }.items():
        sheet.merge_range(cells, text, bold)
    sheet.write_row("E8", ["X (m)", "Y (m)", "Số quyết định", "Ngày quyết định"], bold)
    sheet.write_row("A9", [f"({n})" for n in range(1, 11)], bold)
    sheet.write("A10", "I", bold)
    sheet.write("B10", "Khu công nghiệp", bold)
    sheet.write_row("A11", [1, "KCN Sông Hậu", "Châu Thành", "Đông Phú"])
    sheet.write_row("E11", [1102345.12, 592410.5, "244/QĐ-UBND"])
    sheet.write_datetime("H11", datetime(2007, 1, 31), day)  # noqa: DTZ001 - Excel has no zones
    sheet.write_row("I11", [290.79, "Đang hoạt động"])
    sheet.write("A12", "II", bold)
    sheet.write("B12", "Cụm công nghiệp", bold)
    sheet.write_row("A13", [2, "CCN Mẫu Một"])
    sheet.merge_range("C13:C14", "Vị Thuỷ")
    sheet.write_row("D13", ["Vị Thủy", 1082058.463, 551374.634, "", "", 45, "Đang hoạt động"])
    sheet.write_row("A14", [3, "CCN Mẫu Hai"])
    sheet.write_row("D14", ["Vị Trung", 1080100, 549900.25, "", "", 52.5, "Quy hoạch"])
    sheet.write_row("A15", ["", "Tổng cộng", "", "", "", "", "", "", 388.29])
    sheet.write("H18", "Vị Thanh, ngày 10 tháng 6 năm 2024")
    sheet.write("H19", "NGƯỜI LẬP BIỂU", bold)


def cover(_book, sheet):
    sheet.write("A1", "Phụ lục kèm theo Công văn số 12/SCT-QLCN")


def serial_days(book, sheet):
    """Evidence whose days are numbers, dates, months and words."""
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(
        "A1",
        ["Mã minh chứng", "Mã cơ sở", "Nhóm nội dung", "Loại sự kiện", "Ngày tổ chức", "Hạng"],
    )
    days = (45473, date(2024, 6, 30), "tháng 6/2024", "30.6.2024", "Quý II/2024")
    for row, cell in enumerate(days, start=1):
        sheet.write_row(row, 0, [f"MC{row:02}", "HG-ST-01", "Tuyên truyền", "Đã tổ chức"])
        if isinstance(cell, date):
            sheet.write_datetime(row, 4, cell, day)
        else:
            sheet.write(row, 4, cell)
        sheet.write(row, 5, "A")


def topics(_book, sheet):
    """Nine verified events, their topics in an office's words."""
    titles = ("Mã cơ sở", "Nhóm nội dung", "Loại sự kiện", "Ngày tổ chức", "Hạng", "Phạm vi")
    sheet.write_row("A1", [*titles, "Chủ đề", "Đơn vị tổ chức", "Số hiệu văn bản", "Tóm tắt"])
    words = {
        "HG-KCN-01": "Sản xuất và tiêu dùng bền vững",
        "HG-KCN-02": "sản xuất, tiêu dùng bền vững",
        "HG-CCN-01": "SXTDBV",
        "HG-CCN-02": "",
        "HG-CCN-03": "",
        "HG-CCN-04": "Tập huấn về SX và TD bền vững",
        "HG-CCN-05": "scp",
        "HG-LN-01": "SCP",
        "HG-LN-02": "Tiêu dùng bền vững; rác thải nhựa",
    }
    for row, (site, topic) in enumerate(words.items(), start=1):
        where = [site, "Tuyên truyền", "Đã tổ chức", "15/06/2025", "A", "Tại cơ sở", topic]
        about = "Tập huấn về sản xuất và tiêu dùng bền vững"
        sheet.write_row(row, 0, [*where, "Sở Công Thương", f"{site}/BB", about])


def old_font(book, sheet):
    """Some columns typed in .VnTime, others in Unicode."""
    font = book.add_format({"font_name": ".VnTime"})
    rows = [
        ("Mã", "Tên cơ sở", "Loại hình", "Huyện"),
        ("LN-01", "Làng nghề đan lát Thủy Hòa", "Làng nghề", "Phụng Hiệp"),
        ("CC-02", "Cụm công nghiệp Phú Hữu", "Cụm công nghiệp", "Châu Thành"),
        ("ST-03", "Siêu thị Ngã Bảy", "Siêu thị", "Ngã Bảy"),
    ]
    for at, (code, name, kind, district) in enumerate(rows):
        sheet.write(at, 0, code)
        sheet.write(at, 1, tcvn3(name), font)
        sheet.write(at, 2, tcvn3(kind), font)
        sheet.write(at, 3, district)


SEMICOLON = [
    ["Kinh độ", "Vĩ độ", "Tên siêu thị", "Mã", "Loại hình", "Diện tích (ha)", "Năm hoạt động"],
    ["105,4701", "9,7845", "Siêu thị Vị Thanh", "ST-01", "Siêu thị", "0,35", "2015"],
    ["105,8203", "9,8167", "Siêu thị Ngã Bảy", "ST-02", "Siêu thị", "1.250,5", "2018"],
    ["105,4688", "9,7801", "TTTM Vị Thanh", "TT-01", "TTTM", "2,4", "2015"],
]
TITLES = [
    ["SỞ CÔNG THƯƠNG HẬU GIANG"],
    ["Danh sách siêu thị đến 31/12/2024"],
    [""],
]
OLD_CSV = [
    ["STT", "Tên làng nghề", "Mã số", "Loại hình", "Xã, phường", "Huyện, thị xã"],
    ["1", "Làng nghề đan cần xé", "LN-01", "Làng nghề", "Đại Thành", "Ngã Bảy"],
    ["2", "Làng nghề đóng ghe xuồng", "LN-02", "Làng nghề", "Hiệp Thành", "Ngã Bảy"],
    ["3", "Làng nghề dệt chiếu Thủy Hòa", "LN-03", "Làng nghề", "Vị Thủy", "Vị Thủy"],
]
WITH_BOM = [
    ["name", "type", "code", "coordinates", "enterprises", "public"],
    ["Chợ nổi Ngã Bảy (mô hình)", "Mô hình", "MH-01", '"9°48\'36,5""B 105°49\'12""Đ"', "12", "có"],
    ["Co.opmart Vị Thanh", "Siêu thị", "ST-09", '"9,7845; 105,4701"', "1.200", "không"],
    ["WinMart Vị Thanh", "Siêu thị", "ST-10", '"X=1082058,463 Y=551374,634"', "", "có"],
]
HOMONYMS = [
    ["Mã cơ sở", "Tên cơ sở", "Loại cơ sở", "Xã, phường, thị trấn", "Huyện, thị xã, thành phố"],
    ["H1", "Cơ sở ở xã Vị Thanh", "Làng nghề", "Vị Thanh", "Vị Thủy"],
    ["H2", "Cơ sở ở xã Vị Thuỷ", "Làng nghề", "Xã Vị Thuỷ", "Huyện Vị Thuỷ"],
    ["H3", "Cơ sở ở xã Đông Phước", "Cụm công nghiệp", "xã Đông Phước", "Châu Thành"],
    ["H4", "Cơ sở ở phường Vĩnh Tường", "Siêu thị", "P. Vĩnh Tường", "TX. Long Mỹ"],
    ["H5", "Cơ sở ở Long Mỹ", "Siêu thị", "Long Trị", "Long Mỹ"],
    ["H1", "Cơ sở ở xã Vị Thanh", "Làng nghề", "Vị Thanh", "Vị Thủy"],
    ["H7", "Cơ Sở Ở Xã Vị Thủy", "LN", "Vị Thủy", "H. Vị Thủy"],
]


def meridians():
    """Three sites on the province's meridian and two on that of its neighbour, in one file."""
    rows = [["Mã", "Tên cơ sở", "Loại", "X", "Y", "Kinh tuyến trục"]]
    places = {
        "K1": (105.4701, 9.7845, 105.0, "105°00'"),
        "K2": (105.8203, 9.8167, 105.0, "105"),
        "K3": (105.7405, 9.9302, 105.5, "105°30'"),
        "K4": (105.6012, 9.7511, 105.5, ""),
        "K5": (105.5102, 9.8001, 105.0, ""),
    }
    for code, (lon, lat, meridian, stated) in places.items():
        grid = to_vn2000(lon, lat, meridian)
        # Thousands points and a decimal comma, and once the other way round.
        north, east = (f"{value:,.2f}" for value in (grid.north_x, grid.east_y))
        if code != "K2":
            north, east = (t.translate(str.maketrans(",.", ".,")) for t in (north, east))
        rows.append([code, f"Cơ sở {code}", "CCN", north, east, stated])
    return rows


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Cơ sở</name><Folder>
<Placemark><name>Siêu thị Vị Thanh</name><ExtendedData>
<Data name="Mã cơ sở"><value>ST-01</value></Data>
<Data name="Loại cơ sở"><value>Siêu thị</value></Data></ExtendedData>
<Point><coordinates>105.4701,9.7845,0</coordinates></Point></Placemark>
<Placemark><name>KCN Sông Hậu</name><description>Giai đoạn 1 &amp; 2</description><ExtendedData>
<Data name="Mã cơ sở"><value>KCN-01</value></Data>
<Data name="Loại cơ sở"><value>KCN</value></Data></ExtendedData>
<Polygon><outerBoundaryIs><LinearRing><coordinates>
105.84,9.96,0 105.85,9.96,0 105.85,9.97,0 105.84,9.97,0 105.84,9.96,0
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
</Folder></Document></kml>
"""
GEOJSON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {
                "Mã": "MH-01",
                "Tên": "Mô hình lúa – tôm",
                "Loại": "Mô hình",
                "Năm": 2023,
            },
            "geometry": {"type": "Point", "coordinates": [105.51, 9.68]},
        },
        {
            "type": "Feature",
            "properties": {"Mã": "MH-02", "Tên": "Mô hình nước", "Loại": "Mô hình", "Năm": None},
            "geometry": None,
        },
    ],
}


def shapefile():
    """Zipped, in VN-2000 of the neighbour's meridian, field names of ten letters, no .cpg."""
    places = [(105.7405, 9.9302), (105.6012, 9.7511)]
    grids = [to_vn2000(*place, 105.5) for place in places]
    shapes = [Point(grid.east_y, grid.north_x) for grid in grids]
    data = {
        "MA_CS": ["C1", "C2"],
        "TEN_CS": ["Cụm công nghiệp Phú Hữu", "Làng nghề Thủy Hòa"],
        "LOAI_HINH": ["CCN", "Làng nghề"],
        "DIEN_TICH": [45.5, 3.0],
    }
    frame = gpd.GeoDataFrame(data, geometry=shapes, crs=vn2000(105.5))
    with TemporaryDirectory() as folder:
        pyogrio.write_dataframe(frame, Path(folder, "co_so.shp"), encoding="UTF-8")
        parts = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    table = bytearray(parts["co_so.dbf"])
    table[1:4] = bytes((125, 1, 2))  # the day it was written
    parts["co_so.dbf"] = bytes(table)
    del parts["co_so.cpg"]
    return zipped({f"bản đồ/{name}": content for name, content in parts.items()})


def geopackage():
    """Two layers: points in VN-2000 105° by its code, and an area and a line in WGS 84."""
    grid = to_vn2000(105.4701, 9.7845)
    points = gpd.GeoDataFrame(
        {
            "Mã cơ sở": ["ST-01"],
            "Tên cơ sở": ["Siêu thị Vị Thanh"],
            "Loại cơ sở": ["Siêu thị"],
            "Ngày khai trương": pd.to_datetime(["2015-09-02"]),
            "Công khai": [True],
        },
        geometry=[Point(grid.east_y, grid.north_x)],
        crs="EPSG:5897",
    )
    where = from_vn2000(grid)
    lon, lat = float(where.lon), float(where.lat)
    areas = gpd.GeoDataFrame(
        {"id": ["K1", "K2"], "name_vi": ["Khu một", "Kênh hai"], "kind": ["KCN", "CCN"]},
        geometry=[
            Polygon([(lon, lat), (lon + 0.01, lat), (lon + 0.01, lat + 0.01), (lon, lat + 0.01)]),
            LineString([(lon, lat), (lon + 0.02, lat)]),
        ],
        crs="EPSG:4326",
    )
    with TemporaryDirectory() as folder:
        path = Path(folder, "layers.gpkg")
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2025-01-02T00:00:00.000Z"})
        pyogrio.write_dataframe(points, path, layer="bán lẻ")
        pyogrio.write_dataframe(areas, path, layer="công nghiệp", append=True)
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        return path.read_bytes()


def files():
    """Name to content of all messy files."""
    return {
        "office_form.xlsx": workbook({"Bìa": cover, "Biểu 01": office_form}),
        "serial_days.xlsx": workbook({"Minh chứng": serial_days}),
        "topics.xlsx": workbook({"Minh chứng": topics}),
        "old_font.xlsx": workbook({"Sheet1": old_font}),
        "semicolon_1258.csv": windows_1258(lines(TITLES + SEMICOLON, ";")),
        "tcvn3.csv": tcvn3(lines(OLD_CSV, ";")).encode("latin-1"),
        "vni.csv": vni(lines(OLD_CSV, ";")).encode("latin-1"),
        "bom_positions.csv": lines(WITH_BOM).encode("utf-8-sig"),
        "homonyms.csv": lines(HOMONYMS, ";").encode("utf-8"),
        "meridians.csv": ("\ufeff" + lines(meridians(), "\t")).encode("utf-16-le"),
        "placemarks.kmz": zipped({"doc.kml": KML, "files/icon.txt": "icon"}),
        "models.geojson": json.dumps(GEOJSON, ensure_ascii=False).encode("utf-8"),
        "shapefile_vn2000.zip": shapefile(),
        "layers.gpkg": geopackage(),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else HERE
    for name, content in files().items():
        (folder / name).write_bytes(content)
