"""A hundred thousand sites in a browser: our page beside one of Leaflet written by hand.

Theirs is the lightest that a person would write: columns as JSON, one canvas, a stamp a point.
"""

import gzip
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import sync_playwright

from geodata import leaflet
from geodata.geography import units
from geodata.reading import inventory
from geodata.rules import plan
from geodata.rules.status import status_of
from geodata.simulation import simulate
from layers import page
from layers.sites import columns, letters
from tests.benchmarks.test_map_build import DAY, PLAN, STATE
from tests.browser.conftest import ABSENT, FLAGS, NAMES

pytestmark = pytest.mark.benchmark

SIMULATED = 5_000
COUNTS = (3_000, 100_000)
LEGEND = {"title": "", "groups": [], "kinds": [], "notes": []}

BY_HAND = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="leaflet/leaflet.css">
<script src="leaflet/leaflet.js"></script><style>html, body, #m { height: 100%; margin: 0 }</style>
<div id="m"></div><script>
const map_hau_giang = L.map("m", { zoomAnimation: false }), units = UNITS, data = DATA;
map_hau_giang.fitBounds(L.geoJSON(units, { weight: 1 }).addTo(map_hau_giang).getBounds());
const Points = L.Layer.extend({
  onAdd(map) {
    this.canvas = L.DomUtil.create("canvas", "", map.getPane("overlayPane"));
    this.world = data.lat.map((lat, i) => lat === null ? null
      : L.CRS.EPSG3857.latLngToPoint(L.latLng(lat / 1e5, data.lon[i] / 1e5), 0));
    this.stamps = {};
    this.keep = () => true;
    map.on("moveend", this.draw, this);
    this.draw();
  },
  stamp(letter) {
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = canvas.height = 15;
    pen.arc(7.5, 7.5, 5, 0, 7);
    pen.fillStyle = `hsl(${letter.charCodeAt(0) * 40} 60% 50%)`;
    pen.fill();
    return canvas;
  },
  draw() {
    const map = this._map, size = map.getSize(), origin = map.getPixelOrigin();
    const corner = map.containerPointToLayerPoint([0, 0]), scale = 2 ** map.getZoom();
    Object.assign(this.canvas, { width: size.x, height: size.y });
    L.DomUtil.setPosition(this.canvas, corner);
    const pen = this.canvas.getContext("2d");
    this.world.forEach((at, i) => {
      if (!at || !this.keep(i)) return;
      const x = at.x * scale - origin.x - corner.x, y = at.y * scale - origin.y - corner.y;
      const letter = data.status[i];
      pen.drawImage(this.stamps[letter] ??= this.stamp(letter), x - 7.5, y - 7.5);
    });
    document.body.dataset.ready = "yes";
  },
});
const points = new Points().addTo(map_hau_giang);
const choose = (keep) => { points.keep = keep; points.draw(); };
</script>"""
# The longest frame of those in which a change is drawn, of a few.
FRAMES = """async ([what, page]) => {
  const map = map_hau_giang, longest = [];
  const layer = Object.values(map._layers).find((one) => one.columns);
  const zoom = map.getZoom(), { kind } = page === "ours" ? layer.columns : data;
  const frame = () => new Promise((done) => requestAnimationFrame(() => done(performance.now())));
  for (let k = 0; k < 4; k++) {
    await new Promise((done) => setTimeout(done, 60));
    await frame();
    let last = performance.now(), worst = 0;
    if (what === "pan") map.panBy([k % 2 ? -160 : 160, k % 3 ? 60 : -120], { animate: false });
    else if (what === "zoom") map.setZoom(zoom + k % 2, { animate: false });
    else {
      const keep = k % 2 ? () => true : (i) => kind[i] % 2 === 0;
      if (page === "ours") layer.select(keep);
      else choose(keep);
    }
    for (let n = 0; n < 3; n++) {
      const now = await frame();
      worst = Math.max(worst, now - last);
      last = now;
    }
    longest.push(worst);
  }
  return longest;
}"""


def material(count):
    """Simulated sites, so often again at another place as it takes; and their statuses' letters."""
    made = simulate.simulate(
        units.load_blocks(), units.load_legacy_communes(), plan.shipped(), SIMULATED, 1
    )
    status = status_of(*made, PLAN, DAY)
    entries = inventory.entries(*made, DAY)[made[0].index]
    rows = np.arange(count) % SIMULATED
    sites = made[0].iloc[rows].drop(columns="geometry").reset_index(drop=True)
    chance = np.random.default_rng(1)
    for axis in ("lat", "lon"):
        sites[axis] += np.where(np.arange(count) < SIMULATED, 0, chance.normal(0, 0.01, count))
    turn = pd.Series(np.arange(count) // SIMULATED).astype(str)
    sites["id"], sites["name_vi"] = sites["id"] + "-" + turn, sites["name_vi"] + " " + turn
    return sites, letters(status.iloc[rows], entries.iloc[rows])


@contextmanager
def served(folder) -> Iterator[str]:
    """Serve a folder from here."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def written(folder, sites, day, frames):
    """Write both pages and what they fetch; return the bytes of each, gzipped."""
    (folder / "leaflet").mkdir(parents=True)
    for name, path in leaflet.located().items():
        (folder / "leaflet" / name).write_bytes(path.read_bytes())
    codes = {vintage: [*map(str, frame.index)] for vintage, frame in frames.items()}
    apart = "sites.bin" if len(sites) > 1000 else ""
    html = page.render(sites, frames, {**STATE, "legend": LEGEND}, "leaflet", apart=apart)
    ours = {"ours.html": html.encode(), "day.json": json.dumps(day).encode()}
    if apart:
        ours[apart] = page.columns_file(sites, frames)
    data = json.dumps({**columns(sites, codes), "status": day["outreach"]}, ensure_ascii=False)
    outlines = frames["legacy"][["name", "geometry"]].to_json()
    theirs = BY_HAND.replace("UNITS", outlines).replace("DATA", data).encode()
    for name, content in {**ours, "theirs.html": theirs}.items():
        (folder / name).write_bytes(content)
    weight = {name: len(gzip.compress(content, 6)) for name, content in ours.items()}
    return {"ours": sum(weight.values()), "theirs": len(gzip.compress(theirs, 6))}


def opened(browser, address):
    """Return how long a page takes to be drawn, and its longest frames by what changes (ms)."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    one = context.new_page()
    started = perf_counter()
    one.goto(address)
    one.locator("body[data-ready=yes]").wait_for()
    drawn = 1000 * (perf_counter() - started)
    name = address.rpartition("/")[2].removesuffix(".html")
    frames = {what: one.evaluate(FRAMES, [what, name]) for what in ("pan", "zoom", "choice")}
    context.close()
    return drawn, frames


@pytest.mark.parametrize("count", COUNTS)
def test_drawing_beside_a_page_written_by_hand(count, report, tmp_path):
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if not executable:
        pytest.fail(ABSENT, pytrace=False)
    frames = {v.value: units.dissolve(units.load_blocks(), v) for v in units.Vintage}
    sizes = written(tmp_path / "files", *material(count), frames)
    took, longest = dict.fromkeys(("theirs", "ours"), 0.0), {}
    with served(tmp_path / "files") as here, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*FLAGS])
        for name in took:
            took[name], changes = opened(browser, f"{here}{name}.html")
            longest |= {(name, what): each for what, each in changes.items()}
        browser.close()
    late = {key: np.percentile(each, (50, 95)) for key, each in longest.items()}
    changes = "; ".join(
        f"{what} {late['ours', what][0]:.0f} (95 %: {late['ours', what][1]:.0f}), "
        f"theirs {late['theirs', what][0]:.0f} ({late['theirs', what][1]:.0f}) ms"
        for what in ("pan", "zoom", "choice")
    )
    report(
        f"drawing {count:>6} sites: {sizes['ours'] / 1024:5.0f} KB, "
        f"{sizes['ours'] / sizes['theirs']:.2f} of a page by hand; drawn after "
        f"{took['ours']:.0f} ms, {took['ours'] / took['theirs']:.2f} of its time; "
        f"longest frame: {changes}"
    )
    assert count < COUNTS[-1] or sizes["ours"] < 0.6 * sizes["theirs"]
