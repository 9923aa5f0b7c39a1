"""What no reader gets from Streamlit itself: where the server lies, and files without a guard."""

from pathlib import Path

from playwright.sync_api import WebSocket, expect

from tests.browser.screen import Screen

HOME = Path(__file__).parents[2]


def test_no_reader_is_told_where_the_server_lies_nor_offered_a_file_of_streamlit_s_own(
    screen: Screen,
) -> None:
    frames: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on(
            "framereceived",
            lambda frame: frames.append(frame if isinstance(frame, bytes) else frame.encode()),
        )

    screen.page.on("websocket", listen)
    screen.open("?paint=statuses")
    assert any(b"app.py" in frame for frame in frames)  # else nothing was heard at all
    assert [frame[:200] for frame in frames if bytes(HOME) in frame] == []
    table = screen.page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    table.hover()
    tools = screen.page.get_by_test_id("stElementToolbarButton")
    expect(tools.first).to_be_attached()
    offered = tools.filter(has=screen.page.locator("[aria-label*=CSV]"))
    expect(offered.first).to_be_attached()
    for one in offered.all():
        expect(one).to_be_hidden()
