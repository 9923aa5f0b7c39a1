"""Names and rings on the map: none over a symbol or another, wherever one looks."""

import math

import pytest
from playwright.sync_api import expect

from geodata.core.text import _
from tests.browser.conftest import Make
from tests.browser.screen import DESK, PHONE
from tests.browser.truth import Truth

ZOOMS = (9.5, 10.5, 11.5, 12.5, 14)

LOOK = """async (zoom) => {
  map_hau_giang.setView([9.78, 105.64], zoom, { animate: false });
  for (let k = 0; k < 3; k++) await new Promise(requestAnimationFrame);
  return map_hau_giang.hgLabels.boxes();
}"""
# Where on the canvas of names there is ink, but no box of a name or of a town's dot.
STRAY_INK = """() => {
  const layer = map_hau_giang.hgLabels, canvas = layer._canvas;
  const ratio = canvas.width / parseFloat(canvas.style.width);
  const corner = L.DomUtil.getPosition(canvas);
  const { width, height } = canvas;
  const ink = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const inked = new Uint8Array(width * height);
  let all = 0, stray = 0;
  for (let i = 0; i < inked.length; i++) if (ink[4 * i + 3] > 60) { inked[i] = 1; all++; }
  for (const { box, dotBox } of layer.boxes().labels) {
    for (const [left, top, right, bottom] of [box, dotBox].filter(Boolean)) {
      const last = (bottom - corner.y) * ratio + 1;
      for (let y = Math.floor((top - corner.y) * ratio) - 1; y <= last; y++) {
        inked.fill(0, Math.max(0, y * width + Math.floor((left - corner.x) * ratio) - 1),
          y * width + Math.ceil((right - corner.x) * ratio) + 1);
      }
    }
  }
  for (let i = 0; i < inked.length; i++) stray += inked[i];
  return [all, stray];
}"""
DRAWN = """() => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  const boxes = [], totals = layer.rings.list.map((ring) => ring.n);
  layer.rings.eachBox(layer._lens(), (box) => boxes.push(box));
  const parts = layer.rings.list.map((ring) => ring.parts.reduce((sum, part) => sum + part.n, 0));
  return { boxes, totals, parts, alone: layer.single.length };
}"""
# Of which symbols those drawn above them cover more than half, and which stand under a button.
COVERED = """() => {
  const map = map_hau_giang, layer = Object.values(map._layers).find((one) => one.columns);
  const { name } = layer.columns, covered = [], under = [], dots = [];
  const { list, x, y } = layer.drawn, discs = Array.from(list, (i, v) =>
    ({ x: x[v], y: y[v], i, radius: 0.9 * layer.grown(i, layer.radius()) }));
  for (let x = -1; x <= 1; x += 0.2) {
    for (let y = -1; y <= 1; y += 0.2) if (x * x + y * y <= 1) dots.push([x, y]);
  }
  const box = (element) => element.getBoundingClientRect();
  const buttons = [...document.querySelectorAll(".leaflet-top.leaflet-right > *")].map(box);
  const corner = box(map.getContainer());
  discs.forEach(({ x, y, i, radius }, k) => {
    const above = discs.slice(k + 1), over = ([dx, dy]) => above.some((other) =>
      Math.hypot(x + dx * radius - other.x, y + dy * radius - other.y) < other.radius);
    if (2 * dots.filter(over).length > dots.length) covered.push(name[i]);
    const spot = map.layerPointToContainerPoint([x, y]).add([corner.x, corner.y]);
    const on = ({ left, right, top, bottom }) =>
      spot.x > left && spot.x < right && spot.y > top && spot.y < bottom;
    if (buttons.some(on)) under.push(name[i]);
  });
  return [discs.length, covered, under];
}"""
RECKLESS = "map_hau_giang.hgLabels.avoids = false"


def touching(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def over(one, other) -> bool:
    """Say whether the circles in two boxes cover each other."""
    centres = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in (one, other)]
    return math.dist(*centres) < (one[2] - one[0] + other[2] - other[0]) / 2 - 0.1


def collisions(boxes) -> list[tuple[str, str]]:
    """Return every name that touches a symbol or another name."""
    labels = boxes["labels"]
    over_symbols = [
        (label["text"], "symbol")
        for label in labels
        for symbol in boxes["symbols"]
        if touching(label["box"], symbol)
    ]
    over_dots = [
        (label["text"], f"dot of {other['text']}")
        for label in labels
        for other in labels
        if other.get("dotBox") and other is not label and touching(label["box"], other["dotBox"])
    ]
    over_names = [
        (label["text"], other["text"])
        for k, label in enumerate(labels)
        for other in labels[k + 1 :]
        if touching(label["box"], other["box"])
    ]
    return over_symbols + over_dots + over_names


def kinds(boxes) -> set[str]:
    return {label["kind"] for label in boxes["labels"]}


def test_no_symbol_of_the_real_sites_is_hidden_by_another_or_by_a_button(
    still: Make, real: Truth
) -> None:
    screen = still("?workspace=real")
    screen.eventually(lambda: screen.frame.evaluate(COVERED), [real.drawn(), [], []])


@pytest.mark.parametrize("workspace", ["real", "simulated"])
def test_no_name_lies_over_a_symbol_or_another_name(still: Make, workspace: str) -> None:
    screen = still(f"?workspace={workspace}")
    seen = set()
    for zoom in ZOOMS:
        boxes = screen.frame.evaluate(LOOK, zoom)
        assert boxes["symbols"], zoom
        assert boxes["labels"], zoom
        assert collisions(boxes) == [], zoom
        inked, stray = screen.frame.evaluate(STRAY_INK)
        assert inked > 100, zoom
        assert stray == 0, f"{stray} pixels of names outside their boxes at zoom {zoom}"
        seen |= kinds(boxes)
    sampled = {"way"} if workspace == "simulated" else set()  # real ones come with a file
    assert seen - {"site"} == {"unit", "town", "neighbour"} | sampled


def test_without_avoiding_them_names_would_lie_over_symbols(still: Make) -> None:
    screen = still("?workspace=simulated")
    screen.frame.evaluate(RECKLESS)
    assert any(collisions(screen.frame.evaluate(LOOK, zoom)) for zoom in ZOOMS)
    screen.frame.evaluate("map_hau_giang.hgLabels.avoids = true")


def rings_of(still: Make, simulated: Truth, size: dict[str, int]) -> None:
    """See that rings and symbols add up to all sites, that rings keep apart, and that they go."""
    screen = still("?workspace=simulated", size)
    screen.expect_drawn(simulated.drawn())
    seen = screen.frame.evaluate(DRAWN)
    assert len(seen["totals"]) == 28
    assert sum(seen["totals"]) + seen["alone"] == simulated.drawn()
    assert seen["parts"] == seen["totals"]
    boxes = seen["boxes"]
    assert not any(over(one, other) for k, one in enumerate(boxes) for other in boxes[k + 1 :])
    near = screen.frame.evaluate(LOOK, 14)
    assert screen.frame.evaluate(DRAWN)["totals"] == []
    assert "site" in {label["kind"] for label in near["labels"]}


def test_rings_add_up_to_all_keep_apart_and_give_way_to_symbols(
    still: Make, simulated: Truth
) -> None:
    rings_of(still, simulated, DESK)


def test_rings_and_names_of_a_choice_are_of_what_is_chosen(still: Make, simulated: Truth) -> None:
    def units(address: str) -> int:
        labels = still(address).frame.evaluate(LOOK, 12.5)["labels"]  # symbols, not rings
        return sum(label["kind"] == "unit" for label in labels)

    every, chosen = "?workspace=simulated", "?workspace=simulated&kinds=industrial_park"
    many = units(every)
    seen = still(chosen).frame.evaluate(DRAWN)
    assert sum(seen["totals"]) + seen["alone"] == simulated.drawn(kinds=("industrial_park",))
    assert units(chosen) > many  # names make way


def test_most_units_are_named_where_there_is_room(still: Make) -> None:
    screen = still("?vintage=legacy")
    boxes = screen.frame.evaluate(LOOK, 11)
    named = [label["text"] for label in boxes["labels"] if label["kind"] == "unit"]
    assert len(named) >= 6  # of 8
    assert "neighbour" not in kinds(boxes)  # their names are of a later day


# What is drawn of the map's names and rings: numbers in pixels, what touches the line of the swipe,
# and names that are neither wholly in sight nor wholly out of it.
RINGS = """() => {
  const { list } = Object.values(map_hau_giang._layers).find((one) => one.columns).rings;
  const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius;
  const fitted = list.map((ring) => ({ ...hg.ringLetters.fitted(ring), ...ring }));
  const within = ({ n, size, radius, wide }) => size * hg.ringLetters.reach(n) <= radius - wide;
  return { n: list.length, least: Math.min(...fitted.map((one) => one.size)),
    apart: list.every((a) => list.every((b) => a === b || far(a, b))),
    inside: fitted.every(within) };
}"""
CUT = """() => {
  const map = map_hau_giang, size = map.getSize(), line = document.querySelector("#hg-swipe i");
  const at = (x, y) => map.layerPointToContainerPoint([x, y]);
  const lies = line && line.offsetParent ? line.getBoundingClientRect() : null;
  const names = map.hgLabels.boxes().labels.map(({ text, box }) =>
    ({ text, a: at(box[0], box[1]), b: at(box[2], box[3]) }))
    .filter(({ a, b }) => b.x > 0 && b.y > 0 && a.x < size.x && a.y < size.y);
  const cut = ({ a, b }) => a.x < 0 || a.y < 0 || b.x > size.x || b.y > size.y;
  const under = ({ a, b }) => lies && a.x < lies.right && b.x > lies.left;
  return [...[cut, under].map((is) => names.filter(is).map(({ text }) => text)), names.length > 0];
}"""


def test_the_number_in_a_ring_can_be_read_on_a_phone(still: Make) -> None:
    screen = still("?workspace=simulated", PHONE)
    rings = screen.frame.evaluate(RINGS)
    assert rings["n"] > 20
    assert rings["least"] >= 11
    assert rings["inside"]
    assert rings["apart"]


def test_on_a_phone_too_rings_add_up_keep_apart_and_give_way(still: Make, simulated: Truth) -> None:
    rings_of(still, simulated, PHONE)


def test_on_a_phone_too_no_symbol_is_hidden_and_names_keep_clear(still: Make, real: Truth) -> None:
    screen = still("?workspace=real", PHONE)
    screen.eventually(lambda: screen.frame.evaluate(COVERED), [real.drawn(), [], []])
    for zoom in ZOOMS:
        boxes = screen.frame.evaluate(LOOK, zoom)
        assert boxes["labels"], zoom
        assert collisions(boxes) == [], zoom


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_name_is_cut_nor_lies_under_the_line_between_two_days(
    still: Make, size: dict[str, int]
) -> None:
    screen = still("?workspace=simulated&as_of=2025-12-31", size)
    screen.eventually(lambda: screen.frame.evaluate(CUT), [[], [], True])
    screen.map.locator("#hg-time-open").click()
    screen.eventually(lambda: screen.frame.evaluate(CUT), [[], [], True])
    compare = screen.map.get_by_role("button", name=_("Beside another day"))
    expect(compare).to_be_enabled(timeout=120_000)
    compare.click()
    handle = screen.map.locator("#hg-swipe [role=slider]")
    for key in ("Home", "PageUp", "PageUp", "PageUp", "PageUp", "ArrowRight"):
        handle.press(key)
        screen.eventually(lambda: screen.frame.evaluate(CUT), [[], [], True])
    box = handle.bounding_box()
    assert box
    screen.page.mouse.move(box["x"] + 20, box["y"] + 20)
    screen.page.mouse.down()
    screen.page.mouse.move(box["x"] + 60, box["y"] + 20, steps=4)
    screen.page.mouse.up()
    screen.eventually(lambda: screen.frame.evaluate(CUT), [[], [], True])
