import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.errors import DataError
from geodata.geography.coordinates import to_vn2000
from geodata.geography.notation import Notation, parse

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
