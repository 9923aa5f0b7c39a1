"""What a first view weighs on its way to a browser that has nothing of it yet."""

import base64
import zlib
from collections.abc import Callable

from playwright.sync_api import Browser, CDPSession

from tests.browser.screen import DESK, Screen
from tests.browser.server import Server

BEFORE_KB = 115  # before the map had the screen, state 0037262, measured likewise
MORE_KB = 60
FONTS = (".woff", ".woff2")


def weigh(devtools: CDPSession, own: Callable[[str], bool]) -> Callable[[], int]:
    """Listen to what comes, and return what says how many bytes of our own that was."""
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    frames: list[bytes] = []
    packed: list[bool] = []

    def loaded(event) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    def told(event) -> None:
        data = event["response"]["payloadData"]
        binary = event["response"]["opcode"] == 2
        frames.append(base64.b64decode(data) if binary else data.encode())

    def greeted(event) -> None:
        headers = {name.lower(): words for name, words in event["response"]["headers"].items()}
        packed.append("permessage-deflate" in headers.get("sec-websocket-extensions", ""))

    devtools.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )
    devtools.on("Network.loadingFinished", loaded)
    devtools.on("Network.webSocketHandshakeResponseReceived", greeted)
    devtools.on("Network.webSocketFrameReceived", told)
    devtools.send("Network.enable")

    def weight() -> int:
        socket = b"".join(frames)
        if any(packed):
            packer = zlib.compressobj(wbits=-12)  # as the server does it
            socket = packer.compress(socket) + packer.flush()
        return len(socket) + sum(n for one, n in sizes.items() if own(addresses.get(one, "")))

    return weight


def test_the_first_view_weighs_little_more_than_before_the_map_had_the_screen(
    browser: Browser, server: Server
) -> None:
    def own(address: str) -> bool:
        path = address.removeprefix(server.url)
        return bool(path) and not path.startswith("static/") and not path.endswith(FONTS)

    context = browser.new_context(viewport=DESK, locale="vi-VN")
    screen = Screen(context, server.url)
    weight = weigh(context.new_cdp_session(screen.page), own)
    screen.open()
    assert 50 < weight() / 1024 <= BEFORE_KB + MORE_KB
    context.close()
