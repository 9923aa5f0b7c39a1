"""Points as programs write them, and the codes of their systems."""

import pytest
from pyproj import CRS

from geodata.geography import points


@pytest.mark.parametrize("srid", points.MERIDIANS)
def test_the_meridian_of_each_vn2000_code_is_that_of_the_epsg_registry(srid):
    operation = CRS.from_epsg(srid).coordinate_operation
    values = {parameter.name: parameter.value for parameter in operation.params}
    assert values["Longitude of natural origin"] == points.MERIDIANS[srid]
    assert values["Scale factor at natural origin"] == 0.9999


@pytest.mark.parametrize(
    "text",
    [
        "POINT EMPTY",
        "POINT(105.4)",
        "LINESTRING(105.4 9.7, 105.5 9.8)",
        '{"type": "Polygon", "coordinates": [[[105, 9], [106, 9], [105, 9]]]}',
        "{" * 2000,
        '{"type": "Point", "coordinates": ["a", "b"]}',
        "9.7845 105.4701 3",
        "9, 47, 105, 28",
    ],
)
def test_what_is_no_point_is_none(text):
    assert points.point_in(text) is None


def test_a_feature_of_geojson_is_its_point():
    text = '{"type":"Feature","geometry":{"type":"Point","coordinates":[105.47,9.78,3]}}'
    assert points.point_in(text)[:2] == ("105.47", "9.78")
