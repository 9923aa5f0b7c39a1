"""GPX of a phone or receiver: its marked places are rows, its tracks and routes are named."""

import time

import pytest

from geodata.intake.reading import files
from geodata.intake.reading.grid import Part, Type
from tests.geodata.intake.reading.test_placemarks import left_out

PLACE = '<wpt lat="9.7845" lon="105.4701">{}</wpt>'
NAMED = PLACE.format("<name>Siêu thị A</name><type>Siêu thị</type>")


def gpx(*inside):
    start = '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
    return (start + "".join(inside) + "</gpx>").encode()


def read(*inside):
    (sheet,) = files.read(gpx(*inside), "a.gpx")
    return sheet


def test_a_waypoint_is_a_position_with_a_name():
    sheet = read(NAMED)
    assert sheet.cells.loc[1].to_dict() == {
        "lat": "9.7845",
        "lon": "105.4701",
        "name_vi": "Siêu thị A",
        "kind": "Siêu thị",
    }
    assert sheet.types.loc[1].to_list() == [Type.NUMBER, Type.NUMBER, Type.TEXT, Type.TEXT]
    assert left_out(sheet) == []


def test_every_other_element_is_a_column_or_is_listed():
    more = (
        "<name>A</name><desc>Mô tả A</desc><ele>3.5</ele><time>2024-12-31T23:30:00Z</time>"
        "<extensions><x:Depth>2</x:Depth></extensions><link href='http://a.vn'/>"
    )
    sheet = read(PLACE.format(more))
    assert sheet.cells.loc[1, "details"] == "Mô tả A"
    assert left_out(sheet) == [(Part.COLUMN, ("ele", "Thời gian", "Depth", "link"))]


def test_tracks_and_routes_are_named_and_never_taken_for_places():
    track = "<trk><name>Tuần tra</name><trkseg><trkpt lat='9' lon='105'/></trkseg></trk>"
    route = "<rte><rtept lat='9' lon='105'><name>x</name></rtept></rte>"
    sheet = read(NAMED, track, route)
    assert len(sheet.cells) == 1
    assert left_out(sheet) == [(Part.FEATURE, ("“Tuần tra” (1 điểm)", "tuyến dự kiến (1 điểm)"))]


def test_a_file_of_tracks_only_says_so(refusal):
    track = "<trk><name>Tuần tra</name><trkseg><trkpt lat='9' lon='105'/></trkseg></trk>"
    assert "“Tuần tra” (1 điểm)" in refusal(gpx(track), "a.gpx")


@pytest.mark.parametrize(
    "where", ['lat="9,78" lon="105,47"', 'lat="" lon="x"', 'lat="nan" lon="1"']
)
def test_a_waypoint_with_a_bad_position_is_named(where):
    bad = f"<wpt {where}><name>B</name><type>Siêu thị</type></wpt>"
    sheet = read(NAMED, bad)
    assert sheet.cells.loc[2, "position"]
    assert sheet.cells.loc[1, "lat"] == "9.7845"


def test_ten_times_the_points_of_a_track_cost_no_more_than_their_number():
    point = "<trkpt lat='9.78' lon='105.47'><ele>3</ele><time>2024-12-31T23:30:00Z</time></trkpt>"
    took = {}
    for count in (10_000, 100_000):
        track = f"<trk><trkseg>{point * count}</trkseg></trk>"
        start = time.process_time()
        sheet = read(NAMED, track)
        took[count] = time.process_time() - start
    assert left_out(sheet) == [(Part.FEATURE, ("tuyến đã đi (100.000 điểm)",))]
    assert took[100_000] < 40 * took[10_000]  # were each to look at all before it: 100 times


def test_entities_are_refused(refusal):
    assert "thực thể XML" in refusal(b"<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx>&a;</gpx>", "a.gpx")
