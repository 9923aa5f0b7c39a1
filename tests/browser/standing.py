"""A screen that stays open while one test after the other looks at it.

To open a screen costs more than most looks at it. Not here: how a screen is opened (``screen``).
"""

from collections.abc import Callable

from playwright.sync_api import ViewportSize

from tests.browser.screen import Screen


class Standing:
    """The screen opened last, and at which address.

    It is opened anew for another address, and when a test left it elsewhere than it found it.
    """

    def __init__(
        self, take: Callable[[str, ViewportSize], Screen], leave: Callable[[Screen], None]
    ) -> None:
        self._take, self._let_go = take, leave
        self._screen: Screen | None = None
        self._asked: tuple[object, ...] = ()
        self._stood = ""
        self._place = ""

    def at(self, server: str, address: str, size: ViewportSize) -> Screen:
        """Return a screen that stands at an address as if just opened."""
        asked = (server, address, *size.values())
        if self._screen and asked == self._asked and self._put_back(self._screen):
            return self._screen
        self.leave()
        self._screen, self._asked = self._take(server, size), asked
        self._screen.stand(address)
        self._stood = self._screen.page.url.partition("#")[0]
        self._place = self._screen.where()
        return self._screen

    def judge(self) -> None:
        """Complain of what went wrong in the test that has just looked."""
        if self._screen:
            self._screen.judge()

    def leave(self) -> None:
        """Close what stands open."""
        left, self._screen = self._screen, None
        if left:
            self._let_go(left)

    def _put_back(self, screen: Screen) -> bool:
        """Give window, colours and map back as they were; say whether the rest is."""
        screen.settle()
        if screen.page.url.partition("#")[0] != self._stood or not screen.kept():
            return False
        screen.plain()
        screen.put(self._place)
        return True
