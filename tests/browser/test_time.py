"""Time on the map: every quarter at once and without asking, and two days side by side."""

from datetime import date

from playwright.sync_api import Locator, expect

from geodata.core.clock import today
from geodata.core.text import _
from tests.browser.screen import PHONE, Screen, overflow
from tests.browser.truth import START, Truth

# Of how many sites the earlier day, left of the line, has which status.
EARLIER = """() => {
  const layer = Object.values(map_hau_giang._layers).filter((one) => one.columns)[1], counts = {};
  for (const i of layer.visible) {
    const key = (layer.status[i][0] === "stage" ? "stage-" : "") + layer.status[i][1];
    counts[key] = (counts[key] || 0) + 1;
  }
  return counts;
}"""
# Whether what a layer drew there is in sight on a side of the line.
SEEN = """(n) => {
  const layer = Object.values(map_hau_giang._layers).filter((one) => one.columns)[n];
  const clip = layer._canvas.parentNode.style.clipPath.match(/-?[\\d.]+/g).map(Number);
  const at = (x) => map_hau_giang.layerPointToContainerPoint([x, 0]).x;
  return [at(clip[0]), at(clip[2])];
}"""


def ready(screen: Screen) -> Locator:
    """Wait until every quarter is at hand, and return the slider."""
    slider = screen.map.get_by_role("slider", name=_("Day on the map"))
    expect(slider).to_be_visible(timeout=120_000)
    screen.settle()
    return slider


def opened(screen: Screen, address: str) -> Locator:
    """Open the time control and return its slider, which then has the focus."""
    screen.open(address)
    screen.map.locator("#hg-time-open").click()
    slider = ready(screen)
    expect(slider).to_be_focused()
    return slider


def test_scrubbing_repaints_without_asking_and_letting_go_tells_the_day(
    screen: Screen, simulated: Truth
) -> None:
    slider = opened(screen, "?workspace=simulated&kinds=craft_village,pilot_model")
    chosen = {"kinds": ("craft_village", "pilot_model")}
    screen.expect_statuses(simulated.statuses(**chosen))
    asked, place = screen.reruns, screen.place
    days = [date(2025, 9, 30), date(2025, 6, 30), date(2025, 3, 31)]
    assert days[0] < START
    for day in days:
        screen.page.keyboard.down("ArrowLeft")
        screen.expect_statuses(simulated.statuses(as_of=day))
        screen.expect_counts(simulated.legend(as_of=day, **chosen))
        screen.expect_drawn(simulated.drawn(as_of=day, **chosen))
    expect(screen.outlines()).to_have_count(8)  # of that day
    reached = simulated.legend(as_of=days[-1], **chosen)[0]
    expect(screen.map.locator(".hg-time-counts li").first).to_contain_text(str(reached))
    assert screen.reruns == asked
    assert "as_of" not in screen.page.url
    with screen.rerun():
        screen.page.keyboard.up("ArrowLeft")
        screen.page.keyboard.press("Enter")
    screen.expect_query(f"as_of={days[-1]}&workspace=simulated&kinds=craft_village%2Cpilot_model")
    screen.expect_statuses(simulated.statuses(as_of=days[-1]))
    assert screen.reruns == asked + 1
    assert screen.place == place
    assert screen.kept()
    expect(slider).to_be_focused()
    for key, day in (("End", today()), ("Home", date(2024, 3, 31))):
        screen.page.keyboard.down(key)
        screen.expect_statuses(simulated.statuses(as_of=day))  # never later, nor before any plan


def test_two_days_are_seen_on_the_two_sides_of_a_line(screen: Screen, simulated: Truth) -> None:
    then, day = date(2024, 6, 30), date(2024, 12, 31)
    screen.open(f"?workspace=simulated&as_of={day}&compare={then}&kinds=craft_village")
    wanted = simulated.rows(as_of=then, kinds=("craft_village",))
    wanted = wanted[wanted["lat"].notna()]
    statuses = simulated.statuses(as_of=then)
    counted = {
        key: n
        for key in {*statuses.values()}
        if (n := sum(statuses[i] == key for i in wanted.index))
    }
    screen.eventually(lambda: screen.frame.evaluate(EARLIER), counted)
    screen.expect_statuses(simulated.statuses(as_of=day))
    names = screen.map.locator(".hg-named b:first-child")
    expect(names).to_have_text(["30/06/2024", "31/12/2024"])
    ready(screen)
    handle, asked = screen.map.locator("#hg-swipe [role=slider]"), screen.reruns
    before = screen.frame.evaluate(SEEN, 0)
    assert screen.frame.evaluate(SEEN, 1)[1] == before[0]  # where one ends the other begins
    handle.focus()
    for _time in range(3):
        screen.page.keyboard.press("ArrowLeft")
    screen.eventually(lambda: screen.frame.evaluate(SEEN, 0)[0] < before[0] - 20, wanted=True)
    box = handle.bounding_box()
    assert box
    screen.page.mouse.move(box["x"] + 20, box["y"] + 20)
    screen.page.mouse.down()
    screen.page.mouse.move(box["x"] + 220, box["y"] + 20, steps=4)
    screen.page.mouse.up()
    screen.eventually(lambda: screen.frame.evaluate(SEEN, 0)[0] > before[0] + 100, wanted=True)
    assert screen.frame.evaluate(SEEN, 1)[1] == screen.frame.evaluate(SEEN, 0)[0]
    assert screen.reruns == asked
    with screen.rerun():
        screen.map.get_by_role("button", name=_("Stop comparing")).click()
    screen.expect_query(f"as_of={day}&workspace=simulated&kinds=craft_village")
    expect(screen.map.locator("#hg-swipe")).to_be_hidden()
    with screen.rerun():
        screen.map.get_by_role("button", name=_("Beside another day")).click()
    screen.expect_query(f"as_of={day}&workspace=simulated&kinds=craft_village&compare=2024-03-31")


def test_on_a_phone_it_covers_nothing_and_plays_only_where_motion_is_welcome(
    reader, server
) -> None:
    screen = reader(server, PHONE)
    opened(screen, "?paint=statuses")
    area, strip, legend = (
        screen.map.locator(part).bounding_box()
        for part in (".folium-map", "#hg-time", "#hg-legend")
    )
    assert area["y"] + area["height"] <= strip["y"] + 1
    assert strip["y"] + strip["height"] <= legend["y"] + 1
    assert overflow(screen.frame) == 0
    small = [
        button.get_attribute("aria-label")
        for button in screen.map.locator("#hg-time button").all()
        if (box := button.bounding_box()) and min(box["width"], box["height"]) < 40
    ]
    assert small == []
    play = screen.map.get_by_role("button", name=_("Play quarter by quarter"))
    expect(play).to_be_visible()
    screen.page.emulate_media(reduced_motion="reduce")
    with screen.rerun():
        screen.map.get_by_role("button", name=_("A quarter back")).click()
    screen.expect_query("as_of=2025-09-30&paint=statuses")
    expect(play).to_be_hidden()
    screen.page.emulate_media(reduced_motion="no-preference")
    with screen.rerun():
        screen.map.get_by_role("button", name=_("A quarter on")).click()
    play.click()
    day = screen.map.locator(".hg-time-day b")
    expect(day).to_have_text("31/03/2026")  # on by itself
    with screen.rerun():
        screen.map.get_by_role("button", name=_("Pause")).click()
    with screen.rerun():
        screen.map.get_by_role("button", name=_("Close the time control")).click()
    expect(screen.map.locator("#hg-time-open")).to_be_focused()
