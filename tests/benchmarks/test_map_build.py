"""Building the map: our page beside one marker object a site, in the same run."""

import gzip
import time
from datetime import date

import folium
import pandas as pd
import pytest

from geodata import intake
from geodata.geography import units
from geodata.reading.labels import status_label
from geodata.reading.symbology import SYMBOLS
from geodata.rules import plan
from geodata.rules.status import status_of
from geodata.simulation import simulate
from layers import page
from layers.sites import letters

pytestmark = pytest.mark.benchmark

DAY = date(2024, 12, 31)
SHIPPED = len(intake.shipped_sites())
PLAN = plan.of_year(plan.shipped(), 2024)
STATE = {"axis": "outreach", "vintage": "legacy", "day": "day.json", "legend": {}, "banner": ""}


def measured(build):
    started = time.perf_counter()
    html = build()
    return time.perf_counter() - started, len(gzip.compress(html.encode(), 6))


def ours(sites, status, frames):
    html = page.render(sites, frames, STATE, "../leaflet")
    return html + "".join(letters(status, pd.Series(pd.Categorical([]))).values())


def naive(sites, status, frames):
    bare = folium.Map(location=(9.78, 105.64), zoom_start=10, tiles=None)
    folium.GeoJson(frames["legacy"][["name", "geometry"]].to_json()).add_to(bare)
    for site in sites[sites["lat"].notna()].itertuples():
        said = status["outreach"][site.Index]
        folium.CircleMarker(
            (site.lat, site.lon),
            radius=6,
            color=SYMBOLS["outreach"][said].fill,
            popup=folium.Popup(f"{site.name_vi}: {status_label('outreach', said)}"),
        ).add_to(bare)
    return bare.get_root().render()


def material(count):
    if count == SHIPPED:
        return intake.shipped_sites(), intake.shipped_evidence()
    legacy = units.load_legacy_communes()
    return simulate.simulate(units.load_blocks(), legacy, plan.shipped(), count, 1)


@pytest.mark.parametrize("count", [SHIPPED, 1_500])
def test_python_time_and_bytes_of_the_map(count, report):
    sites, evidence = material(count)
    blocks = units.load_blocks()
    frames = {v.value: units.dissolve(blocks, v) for v in units.Vintage}
    status = status_of(sites, evidence, PLAN, DAY)
    measured(lambda: ours(sites.head(10), status.head(10), frames))  # warm-up
    our_time, our_bytes = measured(lambda: ours(sites, status, frames))
    their_time, their_bytes = measured(lambda: naive(sites, status, frames))
    report(
        f"map of {count:>6} sites: {our_time:6.2f} s, {our_bytes / 1024:7.0f} KB gzipped; "
        f"a marker a site {their_time:6.2f} s, {their_bytes / 1024:7.0f} KB; "
        f"ratio {their_time / our_time:5.1f} in time, {their_bytes / our_bytes:4.1f} in bytes"
    )
    assert our_bytes < their_bytes or count == SHIPPED
