"""The look: what is written can be read in both themes, and no colour is typed anywhere else."""

import re
from pathlib import Path

import pytest

from geodata.reading.symbology import (
    DARK_ENTRY_SYMBOLS,
    DARK_SHADES,
    DARK_SYMBOLS,
    ENTRY_SYMBOLS,
    SHADES,
    SYMBOLS,
)
from geodata.reading.tokens import COLOURS, theme
from tests.geodata.reading.test_symbology import contrast

ROOT = Path(__file__).parents[3]
THEMES = ("light", "dark")
WRITTEN = {
    "paper": ("ink", "soft", "quiet", "accent"),
    "panel": ("ink", "soft", "quiet", "accent"),
    "hover": ("ink", "soft", "quiet", "accent"),
    "accent-paper": ("ink", "soft", "quiet", "accent"),
    "ink": ("paper",),
    "accent": ("on-accent",),
    "alert": ("on-alert",),
    "met-paper": ("met",),
    "not-met-paper": ("not-met",),
    "undetermined-paper": ("undetermined",),
    "ground": ("unit-name", "town-name", "far-name", "ink", "water-name", "road-name"),
    "sea": ("town-name", "far-name"),
    "area": ("unit-name", "town-name", "ink", "water-name", "road-name"),
    "aside": ("unit-name", "town-name", "ink"),
}
DRAWN = {
    "paper": ("frame", "done", "accent", "ink"),
    "panel": ("frame", "done", "accent", "ink"),
    "ground": ("edge",),
    "area": ("edge", "accent"),
}
SIGNS = {
    "light": (SYMBOLS, ENTRY_SYMBOLS, SHADES),
    "dark": (DARK_SYMBOLS, DARK_ENTRY_SYMBOLS, DARK_SHADES),
}
LOOK = {"geodata/reading/tokens.py", "geodata/reading/symbology.py"}
TYPED = re.compile(r"""["':\s(,]#[0-9a-fA-F]{3,8}\b|\brgba?\(\s*[1-9]""")


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(WRITTEN, 4.5), (DRAWN, 3)], ids=["text", "lines"])
def test_what_is_written_or_drawn_stands_out(name, pairs, least):
    colours = theme(name)
    faint = {
        f"{front} on {ground}": round(float(contrast(colours[front], colours[ground])), 2)
        for ground, fronts in pairs.items()
        for front in fronts
        if contrast(colours[front], colours[ground]) < least
    }
    assert faint == {}


@pytest.mark.parametrize("name", THEMES)
def test_a_caption_is_readable_on_page_and_panel(name):
    # As in style.py: 76 parts of the letters' colour, the rest of what they stand on.
    colours = theme(name)

    def mixed(front, ground):
        parts = ((int(c[k : k + 2], 16) for c in (front, ground)) for k in (1, 3, 5))
        return "#" + "".join(f"{round(0.76 * a + 0.24 * b):02x}" for a, b in parts)

    for ground in (colours["paper"], colours["panel"]):
        assert contrast(mixed(colours["ink"], ground), ground) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_every_symbol_stands_out_from_the_map_and_from_its_neighbours(name):
    statuses, entries, shades = SIGNS[name]
    colours = theme(name)
    grounds = [colours["ground"], colours["area"], colours["aside"]]
    drawn = [one for table in (statuses, entries) for row in table.values() for one in row.values()]
    for symbol in drawn:
        # Around each runs a rim of paper, so that its outline never touches a neighbour.
        assert contrast(symbol.edge, colours["paper"]) >= 3, symbol
        assert all(contrast(symbol.edge, ground) >= 3 for ground in grounds), symbol
    for shade in shades.values():
        for status in statuses["outreach"].values():
            best = max(contrast(one, shade.fill) for one in (status.edge, colours["paper"]))
            assert best >= 3, (status, shade)


@pytest.mark.parametrize("suffix", ["py", "js", "css", "html"])
def test_no_colour_is_typed_anywhere_else(suffix):
    rooms = [ROOT / room for room in ("geodata", "layers", "pages")]
    places = [ROOT / "app.py", *(path for room in rooms for path in room.rglob(f"*.{suffix}"))]
    typed = {
        f"{path.relative_to(ROOT)}:{n}"
        for path in places
        if str(path.relative_to(ROOT)) not in LOOK
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if TYPED.search(line)
    }
    assert typed == set()


def test_both_themes_have_every_colour():
    assert all(
        re.fullmatch(r"#[0-9a-f]{6}([0-9a-f]{2})?", c) for tone in COLOURS.values() for c in tone
    )
