"""Leadership's page: the board, two dates, the presentation, and files that say the same."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pypdf
from playwright.sync_api import Locator, expect

from geodata.core.text import _, day
from geodata.geography import units
from geodata.outputs.briefing.deck import deck
from geodata.outputs.briefing.files import ending
from geodata.reading.briefing import Briefing, brief
from geodata.rules import intensity, plan
from pages.parts.briefing.downloads import kind_label
from tests.browser.conftest import Make
from tests.browser.screen import PATIENCE, PHONE, Screen, overflow
from tests.browser.server import Server
from tests.browser.truth import Truth
from tests.written import squeezed

END, MIDDLE = date(2024, 12, 31), date(2024, 6, 30)
NARROWED = "workspace=simulated&as_of=2024-12-31&compare=2024-06-30&unit=932&kinds=craft_village"
BOARD = "bao-cao?workspace=simulated&as_of=2024-12-31"
MEETING_ROOM = {"width": 1920, "height": 1080}
SEEN = """() => {
  const box = document.querySelector(".st-key-slide_" + document.documentElement.dataset.slide);
  const worded = [...box.querySelectorAll(".hg-slide *, .hg-notes *")].filter((part) =>
    [...part.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
  return {
    letters: Math.min(...worded.map((part) => parseFloat(getComputedStyle(part).fontSize))),
    taller: box.scrollHeight - box.clientHeight, wider: box.scrollWidth - box.clientWidth,
  };
}"""
AT_REST = "(e) => Promise.allSettled(e.getAnimations().map((one) => one.finished))"
LETTERS = "row => parseFloat(getComputedStyle(row).fontSize)"
# The least letters that the map draws: names, and numbers in rings.
DRAWN = """() => Math.min(
  ...map_hau_giang.hgLabels.placed.map(({ font }) => parseFloat(font.split(" ")[1])),
  ...Object.values(map_hau_giang._layers).find((one) => one.columns).rings.list
    .map((ring) => hg.ringLetters.fitted(ring).size))"""
SWIPE_LEFT = """() => {
  const on = document.querySelector(".st-key-slide_3 h2");
  const finger = (x) => new Touch({ identifier: 1, target: on, clientX: x, clientY: 200 });
  const send = (type, x) => on.dispatchEvent(new TouchEvent(type, { bubbles: true,
    touches: type === "touchend" ? [] : [finger(x)], changedTouches: [finger(x)] }));
  send("touchstart", 300);
  send("touchend", 120);
}"""


@cache
def told(truth: Truth, **choices: object) -> Briefing:
    """Return the briefing of a view at the end of 2024, made without the app."""
    view = truth.view(as_of=END, **choices)
    outlines = units.dissolve(units.load_blocks(), view.units_of)
    chosen = plan.of_year(plan.shipped(), 2024)
    return brief(
        truth.register,
        truth.records,
        chosen,
        view,
        units=outlines,
        districts=sorted(units.load_legacy_communes()["district_legacy"].unique()),
        data_version=truth.version,
        compared_to=view.compare,
        sectors=lambda of: intensity.public(
            intensity.of_plan(truth.declarations, of, owners=truth.register["operator"])
        ),
        shown=truth.sites,
    )


def present(screen: Screen, address: str) -> None:
    """Open a briefing's address and wait until it has settled."""
    screen.page.goto(f"{screen.server}bao-cao?{address}")
    screen.page.get_by_role("heading").first.wait_for()
    screen.settle()


def board(screen: Screen) -> Locator:
    """Return the targets with a threshold as the board draws them."""
    return screen.page.locator(".hg-target")


def test_a_file_being_made_tells_its_steps_and_can_be_cancelled(still: Make) -> None:
    screen = still(BOARD)
    cancel = screen.page.get_by_role("button", name=_("Cancel"))
    saves = screen.page.get_by_test_id("stDownloadButton")
    choose(screen, "pptx")  # a PDF is made before one could press the button
    unfold(screen).click()
    expect(screen.page.get_by_test_id("stProgress")).to_contain_text(" …")
    cancel.click()
    expect(screen.page.get_by_text(_("Cancelled; no file was made."))).to_be_visible()
    screen.settle()
    expect(cancel).to_have_count(0)
    expect(saves).to_have_count(0)
    choose(screen, "pdf")
    unfold(screen).click()
    expect(saves).to_be_visible(timeout=PATIENCE)
    expect(cancel).to_have_count(0)


def on_slide(screen: Screen, at: int) -> None:
    """Wait until a slide is seen, alone, and the address names it."""
    titles = screen.page.locator(".hg-slide h2:visible")
    expect(screen.page.locator(f".st-key-slide_{at} h2")).to_be_visible(timeout=PATIENCE)
    expect(titles).to_have_count(1, timeout=PATIENCE)
    screen.eventually(lambda: f"slide={at}" in screen.page.url, wanted=True)


def test_a_clicker_leads_a_talk_that_keeps_its_place_and_can_go_dark(
    still: Make, simulated: Truth
) -> None:
    screen = still(BOARD)
    page, press = screen.page, screen.page.keyboard.press
    every = deck(told(simulated))
    with screen.rerun():
        page.get_by_role("button", name=_("Present")).click()
    on_slide(screen, 1)
    expect(page.locator("nav output")).to_have_text(f"1/{len(every)}")
    for key, at in (
        ("PageDown", 2),
        (" ", 3),
        ("ArrowLeft", 2),
        ("End", len(every)),
        ("PageUp", 6),
    ):
        press(key)
        on_slide(screen, at)
    expect(page.locator("nav output")).to_have_text(f"6/{len(every)}", timeout=PATIENCE)
    expect(page.locator(".st-key-slide_6 h2")).to_have_text(every[5].title)
    press("b")
    expect(page.locator(".dark")).to_be_visible()
    press("PageDown")  # first there is light again, at the same place
    expect(page.locator(".dark")).to_be_hidden()
    on_slide(screen, 6)
    notes = page.locator(".hg-notes:visible")
    expect(notes).to_have_count(0)
    press("n")
    expect(notes).to_contain_text(every[5].notes[0])
    with screen.rerun():
        press("Escape")
    expect(page.get_by_role("button", name=_("Present"))).to_be_visible(timeout=PATIENCE)
    screen.eventually(lambda: "slide" in page.url, wanted=False)


def test_the_board_shows_the_figures_of_the_model_and_a_second_date_what_changed(
    still: Make, simulated: Truth
) -> None:
    screen = still(BOARD)
    lines = told(simulated).board
    assert len(lines) == 7
    judged = [line for line in lines if line.verdict is not None]
    expect(board(screen)).to_have_count(len(judged))
    for row, line in zip(board(screen).all(), judged, strict=True):
        expect(row).to_contain_text(line.name)
        expect(row.locator(".hg-count")).to_have_text(line.counted)
        expect(row).to_contain_text(line.verdict_text)
    changed = screen.page.get_by_role("heading", name=_("What changed"))
    expect(changed).to_have_count(0)
    dates = screen.page.get_by_test_id("stDateInputField")
    dates.last.get_by_role("spinbutton").first.click()
    with screen.rerun():  # asked for with the last digit, or when the field is left
        screen.page.keyboard.type("30062024")
        screen.page.get_by_role("heading").first.click()
    expect(changed).to_be_visible()
    assert "compare=2024-06-30" in screen.page.url
    beside = _("{before} beside {after}").format(before=day(MIDDLE), after=day(END))
    expect(screen.page.get_by_role("heading", name=beside)).to_be_visible()
    first = told(simulated, compare=MIDDLE).changes.iloc[0]
    expect(screen.page.locator(".hg-timeline")).to_contain_text(str(first["name"]))


def test_in_a_meeting_room_every_slide_fits_and_no_letter_is_small(
    reader: Callable[..., Screen], server: Server
) -> None:
    screen = reader(server, MEETING_ROOM)
    present(screen, "workspace=simulated&as_of=2024-12-31&compare=2024-06-30&slide=1")
    counter = screen.page.locator("nav output")
    expect(counter).to_have_text("1/8", timeout=PATIENCE)
    for at in range(1, 9):
        on_slide(screen, at)
        seen = screen.page.evaluate(SEEN)
        assert seen["letters"] >= 20, at
        assert (seen["taller"], seen["wider"]) == (0, 0), at
        if at == 2:
            row = screen.map.locator(".hg-row").first
            screen.eventually(lambda row=row: row.evaluate(LETTERS) >= 20, wanted=True)
            screen.eventually(lambda: screen.frame.evaluate(DRAWN) >= 20, wanted=True)
        screen.page.keyboard.press("PageDown")


def test_on_a_phone_a_finger_leads_the_talk_and_the_way_on_stays_on_the_screen(
    reader: Callable[..., Screen], server: Server
) -> None:
    screen = reader(server, PHONE)
    present(screen, "workspace=simulated&as_of=2024-12-31&slide=3")
    on_slide(screen, 3)
    for label in (_("Back"), _("Next"), _("End")):
        expect(screen.page.get_by_role("button", name=label)).to_be_in_viewport(ratio=1)
    assert overflow(screen.page) == 0
    screen.page.evaluate(SWIPE_LEFT)
    on_slide(screen, 4)
    screen.page.get_by_role("button", name=_("Next")).click()  # nothing lies over it
    on_slide(screen, 5)


def unfold(screen: Screen) -> Locator:
    """Unfold the choice of files, if it is folded, and return the button that makes one."""
    make = screen.page.get_by_role("button", name=_("Make the file"))
    if not make.is_visible():
        screen.page.get_by_role("button", name=_("Take it as a file")).click()
    make.wait_for()
    return make


def choose(screen: Screen, kind: str) -> None:
    """Choose a kind of file."""
    unfold(screen)
    chosen = screen.page.get_by_label(_("File of this view"))
    chosen.click()
    chosen.press("Home")
    option = screen.page.get_by_role("option", name=kind_label(kind), exact=True)
    option.click()
    screen.settle()


def taken(screen: Screen, kind: str, folder: Path) -> Path:
    """Choose a kind of file, have it made, and take it."""
    choose(screen, kind)
    unfold(screen).click()
    save = screen.page.get_by_role("button", name=_("Save {kind}").format(kind=kind_label(kind)))
    with screen.page.expect_download(timeout=PATIENCE) as coming:
        save.click(timeout=PATIENCE)
    path = folder / f"{kind}.{ending(kind)}"
    coming.value.save_as(path)
    name = coming.value.suggested_filename
    assert name.startswith("hau-giang-mo-phong-")
    assert name.endswith(f"tuyen-truyen-2024-12-31.{ending(kind)}")
    return path


def test_a_file_of_the_view_is_made_and_taken(
    screen: Screen, simulated: Truth, tmp_path: Path
) -> None:
    wanted = told(simulated, compare=MIDDLE, unit="932", kinds=("craft_village",))
    present(screen, NARROWED)
    pages = pypdf.PdfReader(taken(screen, "pdf", tmp_path)).pages
    text = squeezed("\n".join(page.extract_text() for page in pages))
    for said in (day(END), wanted.data_version, wanted.units["name"][wanted.view.unit]):
        assert squeezed(said) in text


def test_on_a_phone_little_stands_before_the_map_and_a_tap_shows_the_passport(
    reader: Callable[..., Screen], server: Server, real: Truth
) -> None:
    screen = reader(server, PHONE).open()
    box = screen.iframe.bounding_box()
    assert box
    assert box["y"] <= 150
    bar = screen.page.locator("[data-testid=stSidebar] .hg-handle")
    answer = screen.page.locator(".st-key-answer")
    expect(answer.get_by_role("heading")).to_be_in_viewport(ratio=1)  # a peek holds the answer
    panel = screen.page.get_by_test_id("stSidebar")
    for key in ("Enter", "ArrowUp"):
        before = panel.evaluate("(e) => e.offsetHeight")
        bar.press(key)
        screen.eventually(
            lambda was=before: panel.evaluate("(e) => e.offsetHeight") > was, wanted=True
        )
        panel.evaluate(AT_REST)
    grip = bar.bounding_box()
    assert grip
    screen.page.mouse.move(180, grip["y"] + 8)
    screen.page.mouse.down()
    screen.page.mouse.move(180, 400, steps=4)
    screen.page.mouse.move(180, 660, steps=4)
    screen.page.mouse.up()
    screen.page.wait_for_function("document.documentElement.dataset.sheet === 'peek'")
    site = str(real.rows(kinds=("supermarket",)).index[0])
    screen.look_at(site, 12)
    screen.click_site(site)
    passport = screen.page.locator(".st-key-passport")
    name = passport.get_by_text(str(real.sites.loc[site, "name_vi"])).first
    expect(name).to_be_in_viewport(ratio=1)
    over = passport.bounding_box()
    assert over
    screen.eventually(lambda: screen.site_at(site)[1] < over["y"], wanted=True)
    assert overflow(screen.page) == 0
    screen.close_passport()
    expect(passport).to_have_count(0)
