"""Waters and roads for a map: cut, joined, ordered and coarse enough, none lost."""

import geopandas as gpd
import numpy as np
import shapely

from geodata.geography import context, lines
from geodata.geography.coordinates import WGS84


def table(*rows):
    kinds, names, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"class": kinds, "name": names}, geometry=list(shapes), crs=WGS84)


def wave(vertices, high=0.05):
    x = np.linspace(105.2, 106.0, vertices)
    return shapely.LineString(np.column_stack([x, 9.8 + high * np.sin(x * 40)]))


def test_pieces_of_one_name_are_one_line_and_roads_lie_above_waters():
    pieces = [
        ("national", "Quốc lộ 1", shapely.LineString([(105.5, 9.7), (105.6, 9.8)])),
        ("national", "Quốc lộ 1", shapely.LineString([(105.6, 9.8), (105.7, 9.8)])),
        ("canal", None, shapely.LineString([(105.5, 9.8), (105.6, 9.7)])),
        ("river", "Sông Hậu", shapely.box(105.5, 9.9, 105.9, 9.95)),
    ]
    drawn = lines.fitted(table(*pieces))
    assert drawn["class"].tolist() == ["river", "canal", "national"]
    assert drawn["name"].tolist() == ["Sông Hậu", "", "Quốc lộ 1"]
    assert drawn.geometry.geom_type.tolist() == ["Polygon", "LineString", "LineString"]


def test_what_lies_outside_the_frame_is_cut_off():
    long = shapely.LineString([(100.0, 9.8), (110.0, 9.8)])
    far = shapely.LineString([(100.0, 15.0), (110.0, 15.0)])
    drawn = lines.fitted(table(("canal", "a", long), ("canal", "b", far)))
    assert drawn["name"].tolist() == ["a"]
    assert drawn.geometry.iloc[0].bounds[::2] == (context.FRAME[0], context.FRAME[2])
    assert lines.fitted(table(("canal", "b", far))).empty


def test_many_vertices_become_few_and_no_line_is_lost():
    winding = [("canal", f"kênh {n}", wave(5_000)) for n in range(20)]
    drawn = lines.fitted(table(*winding), most=2_000)
    assert shapely.get_num_coordinates(drawn.geometry.to_numpy()).sum() <= 2_000
    assert len(drawn) == 20
    assert not drawn.geometry.is_empty.any()


def test_more_lines_than_vertices_keep_their_ends():
    drawn = lines.fitted(table(*[("canal", f"{n}", wave(9)) for n in range(20)]), most=10)
    assert len(drawn) == 20
    assert (shapely.get_num_coordinates(drawn.geometry.to_numpy()) >= 2).all()
