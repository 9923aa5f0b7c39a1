"""On a server a GIS opens the register directly: points, an index, and what is published."""

import pytest

from geodata.core.errors import StoreError
from geodata.store import REAL, SIMULATED, Store
from tests.geodata.store.samples import (
    REGISTER,
    changed,
    drafted,
    entered,
    removed,
    reviewed,
    run,
    said,
    site,
)

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def on():
    return "postgresql"


def shown(store):
    """The register as a GIS sees it: name and position by id."""
    query = "SELECT id, name_vi, ST_X(geom), ST_Y(geom) FROM site_published WHERE workspace = "
    (rows,) = run(store, f"{query}'real'")
    return {key: cells for key, *cells in rows}


def positions(sites):
    columns = sites[["id", "name_vi", "lon", "lat"]].astype(object)
    plain = columns.where(columns.notna(), None)
    return {key: cells for key, *cells in plain.itertuples(index=False)}


def test_every_point_is_where_the_register_says(store):
    (rows,) = run(store, "SELECT id, ST_X(geom), ST_Y(geom), ST_SRID(geom) FROM site")
    points = {key: (x, y) for key, x, y, srid in rows if srid == 4326}
    placed = REGISTER[REGISTER.geometry.notna()]
    assert points == {key: (point.x, point.y) for key, point in placed.geometry.items()}


def test_a_site_without_a_position_has_no_point(store):
    drafted(store, register=site())
    assert run(store, "SELECT geom FROM site WHERE id = 'S1'") == [[(None,)]]


def test_a_gis_finds_the_layer_its_type_and_its_index(store):
    query = "SELECT f_table_name, type, srid FROM geometry_columns WHERE f_table_schema = 'public'"
    (layers,) = run(store, query)
    assert sorted(layers) == [("site", "POINT", 4326), ("site_published", "POINT", 4326)]
    (indexes,) = run(store, "SELECT indexdef FROM pg_indexes WHERE indexname = 'site_geom'")
    assert "USING gist (geom)" in indexes[0][0]


def test_the_published_layer_is_exactly_the_published_register(store):
    assert shown(store) == positions(REGISTER)
    changed(store, REGISTER.loc[["HG-ST-01"]].assign(lat=9.7, lon=105.5))
    drafted(store, register=site(lat="9.78", lon="105.6"))
    assert shown(store) == positions(REGISTER)
    store.fill(SIMULATED, site("giả", "S9"), said("E1", subject="S9"))
    reviewed(store, 2, 3)
    assert shown(store) == positions(store.load(REAL).sites)
    assert shown(store)["HG-ST-01"][1:] == [105.5, 9.7]
    gone = removed(store, "S1")
    assert "S1" in shown(store)
    reviewed(store, gone)
    assert shown(store) == positions(store.load(REAL, published=True).sites)
    entered(store, register=site("mới"))
    assert shown(store)["S1"] == ["mới", None, None]


def test_a_server_without_postgis_is_told_in_a_sentence(server):
    url = server.make("template0")
    without = Store(url.replace("hg@", "guest@"))
    with server.admin.connect() as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS guest")
        connection.exec_driver_sql("CREATE ROLE guest LOGIN")
        connection.exec_driver_sql(f"ALTER DATABASE {without.name} OWNER TO guest")
    try:
        with pytest.raises(StoreError, match="CREATE EXTENSION postgis"):
            without.create()
    finally:
        without._engine.dispose()
        server.drop(url)
