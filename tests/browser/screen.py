"""The app as a person sees and works it: one page in a browser of its own.

Knows where things are on the screen. Not here: what they ought to show (``truth``).
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Frame,
    FrameLocator,
    Locator,
    Page,
    Request,
    TimeoutError,  # noqa: A004 - Playwright's own
    ViewportSize,
    WebSocket,
    expect,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geodata.core.text import _

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
LOCAL = re.compile(r"^(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|^(data|blob|about):")
PATIENCE = 60_000  # ms; a machine under load is slow, not wrong
expect.set_options(timeout=PATIENCE)

WITHOUT_MAP = ("minh-chung", "phuong-phap")
FOLDED = (_("Kinds of sites"), _("Statuses"))  # in the panel, behind one line

SITE_AT = """(id) => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  const point = map_hau_giang.layerPointToContainerPoint(layer.point(layer.columns.id.indexOf(id)));
  const box = document.querySelector(".folium-map").getBoundingClientRect();
  return [point.x + box.x, point.y + box.y];
}"""
STATUSES = """() => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  return Object.fromEntries(layer.columns.id.map((id, i) => {
    const [axis, status] = layer.status[i];
    return [id, axis === "stage" ? "stage-" + status : status];
  }));
}"""
PUT = """([middle, zoom]) => {
  map_hau_giang.stop();
  map_hau_giang.setView(middle, zoom, { animate: false, reset: true });
}"""
LOOK_AT = """([id, zoom]) => {
  const layer = Object.values(map_hau_giang._layers).find((one) => one.columns);
  const i = layer.columns.id.indexOf(id);
  const place = [layer.columns.lat[i] / 1e5, layer.columns.lon[i] / 1e5];
  map_hau_giang.stop();
  map_hau_giang.setView(place, zoom, { animate: false, reset: true });
}"""
# A map that is drawn and that nobody has seen yet; an old one stands until the new one has come.
NEW_MAP = "document.body?.dataset.ready === 'yes' && window.__mark !== 'kept'"

TO_TOP = """() => {
  const scrolled = "[data-testid=stMain], [data-testid=stSidebarContent]";
  for (const one of document.querySelectorAll(scrolled)) one.scrollTop = 0;
}"""


class Screen:
    """One reader: a browser context, a page, and what went wrong in it.

    Of a reader before, the context has only the files that a browser keeps, and the page the
    process that has worked out the app's scripts: a process of its own for each reader would take
    almost twice as long. No foreign name is found (``conftest.FLAGS``): a route that refused them
    would keep nothing.
    """

    def __init__(self, context: BrowserContext, server: str, size: ViewportSize = DESK) -> None:
        self.server = server
        self.size = size
        self.foreign: list[str] = []
        self.faults: list[str] = []
        self.reruns = 0  # how often the server was asked to run the page's script
        self.answers = 0  # how often it had done so
        self.context = context
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", self._note)
        left = self.context.pages
        self.page: Page = left[0] if left else self.context.new_page()
        self._watch(self.page)
        self.context.on("page", self._watch)

    # --- watching --------------------------------------------------------------------------

    def _note(self, request: Request) -> None:
        if not LOCAL.match(request.url):
            self.foreign.append(request.url)

    def _watch(self, page: Page) -> None:
        page.on("pageerror", self._fail)
        page.on("console", self._refused)
        page.on("websocket", self._listen)
        page.on("dialog", self._dismiss)

    def _fail(self, error: Error) -> None:
        self.faults.append(f"error: {error}")

    def _dismiss(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _refused(self, message: ConsoleMessage) -> None:
        """Note what the browser would not load: the app's own guard must not be in its way."""
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def _listen(self, socket: WebSocket) -> None:
        if not LOCAL.match(socket.url):
            self.foreign.append(socket.url)
        socket.on("framesent", self._asked)
        socket.on("framereceived", self._answered)

    def _asked(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            self.reruns += 1

    def _answered(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes) and ForwardMsg.FromString(frame).HasField("script_finished"):
            self.answers += 1

    def close(self) -> None:
        """Leave as if nobody had been there, and complain of everything that must never happen."""
        self.context.remove_listener("page", self._watch)
        self.context.unroute_all()
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        self._empty()
        self.context.remove_listener("request", self._note)
        self.judge()

    def judge(self) -> None:
        """Complain of everything that must never happen."""
        assert self.foreign == []
        assert self.faults == []

    def plain(self) -> None:
        """Give the window its size, colours and top back, and let the pointer rest on nothing.

        What is scrolled below the bar of the screens is covered by it, as it should be.
        """
        self.page.mouse.move(self.size["width"] - 1, self.size["height"] - 1)
        self.page.emulate_media(
            media="null", color_scheme="light", reduced_motion="no-preference", forced_colors="none"
        )
        self.page.set_viewport_size(self.size)
        self.page.evaluate(TO_TOP)

    def _empty(self) -> None:
        """Leave the page to the next reader, quiet and without a memory."""
        page = self.page
        with suppress(Error):  # the server may have ended
            page.goto(self.server + "_stcore/health")  # about:blank would change the process
            page.evaluate("sessionStorage.clear()")
        self.context.clear_cookies()
        devtools = self.context.new_cdp_session(page)
        devtools.send(
            "Storage.clearDataForOrigin",
            {"origin": self.server.rstrip("/"), "storageTypes": "local_storage,indexeddb"},
        )
        devtools.detach()
        self.plain()
        page.remove_listener("pageerror", self._fail)
        page.remove_listener("console", self._refused)
        page.remove_listener("websocket", self._listen)
        page.remove_listener("dialog", self._dismiss)

    # --- coming and going ------------------------------------------------------------------

    def open(self, address: str = "") -> "Screen":
        """Open an address of the app and wait until its map is drawn."""
        self.page.goto(self.server + address)
        return self.arrived()

    def arrived(self) -> "Screen":
        """Wait until a new map is drawn, and mark its window to see whether it is kept."""
        for _time in ("drawn", "not drawn anew by what was still to be done"):
            self.page.locator("iframe[data-ready=yes]").wait_for()
            self.eventually(lambda: self.frame.evaluate(NEW_MAP), wanted=True)
            self.settle()
        self.frame.evaluate("window.__mark = 'kept'")
        return self

    def stand(self, address: str) -> None:
        """Open any screen's address, with a map or without, and wait until it stands."""
        if address.startswith(WITHOUT_MAP):
            self.page.goto(self.server + address)
            expect(self.page.get_by_role("heading").first).to_be_visible(timeout=PATIENCE)
            self.settle()
            self.page.evaluate("window.__mark = 'kept'")
        else:
            self.open(address)

    def visit(self, path: str, title: str) -> None:
        """Open another page of the app, without a map, and wait until it stands."""
        self.page.goto(self.server + path)
        heading = self.page.get_by_role("heading", name=title, exact=True)
        expect(heading).to_be_visible(timeout=PATIENCE)
        self.settle()

    def go(self, title: str) -> None:
        """Go to a steward's screen by the bar."""
        self.page.get_by_role("button", name=_("Data entry")).click()
        self.page.get_by_role("link", name=title, exact=True).click()

    def settle(self) -> None:
        """Wait until the app has nothing left to do."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """Wait until the app has been asked and has answered."""
        asked, answered = self.reruns, self.answers
        yield
        self.eventually(lambda: self.reruns > asked and self.answers > answered, wanted=True)
        self.settle()

    def eventually(self, told: Callable[[], object], wanted: object) -> None:
        """Wait until something is told as wanted; else fail with what is told."""

        def holds() -> bool:
            try:
                return told() == wanted
            except Error:  # what was asked is just being replaced
                return False

        self._within(PATIENCE / 1000, holds)
        found = told()
        assert found == wanted, f"{found!r} instead of {wanted!r}"

    def _within(self, seconds: float, holds: Callable[[], bool]) -> bool:
        """Wait for something for so long at most; say whether it came to hold."""
        end = time.monotonic() + seconds
        while not (held := holds()) and time.monotonic() < end:
            self.page.wait_for_timeout(50)
        return held

    # --- the map ---------------------------------------------------------------------------

    @property
    def iframe(self) -> Locator:
        return self.page.locator("iframe")

    @property
    def map(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    @property
    def body(self) -> Locator:
        return self.map.locator("body")

    @property
    def frame(self) -> Frame:
        """The map's own page, once there is one: a frame that is being replaced has none."""
        frames = self.page.main_frame
        assert self._within(PATIENCE / 1000, lambda: bool(frames.child_frames))
        return frames.child_frames[-1]

    @property
    def place(self) -> tuple[float, ...]:
        """Zoom, latitude and longitude of the map as it stands."""
        return tuple(map(float, self.frame.evaluate("document.body.dataset.view").split("/")))

    def kept(self) -> bool:
        """Say whether the map's window, or the page without one, is still that of the arrival."""
        part = self.frame if self.iframe.count() else self.page
        return part.evaluate("window.__mark") == "kept"

    def where(self) -> str:
        """Return the map's place as it says it itself; of a page without a map nothing."""
        return self.body.get_attribute("data-view") or "" if self.iframe.count() else ""

    def put(self, where: str) -> None:
        """Put the map where it said it was."""
        if where:
            zoom, *middle = map(float, where.split("/"))
            self.frame.evaluate(PUT, [middle, zoom])

    def expect_drawn(self, n: int) -> None:
        """Wait until the map draws so many sites."""
        expect(self.body).to_have_attribute("data-drawn", str(n), timeout=PATIENCE)

    def expect_selected(self, site: str) -> None:
        """Wait until the map marks a site, or none."""
        expect(self.body).to_have_attribute("data-selected", site, timeout=PATIENCE)

    def expect_statuses(self, wanted: dict[str, str]) -> None:
        """Wait until the map holds this status for each site."""
        self.eventually(lambda: self.frame.evaluate(STATUSES) == wanted, wanted=True)

    @staticmethod
    def point(frame: Frame, site: str) -> tuple[float, float]:
        """Return where in the map's own page a site is drawn."""
        x, y = frame.evaluate(SITE_AT, site)
        return x, y

    def site_at(self, site: str) -> tuple[float, float]:
        """Return where on the page a site is drawn."""
        x, y = self.point(self.frame, site)
        box = self.iframe.bounding_box()
        assert box
        return box["x"] + 1 + x, box["y"] + 1 + y  # the frame's border is one pixel

    def look_at(self, site: str, zoom: float) -> None:
        """Put a site in the middle of the map, at once: nothing is clicked while it moves."""
        self.frame.evaluate(LOOK_AT, [site, zoom])

    def click_site(self, site: str) -> None:
        """Click a site on the canvas."""
        self.iframe.scroll_into_view_if_needed()
        with self.rerun():
            self.page.mouse.click(*self.site_at(site))

    def drag(self, dx: int, dy: int) -> None:
        """Drag the map from its middle."""
        x, y = self._middle()
        before = self.place
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx / 2, y + dy / 2)
        self.page.mouse.move(x + dx, y + dy)
        self.page.mouse.up()
        self.moved_from(before)

    def wheel(self, delta: int) -> None:
        """Turn the wheel over the middle of the map."""
        before = self.place
        self.page.mouse.move(*self._middle())
        self.page.mouse.wheel(0, delta)
        self.moved_from(before)

    def _middle(self) -> tuple[float, float]:
        box = self.iframe.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def moved_from(self, before: tuple[float, ...]) -> None:
        """Wait until the map has moved and stands still."""
        self.eventually(lambda: self.place != before, wanted=True)
        while (now := self.place) != before:
            before = now
            self.page.wait_for_timeout(120)

    def expect_place(self, lat: float, lng: float) -> None:
        """Wait until the middle of the map is there, to a tenth of a kilometre."""

        def near() -> bool:
            return max(abs(self.place[1] - lat), abs(self.place[2] - lng)) < 1e-3

        self.eventually(near, wanted=True)

    def outlines(self) -> Locator:
        """Return the outlines of units on the map."""
        return self.map.locator(".leaflet-overlay-pane path.leaflet-interactive")

    def ring(self) -> Locator:
        """Return the circle of accuracy."""
        return self.map.locator(".leaflet-overlay-pane path[stroke-dasharray='5 4']")

    def expect_query(self, words: str) -> None:
        """Wait until the address asks for this, and still says where the map is."""
        ends = re.escape(f"{self.server}?{words}") if words else re.escape(self.server)
        expect(self.page).to_have_url(re.compile(rf"^{ends}#map="), timeout=PATIENCE)

    def legend(self, key: str) -> Locator:
        """Return a row of the legend."""
        return self.map.locator(f"#hg-legend button[data-status='{key}']")

    def expect_counts(self, counts: list[int]) -> None:
        """Wait until the legend counts from top to bottom read like this."""
        rows = self.map.locator("#hg-legend .hg-row b")
        expect(rows).to_have_text([str(n) for n in counts], timeout=PATIENCE)

    # --- the panel -------------------------------------------------------------------------

    def choose(self, label: str, option: str) -> None:
        """Choose in a list of the panel."""
        asked = self.reruns
        with self.rerun():
            for _try in range(6):
                self.unroll(label)
                with suppress(TimeoutError):
                    self.page.get_by_role("option", name=option, exact=True).click(timeout=1000)
                if self._within(1, lambda: self.reruns > asked):
                    break  # else the list had closed under the click
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("option")).to_have_count(0)  # it would take the next click

    def unroll(self, label: str) -> None:
        """Open a list; it closes again if anything moves, so that it may take two tries."""
        option = self.page.get_by_role("option").first
        field = self.page.get_by_label(label, exact=True)
        if label in FOLDED and not field.is_visible():
            self.unfold(_("Filters"))
        for _try in range(6):
            field.click()
            if self._within(0.7, option.is_visible):
                return
        expect(option).to_be_visible()

    def press(self, label: str) -> None:
        """Press one of a few choices that stand side by side."""
        with self.rerun():
            self.page.get_by_role("radio", name=label).click()

    def pick(self, label: str) -> None:
        """Pick one of a few choices that stand one below the other."""
        with self.rerun():
            self.page.get_by_test_id("stRadio").get_by_text(label, exact=True).click()

    def set_day(self, digits: str) -> None:
        """Type the as-of date as eight digits."""
        self.page.get_by_test_id("stDateInputField").get_by_role("spinbutton").first.click()
        self.page.keyboard.type(digits)
        with self.rerun():
            self.page.get_by_test_id("stMain").get_by_role("heading").first.click()

    def unfold(self, title: str) -> Locator:
        """Unfold a part that is folded, and return it."""
        part = self.page.get_by_test_id("stExpander").filter(has_text=title)
        part.locator("summary").click()
        details = part.get_by_test_id("stExpanderDetails")
        details.wait_for()
        # Lists close while what they stand on moves; a movement may also be broken off.
        part.evaluate(
            "(e) => Promise.allSettled(e.getAnimations({ subtree: true }).map((a) => a.finished))"
        )
        return details

    def search_box(self, name: str = _("Find")) -> Locator:
        """Return the box that finds."""
        return self.page.get_by_role("combobox", name=name, exact=True)

    def search(self, words: str) -> Locator:
        """Type into the box that finds, and return the entries once they answer it."""
        self.search_box().click()
        self.search_box().fill("")
        self.search_box().press_sequentially(words)
        expect(self.page.locator(".find.waiting")).to_have_count(0, timeout=PATIENCE)
        return self.page.locator(".find [role=option]")

    # --- beside and below the map ----------------------------------------------------------

    def passport(self) -> Locator:
        """Return the part in which a passport opens."""
        return self.page.locator(".st-key-passport")

    def close_passport(self) -> None:
        """Close the passport."""
        with self.rerun():
            self.page.get_by_role("button", name=_("Close the passport")).click()
        self.expect_selected("")

    def table_row(self, row: int) -> list[str]:
        """Return the texts of a row of the table."""
        cells = [self.page.get_by_test_id(f"glide-cell-{n}-{row}") for n in range(5)]
        return [cell.text_content() or "" for cell in cells]

    def click_row(self, row: int) -> None:
        """Click a row of the table, on its name."""
        table = self.page.get_by_test_id("stDataFrameResizable")
        at = {"x": 60, "y": 35 * (row + 1) + 18}
        table.hover(position=at)
        self.page.wait_for_timeout(150)  # a table takes no click of a pointer that it has not seen
        with self.rerun():
            table.click(position=at)


def plain(text: str) -> str:
    """Return a text of the screen without the marks that keep its direction."""
    return re.sub("[\u2066-\u2069]", "", text)


def overflow(page: Page | Frame) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(
        page.evaluate(
            "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
            " - document.documentElement.clientWidth"
        )
    )
