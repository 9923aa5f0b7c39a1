"""The looks that Streamlit does not offer: style sheets that go by what it calls its own parts.

It promises none of these names, so all of them stand here, each with why it is needed;
``tests/pages/test_streamlit.py`` says which of them a new version no longer has. The sheets lie in
``styles``, one a screen or a part of it; what they write sizes and colours with are the tokens.
"""

import re
from pathlib import Path

from geodata.reading.tokens import css, css_slide

# What the sheets take hold of, and why: names of elements and, with "st" alone, classes.
PARTS = {
    "stMainBlockContainer": "the page beside the sidebar leaves too much room around it",
    "stMain": "a part that scrolls can be reached with Tab, and shows no sign of it",
    "stMarkdownContainer": "each paragraph of the heading pulls up what follows",
    "stCaptionContainer": "its grey is too light for all to read (4.04:1)",
    "stVerticalBlock": "the map has no distance to what stands above and below it",
    "stIconMaterial": "on a phone the way to today fits on its line without the icon alone",
    "stSidebarContent": "on a phone the panel of the map is a sheet at the foot of the screen",
    "stSidebarUserContent": "with less room around what stands in it",
    "stElementContainer": "and the bar it is pulled by stays at its top",
    "stSidebar": "a slide has the screen to itself",
    "stExpandSidebarButton": "so it has nothing that brings the sidebar back",
    "stSidebarHeader": "the room above the panel is as high as a title",
    "stApp": "on paper it is light, which Streamlit's dark theme is not",
    "stHeader": "nor the bar with the screens, below which elsewhere nothing is seen that scrolls",
    "stElementToolbar": "a printed page has no buttons of a table",
    "stExpander": "nor what is folded",
    "stHorizontalBlock": "at 200 % two columns of records are too narrow, which Streamlit keeps",
    "stHtml": "what has no height, as a style, is given a distance to what follows",
    "stNumberInput": "it drops its buttons for more and less where it is narrow: its label stands "
    "beside it",
    "stSelectbox": "and so does that of the list below it",
    "stLayoutWrapper": "that bar takes no room from the screen below it",
    "stFileUploaderDropzoneInstructions": "a report's photo has another limit than what is sent",
    "stElementToolbarButton": "Streamlit's own file of a table has no sentence above it and might "
    "hold formulas",
}


def _sheet(name: str, tokens: str = "") -> str:
    """Return a style sheet as a page takes it, without what it tells its reader."""
    text = Path(__file__).parent.joinpath("styles", f"{name}.css").read_text("utf-8")
    return f"<style>{tokens}{re.sub(r'/[*].*?[*]/', '', text, flags=re.DOTALL)}</style>"


FRAME = _sheet("frame", css())
BAR = _sheet("bar")
FIND = _sheet("finding")
HEADING = _sheet("heading")
MAP_SCREEN = _sheet("map")
SHEET = _sheet("sheet")
PASSPORT = _sheet("passport")
VISITS = _sheet("visits")
EMBED = _sheet("embed")
PLACE_PICKER = _sheet("placing")
BRIEFING = _sheet("briefing")
SLIDES = _sheet("slides", css_slide())
EVIDENCE = _sheet("evidence")
PANEL = _sheet("panel")
METHOD = _sheet("method")
PICTURE = _sheet("pictures", css())  # in an image, which has none of the page


def seen_slide(at: int, total: int) -> str:
    """Return what shows the slide that the page's script names, and one before it has run."""
    first = f":root:not([data-slide]) .st-key-slide_{at}"
    seen = (f":root[data-slide='{n}'] .st-key-slide_{n}" for n in range(1, total + 1))
    return f"<style>{','.join((first, *seen))}{{visibility:visible}}</style>"
