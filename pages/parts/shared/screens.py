"""The screens of everybody: file, title, address and sign of each, in the order of the bar.

Not here: those of stewards (``pages.steward``), or the bar (``bar``).
"""

from typing import NamedTuple

from geodata.core.text import N_


class PublicScreen(NamedTuple):
    """A screen: its file in ``pages``, its title, its address, and its icon."""

    file: str
    title: str
    path: str
    icon: str


SCREENS = (
    # Streamlit answers for the first screen at "/" alone, whatever path it is given.
    PublicScreen("map", N_("Map"), "trang-dau", "map"),
    PublicScreen("map", N_("Map"), "ban-do", "map"),
    PublicScreen("briefing", N_("Briefing"), "bao-cao", "bar_chart"),
    PublicScreen("gaps", N_("Gaps"), "khoang-trong", "donut_large"),
    PublicScreen("visits", N_("Next visits"), "lich-den", "flag"),
    PublicScreen("method", N_("Method"), "phuong-phap", "help"),
    PublicScreen("evidence", N_("Evidence"), "minh-chung", "description"),
)
ADDRESSES = ("", *(one.path for one in SCREENS[1:]))
"""Where they are found, below the app's own address."""
