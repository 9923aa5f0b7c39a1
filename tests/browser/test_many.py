"""Many sites on the map page: written as they would be stamped, and chosen as the app chooses."""

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from geodata import leaflet
from geodata.geography import units
from geodata.reading import inventory
from geodata.reading.legend import legend
from geodata.reading.view import UNIT_COLUMN, View, selected, statuses
from geodata.register.sites import KINDS, placed
from geodata.rules import plan
from geodata.rules.status import status_of
from geodata.simulation import simulate
from layers import page
from layers.sites import letters
from tests.browser.screen import DESK

HERE = "http://127.0.0.1:9/map/"
DAY = date(2024, 12, 31)
VIEW = View(as_of=DAY, workspace="simulated")
MANY = 1_000  # sites

# Each symbol both ways, alone and in a heap; says by how much a channel differs at most.
DIFFERENCE = """() => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  const { look } = layer, sheet = new Sheet(), worst = { alone: 0, heap: 0, n: 0 };
  const size = { width: 100, height: 100 };  // a symbol has at most 60
  const canvas = () => Object.assign(document.createElement("canvas"), size);
  const compare = (list, name) => {
    const [stamped, written] = [canvas(), canvas()].map(hg.pen);
    for (const [image, x, y] of list) stamped.drawImage(image, x, y);
    sheet.begin(written.canvas, 90);
    for (const [image, x, y] of list.toReversed()) sheet.write(hg.sprite(image), x, y);
    sheet.end(written);
    const [a, b] = [stamped, written].map((one) => one.getImageData(0, 0, 100, 100).data);
    for (let k = 0; k < a.length; k++) {
      // What cannot be seen has no colour.
      const weight = k % 4 === 3 ? 1 : Math.min(a[k | 3], b[k | 3]) / 255;
      worst[name] = Math.max(worst[name], weight * Math.abs(a[k] - b[k]));
    }
  };
  const heap = [];
  let turn = 0;  // each symbol in four of the twelve sizes
  for (const radius of [3.5, 5, 8, 13]) for (const size of [0, 1, 2]) {
    const symbols = hg.symbols(look, hg.sized(radius, size));
    let key = 0;
    turn++;
    for (const axis of Object.keys(look.order)) for (const status of look.order[axis])
      look.kinds.forEach((_, kind) => [0, 1].forEach((uncertain) => {
        if ((key + turn) % 3) return key++;
        const image = symbols.of(kind, [axis, status], uncertain, key++);
        compare([[image, 20, 20], [image, -9, 85]], "alone");  // the other over the edge
        if (key % 7 === 0) heap.push([image, key * 37 % 90 - 8, key * 53 % 90 - 8]);
        worst.n++;
      }));
  }
  compare(heap, "heap");
  return worst;
}"""
CHOSEN = """(state) => new Promise((done) => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  layer.select = (keep) => {
    delete layer.select;
    layer.select(keep);
    done([...layer.visible].map((i) => layer.columns.id[i]).sort());
  };
  window.postMessage({ hg: { state } }, location.origin);
})"""
HIT = """() => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  const { list, x, y } = layer.drawn, last = [...list.keys()].slice(-40);
  return last.filter((v) => layer.at(L.point(x[v], y[v])) === list[v]).length;
}"""


# A page that has the map in it as the app has, and keeps what it hears.
APP = """<!doctype html><iframe src="page.html" width="1200" height="700"></iframe><script>
const heard = [], frame = document.querySelector("iframe");
const say = (state) => frame.contentWindow.postMessage({ hg: { state } }, location.origin);
addEventListener("message", (event) => {
  heard.push(event.data.hg);
  if (event.data.hg.ready) say({});
});
</script>"""


class Material:
    """Simulated sites with the statuses of a day, and the files of a page about them."""

    def __init__(self, count: int) -> None:
        blocks = units.load_blocks()
        self.frames = {v.value: units.dissolve(blocks, v) for v in units.Vintage}
        self.sites, records = simulate.simulate(
            blocks, units.load_legacy_communes(), plan.shipped(), count, 1
        )
        self.status = status_of(self.sites, records, plan.of_year(plan.shipped(), DAY.year), DAY)
        entries = inventory.entries(self.sites, records, DAY)[self.sites.index]
        state = {"axis": "outreach", "vintage": "2025", "unit": None, "day": "day.json"}
        state |= {"kinds": None, "statuses": None, "banner": ""}
        state["legend"] = legend(self.sites, self.status, VIEW)
        self.files = {
            "page.html": page.render(
                self.sites, self.frames, state, "leaflet", apart="sites.bin"
            ).encode(),
            "sites.bin": page.columns_file(self.sites, self.frames),
            "day.json": json.dumps(letters(self.status, entries)).encode(),
            "app.html": APP.encode(),
        }

    def expected(self, view: View) -> list[str]:
        """Return the sites that the app would have on the map."""
        chosen = selected(self.sites, self.status, view)
        return sorted(chosen.index[placed(chosen)])

    def give(self, route: Route) -> None:
        """Answer the page what it asks for."""
        name = route.request.url.removeprefix(HERE)
        if name in self.files:
            route.fulfill(body=self.files[name], content_type="text/html")
        elif name.startswith("leaflet/"):
            route.fulfill(path=leaflet.located()[name.removeprefix("leaflet/")])
        else:
            route.fulfill(status=404)

    def open(self, context: BrowserContext, name: str = "page.html") -> Page:
        """Open the page, all of it drawn, or what it stands in."""
        opened = context.new_page()
        opened.route("**/*", self.give)
        opened.goto(HERE + name)
        if name == "page.html":
            opened.locator("body[data-ready=yes]").wait_for()
        return opened


@pytest.fixture(scope="module")
def material() -> Material:
    return Material(MANY)


@pytest.fixture(params=[1, 2], ids=["dpr1", "dpr2"])
def drawn(request: pytest.FixtureRequest, browser: Browser, material: Material) -> Iterator[Page]:
    context = browser.new_context(device_scale_factor=request.param)
    yield material.open(context)
    context.close()


def test_every_symbol_is_written_as_it_would_be_stamped(drawn: Page) -> None:
    worst = drawn.evaluate(DIFFERENCE)
    assert worst["n"] > 500
    assert worst["alone"] <= 1
    assert worst["heap"] <= 3  # rounded where edges lie over each other


def test_what_lies_above_is_what_is_hit(drawn: Page) -> None:
    assert drawn.evaluate(HIT) >= 38


def views(material: Material) -> Iterator[View]:
    """Give views of every axis, of kinds, statuses and units by chance, and with nothing left."""
    chance = random.Random(3)  # noqa: S311 - no secret
    for axis, vintage in itertools.product(("outreach", "compliance"), ("legacy", "2025")):
        every = replace(VIEW, axis=axis, vintage=vintage)
        yield every
        column = UNIT_COLUMN[every.units_of]
        for _turn in range(6):
            keys = statuses(axis)
            yield replace(
                every,
                kinds=tuple(chance.sample(KINDS, chance.randint(0, 3))),
                statuses=tuple(chance.sample(keys, chance.randint(0, 4))),
                unit=chance.choice([None, *material.sites[column].dropna().unique()]),
            )


def test_the_page_chooses_the_sites_that_the_app_would(
    browser: Browser, material: Material
) -> None:
    context = browser.new_context()
    opened = material.open(context)
    numbers = set()
    for view in views(material):
        state = {"axis": view.axis, "kinds": list(view.kinds) or None, "unit": view.unit}
        state |= {"statuses": list(view.statuses) or None, "vintage": view.units_of.value}
        expected = material.expected(view)
        assert opened.evaluate(CHOSEN, state) == expected, view
        numbers.add(len(expected))
    context.close()
    assert len(numbers) > 12
    assert max(numbers) > MANY / 2


def test_a_row_of_the_legend_is_answered_at_once_and_by_no_older_message(
    browser: Browser, material: Material
) -> None:
    context = browser.new_context(viewport=DESK)
    app = material.open(context, "app.html")
    frame = app.frame_locator("iframe")
    body, row = frame.locator("body"), frame.locator("[data-status=reached]").first
    everything, some = (
        str(len(material.expected(replace(VIEW, statuses=keys)))) for keys in ((), ("reached",))
    )
    expect(body).to_have_attribute("data-drawn", everything)
    row.click()
    expect(body).to_have_attribute("data-drawn", some)  # nobody has answered yet
    expect(row).to_have_attribute("aria-pressed", "true")
    expect(frame.locator("[data-status=planned]").first).to_have_attribute("aria-pressed", "false")
    question = app.evaluate("heard.findLast((one) => one.statuses)")
    assert question["statuses"] == ["reached"]
    app.evaluate("(turn) => say({ statuses: null, banner: 'older', turn })", question["turn"] - 1)
    app.evaluate("(turn) => say({ banner: 'newer', turn })", question["turn"])
    expect(frame.locator("#hg-banner")).to_have_text("newer")
    expect(body).to_have_attribute("data-drawn", some)
    row.click()
    expect(body).to_have_attribute("data-drawn", everything)
    assert app.evaluate("heard.findLast((one) => one.statuses)")["statuses"] == []
    context.close()
