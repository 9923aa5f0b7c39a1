import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geodata.core.errors import DataError
from geodata.geography.coordinates import to_vn2000
from geodata.geography.notation import NamedError, Notation, parse

LON, LAT = 105.4701, 9.7845

longitudes = st.floats(105.2, 106.0)
latitudes = st.floats(9.5, 10.1)

DECIMAL, DMS, VN2000 = Notation.DECIMAL, Notation.DMS, Notation.VN2000
READABLE = [
    ("9,7845; 105,4701", DECIMAL, False),
    ("9,7845, 105,4701", DECIMAL, False),
    ("9.7845, 105.4701", DECIMAL, False),
    ("9.7845,105.4701", DECIMAL, False),
    ("(9.7845 105.4701)", DECIMAL, False),
    ("105.4701 9.7845", DECIMAL, True),
    ("105.4701E 9.7845N", DECIMAL, False),
    ("9.7845° N, 105.4701° E", DECIMAL, False),
    ("Lat: 9.7845 Lng: 105.4701", DECIMAL, False),
    ("Vĩ độ 9,7845; kinh độ 105,4701", DECIMAL, False),
    ("X=105.4701 Y=9.7845", DECIMAL, True),
    ("9°47'04.2\"N 105°28'12.36\"E", DMS, False),
    ("9°47′4,2″B 105°28′12,36″Đ", DMS, False),
    ("105º28’12,36” Đông; 9º47’4,2” Bắc", DMS, False),
    ("9°47'4.2'' N, 105°28'12.36'' E", DMS, False),
    ("vĩ độ Bắc 9 độ 47 phút 4,2 giây, kinh độ Đông 105 độ 28 phút 12,36 giây", DMS, False),
    ("9 47 4.2 105 28 12.36", DMS, False),
    ("9°47.07'N 105°28.206'E", DMS, False),
    ("X=1082058,463 Y=551374,634", VN2000, False),
    ("X: 1.082.058,463; Y: 551.374,634", VN2000, False),
    ("Y = 551374.634, X = 1082058.463", VN2000, False),
    ("1,082,058.463 551,374.634", VN2000, False),
    ("1082058.463 551374.634", VN2000, False),
    ("551374.634 1082058.463", VN2000, True),
    ("X=551374.634 Y=1082058.463", VN2000, True),
    ("E 551374.634 N 1082058.463", VN2000, False),
]


@pytest.mark.parametrize(("text", "notation", "swapped"), READABLE)
def test_what_people_write_is_read(text, notation, swapped):
    reading = parse(text)
    assert (reading.lon, reading.lat) == pytest.approx((LON, LAT), abs=1e-8)
    assert (reading.notation, reading.swapped) == (notation, swapped)


MARKED = [
    ("X: 1082058 m, Y: 551374 m", VN2000, 1e-5),
    ("N=1082058,463, E=551374,634", VN2000, 1e-8),
    ("Bắc: 1082058,463; Đông: 551374,634", VN2000, 1e-8),
    ("VN-2000: X=1082058.463 Y=551374.634", VN2000, 1e-8),
    ("9 47 04.2 / 105 28 12.36", DMS, 1e-8),
    ("9o47'04.2\" 105o28'12.36\"", DMS, 1e-8),
    ("9 độ 47,07 phút; 105 độ 28,206 phút", DMS, 1e-8),
    ("Tọa độ: 9,7845; 105,4701 (WGS-84)", DECIMAL, 1e-8),
    ("9.7845 N, 105.4701 E (GPS Garmin)", DECIMAL, 1e-8),
    ("POINT(105.4701 9.7845)", DECIMAL, 1e-8),
    ("POINT Z (105.4701 9.7845 2)", DECIMAL, 1e-8),
    ("SRID=4326;POINT(105.4701 9.7845)", DECIMAL, 1e-8),
    ("SRID=5897;POINT(551374.634 1082058.463)", DECIMAL, 1e-8),
    ('{"type": "Point", "coordinates": [105.4701, 9.7845]}', DECIMAL, 1e-8),
    ("9.7845 105.4701 0 4.9", DECIMAL, 1e-8),
    ("9,7845; 105,4701; 2; 4,9", DECIMAL, 1e-8),
]


@pytest.mark.parametrize(("text", "notation", "within"), MARKED)
def test_what_programs_and_forms_add_is_read_too(text, notation, within):
    reading = parse(text)
    assert (reading.lon, reading.lat) == pytest.approx((LON, LAT), abs=within)
    assert reading.notation is notation


def test_the_fourth_number_of_a_survey_tool_is_the_accuracy():
    assert parse("9.7845 105.4701 0 4.9").accuracy_m == 4.9
    assert parse("9.7845 105.4701 0 0").accuracy_m is None
    assert parse("9.7845 105.4701").accuracy_m is None


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("9,78; 105,47", 553),
        ("9,7845; 105,47", 548.5),
        ("9°47'N 105°28'E", 921.7),
        ("9°47'04\"N 105°28'12\"E", 15.4),
        ("1082058 551374", 0.5),
        ("1.082.058,463 551.374,634", 0.0005),
    ],
)
def test_how_exact_a_position_is_follows_from_its_last_digit(text, metres):
    assert parse(text).precision_m == pytest.approx(metres, rel=0.01)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("https://maps.app.goo.gl/AbCdEf123", "rút gọn"),
        ("goo.gl/maps/AbCdEf123", "rút gọn"),
        ("https://example.vn/ban-do", "không ghi vị trí"),
        ("https://www.google.com/maps/dir/9.78,105.47/9.79,105.48/@9.7,105.4,15z", "không ghi"),
        ("VRQC+QX Vị Thanh", "Plus Code"),
        ("SRID=3857;POINT(11740000 1094000)", "EPSG:3857"),
    ],
)
def test_what_is_known_but_cannot_be_read_is_named_for_what_it_is(text, word):
    with pytest.raises(NamedError, match=word):
        parse(text)


def test_south_in_brackets_is_no_remark():
    with pytest.raises(DataError):
        parse("9.7845 (south) 105.4701")


def test_thousands_points_without_decimals_are_not_decimals():
    assert parse("1.082.058 551.374") == parse("1082058 551374")


def test_metres_of_another_meridian_are_read_with_it():
    paper = to_vn2000(LON, LAT, 105.5)
    reading = parse(f"X={paper.north_x:.3f} Y={paper.east_y:.3f}", central_meridian=105.5)
    assert (reading.lon, reading.lat) == pytest.approx((LON, LAT), abs=1e-8)


UNREADABLE = [
    ("", "9,7845; 105,4701"),
    (" \n", "9,7845; 105,4701"),
    (None, "9,7845; 105,4701"),
    (float("nan"), "9,7845; 105,4701"),
    (9.7845, "9,7845; 105,4701"),
    ("NaN", "NaN"),
    ("inf inf", "inf inf"),
    ("chưa rõ", "chưa rõ"),
    ("9.7845", "9.7845"),
    ("9.7845 105.4701 3", "9.7845 105.4701 3"),
    ("9,7845,105,4701", "9,7845,105,4701"),
    ("9, 47, 105, 28", "9, 47, 105, 28"),
    ("9.7845 9.7845", "9.7845 9.7845"),
    ("48.8566, 2.3522", "48.8566, 2.3522"),
    ("0 0", "0 0"),
    ("-9.7845 105.4701", "-9.7845 105.4701"),
    ("9.7845S 105.4701E", "9.7845S 105.4701E"),
    ("9.7845E 105.4701N", "9.7845E 105.4701N"),
    ("9.7845N 105.4701", "9.7845N 105.4701"),
    ("9.7845 551374.634", "9.7845 551374.634"),
    ("VN-2000 9.7845 105.4701", "VN-2000"),
    ("9°75'0\" 105°28'12\"", "9°75'0\""),
    ("9'47°04\" 105'28°12\"", "9'47°04\""),
    ("9.5 30 0 105 28 12", "9.5 30 0"),
    ("1082058° 551374°", "1082058°"),
    ("٩.٧٨ ١٠٥.٤٧", "٩.٧٨ ١٠٥.٤٧"),
    ("1" * 100_000, "111…"),
]


@pytest.mark.parametrize(("text", "shown"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_not_one_place_is_answered_with_a_short_sentence(text, shown):
    with pytest.raises(DataError) as caught:
        parse(text)
    assert shown in str(caught.value)
    assert len(str(caught.value)) < 300


@given(st.text(max_size=60) | st.text("0123456789.,;°'\" NEXYbđ=:", max_size=60))
def test_any_text_is_a_place_in_viet_nam_or_a_sentence(text):
    try:
        reading = parse(text)
    except DataError:
        return
    assert 101 < reading.lon < 111
    assert 7 < reading.lat < 25


def _sexagesimal(degrees):
    seconds = round(degrees * 3600, 5)
    whole, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{whole:.0f}°{minutes:.0f}'{min(seconds, 59.99999):.5f}\""


def _grid(lon, lat):
    grid = to_vn2000(lon, lat)
    return f"X={grid.north_x:.4f} Y={grid.east_y:.4f}"


WRITERS = {
    DECIMAL: lambda lon, lat: f"{lat:.8f}; {lon:.8f}",
    DMS: lambda lon, lat: f"{_sexagesimal(lat)}N {_sexagesimal(lon)}E",
    VN2000: _grid,
}


@pytest.mark.parametrize("notation", Notation)
@pytest.mark.parametrize("vietnamese", [False, True])
@given(lon=longitudes, lat=latitudes)
def test_what_is_written_is_read_back(notation, vietnamese, lon, lat):
    text = WRITERS[notation](lon, lat)
    reading = parse(text.replace(".", ",") if vietnamese else text)
    assert reading.notation is notation
    assert (reading.lon, reading.lat) == pytest.approx((lon, lat), abs=1e-8)


def _minutes(degrees, decimals):
    whole, rest = divmod(round(degrees * 60, decimals), 60)
    return f"{whole:.0f}°{rest:.{decimals}f}'"


def _utm(lon, lat, decimals):
    east, north = UTM.transform(lon, lat)
    return f"48P {east:.{decimals}f} {north:.{decimals}f}"


UTM = Transformer.from_crs("EPSG:4326", "EPSG:32648", always_xy=True)
ROUNDED = {
    "degrees": lambda lon, lat, n: f"{lat:.{n}f}; {lon:.{n}f}",
    "comma": lambda lon, lat, n: f"{lat:.{n}f}; {lon:.{n}f}".replace(".", ","),
    "letters": lambda lon, lat, n: f"N{lat:.{n}f} E{lon:.{n}f}",
    "minutes": lambda lon, lat, n: f"{_minutes(lat, n)}N {_minutes(lon, n)}E",
    "words": lambda lon, lat, n: f"vĩ độ Bắc {lat:.{n}f} độ, kinh độ Đông {lon:.{n}f} độ",
    "wkt": lambda lon, lat, n: f"POINT({lon:.{n}f} {lat:.{n}f})",
    "geojson": lambda lon, lat, n: f'{{"type":"Point","coordinates":[{lon:.{n}f},{lat:.{n}f}]}}',
    "survey": lambda lon, lat, n: f"{lat:.{n}f} {lon:.{n}f} 3.1 12",
    "query": lambda lon, lat, n: f"https://maps.google.com/?q={lat:.{n}f},{lon:.{n}f}&z=3",
    "pin": lambda lon, lat, n: (
        f"https://www.google.com/maps/place/X/@9,105,9z!3d{lat:.{n}f}!4d{lon:.{n}f}"
    ),
    "view": lambda lon, lat, n: f"https://www.google.com/maps/@{lat:.{n}f},{lon:.{n}f},17z",
    "geo": lambda lon, lat, n: f"geo:{lat:.{n}f},{lon:.{n}f};u=35",
    "metres": lambda lon, lat, n: "X: {:.{n}f} m, Y: {:.{n}f} m".format(*_metres(lon, lat), n=n),
    "utm": _utm,
}


def _metres(lon, lat):
    grid = to_vn2000(lon, lat)
    return grid.north_x, grid.east_y


@pytest.mark.parametrize("way", ROUNDED)
@given(lon=longitudes, lat=latitudes, decimals=st.integers(2, 7))
def test_every_way_of_writing_is_read_back_within_its_own_precision(way, lon, lat, decimals):
    reading = parse(ROUNDED[way](lon, lat, decimals))
    north, east = (reading.lat - lat) * 110_600, (reading.lon - lon) * 111_320
    assert abs(north) <= reading.precision_m * 1.01 + 0.01
    assert abs(east) <= reading.precision_m * 1.03 + 0.01
    assert not reading.swapped
